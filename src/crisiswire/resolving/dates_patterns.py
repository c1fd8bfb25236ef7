"""Building blocks of the date rules: fragments of patterns and the context of a reading.

Rules match a *folded* text: ASCII letters in lower case, tabs and no-break spaces as
spaces, typographic apostrophes and short dashes as ASCII, every character in its place.
In a template a space stands for one to three blanks and ``%name`` for a fragment.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from crisiswire.resolving.dates_calendar import Interval, Tense
from crisiswire.resolving.dates_vocabulary import alternation, vocabulary

BLANKS = "[ \n]{1,3}"
_FOLD = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {
    ord("\t"): " ",
    ord("\r"): " ",
    0xA0: " ",
    0x2009: " ",
    0x202F: " ",
    0x2018: "'",
    0x2019: "'",
    0x2010: "-",
    0x2011: "-",
    0x2013: "-",
    0x2212: "-",
}
_LAST_WORD = re.compile(r"(\w+)[ \n]{1,3}\Z")
_FRAGMENT = re.compile("%([a-z]+)")
APPROXIMATELY = (
    "about",
    "around",
    "nearly",
    "almost",
    "some",
    "more than",
    "over",
    "less than",
    "at least",
    "roughly",
    "approximately",
    "just over",
    "just under",
    "just",
    "only",
    "barely",
    "exactly",
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading depends on: the text (as written and folded), the article's date,
    the tense, the date of the event told before, whether the words stand alone (no
    sentence around them to ask for a cue), the country told of (alpha-3, None if unknown),
    and where a year or month ended just before."""

    text: str
    folded: str
    reference: dt.date
    tense: Tense | None
    anchor: dt.date | None
    alone: bool
    country: str | None = None
    previous_end: int = -1

    def capital(self, at: int) -> bool:
        """Whether the word at ``at`` begins with a capital, or nothing can be said."""
        return self.alone or self.text[at].isupper()

    def word_before(self, at: int) -> str:
        """The folded word right before ``at``, only blanks between; else an empty text."""
        found = _LAST_WORD.search(self.folded[max(0, at - 24) : at])
        return found[1] if found else ""


Resolver = Callable[["re.Match[str]", Context], Interval | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of time expression: its pattern, its meaning, and the words (or ``#`` for
    a number in digits) it may begin with."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver
    starts: frozenset[str]


def fold(text: str) -> str:
    """``text`` folded for the rules; the length is unchanged."""
    return text.translate(_FOLD)


@cache
def fragments() -> dict[str, str]:
    """Named pieces of patterns, by name, made from the words of time."""
    words = vocabulary()
    short_months = [w for w in words.months if w not in words.full_months]
    short_days = [w for w in words.weekdays if w not in words.full_weekdays]
    adjectives = [w for w in words.parts if w in ("early", "earliest", "mid", "late")]
    nouns = [w for w in words.parts if w not in adjectives]
    tens = [w for w, n in words.numbers.items() if 20 <= n < 100]
    ones = [w for w, n in words.numbers.items() if 1 <= n < 10 and len(w) > 2]
    counted = alternation(words.counted)
    month = f"(?:{alternation(words.full_months)}|{alternation(short_months)}\\.?)(?!\\w)"
    clock = "(?:gmt|utc|est|edt|cet|bst|hrs|local time)"
    return {
        "month": month,
        "wday": alternation(words.full_weekdays) + r"(?!\w)",
        "anywday": f"(?:{alternation(words.full_weekdays)}|{alternation(short_days)}\\.?)",
        "day": (
            r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
            r"(?![0-9a-z%]|[.:][0-9]|,[0-9]{3}(?![0-9])|-(?:year|month|week|day|hour|point))"
        ),
        "year": (
            rf"(?!(?:1[5-9]|20)[05]0{BLANKS}{counted}\b)(?:1[5-9]|20)[0-9]{{2}}"
            rf"(?![0-9a-z%]|[.,][0-9]|-(?!{month})[a-z]|{BLANKS}(?:percent|per cent|{clock})\b)"
        ),
        "yref": (
            "(?:,? (?:of |in )?(?:(?P<year>%year)|(?P<yref>(?:the )?(?:last|this|next|previous|"
            "following|same|that)|the) year))"
        ),
        "part": (
            f"(?:(?:the (?:very )?)?(?P<part>{alternation(nouns)})(?: of |-)|"
            f"(?:the )?(?P<adj>{alternation(adjectives)})(?:-| (?:in |on )?))"
        ),
        "season": alternation(words.seasons),
        "count": (
            rf"(?:[0-9]{{1,3}}(?:,?[0-9]{{3}}|[0-9]|\.[0-9])?(?![0-9]|[.,][0-9])|"
            f"{alternation(tens)}[ -]{alternation(ones)}|"
            f"{alternation([*words.numbers, *words.vague_numbers])})"
        ),
        "num": r"(?:%count(?:(?: (?:to|or) |-(?=[0-9]))%count)?)",
        "dayword": alternation(words.days),
        "unit": alternation(words.units),
        "ord": alternation(words.ordinals),
        "decade": alternation(words.decades),
        "century": alternation(words.centuries),
        "approx": f"(?:{alternation(APPROXIMATELY)})",
        "holiday": alternation({**words.holidays, **words.national_days}),
        "named": alternation(words.named_days),
        "deictic": alternation(words.deictic),
        "step": "(?:day|night|morning|afternoon|evening|week|weekend|month|quarter|year|decade)",
        "sep": "(?: ?[-/] ?| (?:to|and|through|until|till|thru) )",
        "point": (
            "(?:%month(?: %day(?:,? %year)?|,? %year)?|%day(?: of)? %month(?:,? %year)?|"
            "%year|%wday)"
        ),
    }


def compile_template(template: str) -> re.Pattern[str]:
    """The pattern of a rule template, closed at a word boundary."""
    while _FRAGMENT.search(template):
        template = _FRAGMENT.sub(lambda m: fragments()[m[1]], template)
    spaced = re.sub(r"(?<!\[) ", lambda _: f"(?:{BLANKS})", template)
    return re.compile(spaced + r"(?!\w)")


def number_bounds(words: str) -> tuple[float, float]:
    """The least and the most that a number in digits or words may mean.

    "two" is 2 to 2, "a few" (about 3) 2 to 4, "10-15" and "two or three" as they say.
    """
    known = vocabulary()
    folded = " ".join(words.replace(",", "").split())
    ends = re.split(r" (?:to|or) |(?<=[0-9])-", folded)
    if len(ends) == 2:
        values = sorted(number_bounds(end)[0] for end in ends)
        return values[0], values[1]
    if folded in known.vague_numbers:
        value = known.vague_numbers[folded]
        return (value - 1, value + 1) if value > 1 else (value, value)
    if folded in known.numbers:
        value = known.numbers[folded]
    elif folded[0].isdigit():
        value = float(folded)
    else:
        value = sum(known.numbers[word] for word in folded.replace("-", " ").split())
    return value, value


def part_of(match: re.Match[str]) -> str | None:
    """The share (early, mid, late, start, end) that the ``%part`` of a match names."""
    word = match["part"] or match["adj"]
    return vocabulary().parts[word] if word else None
