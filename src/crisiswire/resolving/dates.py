"""Dates told in news English, found in plain text and counted from the article's date.

``find_dates`` walks over the words of a text; a word that may begin a time expression
tries the few rules that begin so, and the longest reading wins. The cost is linear in
the length of the text. ``resolve_date`` reads words already known to tell a time.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from crisiswire.model import Precision
from crisiswire.resolving.dates_calendar import Interval, Tense, day
from crisiswire.resolving.dates_index import start_index
from crisiswire.resolving.dates_patterns import Context, Rule, fold

Direction = Literal["at", "since", "from", "until", "by", "before", "after"]

__all__ = ["Direction", "Tense", "TimeMention", "find_dates", "resolve_date"]

_WORD = re.compile(r"\b[0-9a-z]+")
_LOOK_BACK = 20  # characters that a direction word may take
_BEFORE = re.compile(
    r"(?<![\w-])(since|until|till|prior to|as of|by|before|after|from|through|"
    r"back in|back on)[ \n]{1,3}(?:the[ \n]{1,3})?\Z"
)
_DIRECTIONS: dict[str, Direction] = {
    "since": "since",
    "as of": "since",
    "from": "from",
    "until": "until",
    "till": "until",
    "through": "until",
    "by": "by",
    "before": "before",
    "prior to": "before",
    "after": "after",
}
_IN_TEXT = frozenset({"since", "until", "till", "by", "as of", "back in", "back on"})
_RECURRING = re.compile(r"(?<!\w)(?:every|each|any|most|per|other|alternate)[ \n]{1,3}\Z")
_GLUED = frozenset("-/$€£¥#@_&+")  # right before a mention: part of another word or number
_SPELLED = re.compile(r"[^\W\d]{3}.*\d|\d.*[^\W\d]{3}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words of a text that tell a time: ``text[start:end]``, and the days they mean.

    ``first`` to ``last`` is a closed interval and ``precision`` the unit named.
    ``certain`` is False where the words have several readings or are vague. ``anchored``
    mentions ("the same day", "a week later") count from the event told before: read them
    again with ``anchor``, its date. ``event`` ones count from an event that the words right after
    them name ("a week after" the vote, "the eve of" the summit). ``direction`` is the relation
    of an event to the words: "at" them, "since" or "from" them on, "until" or "by", "before" or
    "after".
    """

    start: int
    end: int
    text: str
    first: dt.date
    last: dt.date
    precision: Precision
    certain: bool
    direction: Direction = "at"
    anchored: bool = False
    event: bool = False


def find_dates(
    text: str,
    reference: dt.date,
    *,
    tense: Tense | None = None,
    anchor: dt.date | None = None,
    country: str | None = None,
) -> list[TimeMention]:
    """The time expressions of ``text`` in order, never overlapping, longest first.

    ``reference`` is the date of the article; ``tense`` that of the verb told with the time:
    with "future", "on Friday" and "in March" are coming. ``anchor`` is the date of the event
    told before, as in :func:`resolve_date`; ``country`` (alpha-3), the one told of, decides its
    seasons and its national days. Durations and ages are not times.
    """
    return _scan(Context(text, fold(text), reference, tense, anchor, alone=False, country=country))


def resolve_date(
    mention_text: str,
    reference: dt.date,
    tense: Tense | None = None,
    anchor: dt.date | None = None,
) -> TimeMention | None:
    """What the time expression ``mention_text`` means; offsets count within it.

    ``anchor`` is the date of the event told before, for "the same day" or "two days
    earlier". None when the words tell no time (a duration, an age). Forms without a rule
    of ours are left to ``dateparser``, if they spell out a date.
    """
    context = Context(mention_text, fold(mention_text), reference, tense, anchor, alone=True)
    found = _scan(context)
    if found:
        return max(found, key=lambda mention: mention.end - mention.start)
    return _spelled(mention_text, reference) if _SPELLED.search(mention_text[:80]) else None


def _scan(context: Context) -> list[TimeMention]:
    """All mentions, each word tried once and never inside a mention."""
    index, found, done = start_index(), list[TimeMention](), 0
    words = list(_WORD.finditer(context.folded))
    for position, word in enumerate(words):
        at, key = word.start(), word[0]
        if "0" <= key[0] <= "9":
            key = "#"
        if key not in index.rules or at < done:
            continue
        if key not in index.alone and not _goes_on(words, position, index.inner):
            continue
        if not _may_begin(context, at):
            continue
        mention = _longest(context, at, done, index.rules[key])
        if mention is not None:
            found.append(mention)
            done = mention.end
            near = mention.precision in ("year", "month")
            context = replace(context, previous_end=done if near else -1)
    return found


def _goes_on(words: list[re.Match[str]], position: int, inner: frozenset[str]) -> bool:
    """Whether the next word is a number or a word of time: a cheap test before the rules."""
    if position + 1 == len(words):
        return False
    following = words[position + 1][0]
    return following in inner or "0" <= following[0] <= "9"


def _may_begin(context: Context, at: int) -> bool:
    """Whether a mention may begin here: not inside a number, a price or a hyphenated word."""
    text = context.folded
    before = text[at - 1 : at]
    if before in _GLUED and before:
        return False
    return not (before in (".", ",") and text[at - 2 : at - 1].isdigit() and text[at].isdigit())


def _longest(context: Context, at: int, done: int, rules: tuple[Rule, ...]) -> TimeMention | None:
    """The longest reading that begins at ``at``, with the direction word before it."""
    folded = context.folded
    matches = [(rule, match) for rule in rules if (match := rule.pattern.match(folded, at))]
    if not matches or _RECURRING.search(folded[max(0, at - _LOOK_BACK) : at]):
        return None
    lead = _BEFORE.search(folded[max(done, at - _LOOK_BACK) : at])
    word = " ".join(lead[1].split()) if lead else ""
    direction = _DIRECTIONS.get(word, "at")
    context = _with_tense(context, direction)
    best: Interval | None = None
    end = at
    for rule, match in matches:
        if match.end() <= end:
            continue
        interval = rule.resolve(match, context)
        if interval is not None and interval.first <= interval.last:
            best, end = interval, match.end()
    if best is None:
        return None
    start = at
    if lead and word in _IN_TEXT:
        start = max(done, at - _LOOK_BACK) + lead.start(1)
    first, last = _directed(best, direction, context.reference)
    return TimeMention(
        start,
        end,
        context.text[start:end],
        first,
        last,
        best.precision,
        best.certain,
        direction,
        best.anchored,
        best.event,
    )


def _with_tense(context: Context, direction: Direction) -> Context:
    """What began has a past beginning; a limit is ahead unless the tense says otherwise."""
    if direction == "since":
        return replace(context, tense="past")
    if direction in ("until", "by") and context.tense is None:
        return replace(context, tense="future")
    return context


def _directed(
    interval: Interval, direction: Direction, reference: dt.date
) -> tuple[dt.date, dt.date]:
    """The days from a beginning until now, or from now to a limit ahead."""
    first, last = interval.first, interval.last
    if direction == "since" and first <= reference:
        return first, reference
    if direction in ("until", "by") and last >= reference:
        return reference, last
    return first, last


def _spelled(text: str, reference: dt.date) -> TimeMention | None:
    """A date that only ``dateparser`` can read, if it is complete to the day."""
    import dateparser

    found = dateparser.parse(
        text[:80],
        languages=["en"],
        settings={
            "RELATIVE_BASE": dt.datetime(reference.year, reference.month, reference.day),
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["absolute-time"],
        },
    )
    if found is None:
        return None
    date = day(found.date())
    return TimeMention(0, len(text), text, date.first, date.last, "day", certain=False)
