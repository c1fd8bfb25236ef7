"""Numbers told with an event: dead, injured, arrested, troops, protesters, arms, money, terms.

``find_quantities`` reads one sentence as plain text. Each number is given to the thing it
counts (its head word); for persons, the words around tell what befell them. Vague words
stand for their least plausible value: dozens 24, scores 40, hundreds 200, thousands 2,000.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from crisiswire.coding.quantities_context import Phrase, Words, befallen
from crisiswire.coding.quantities_numbers import Number, find_numbers
from crisiswire.coding.quantities_vocabulary import PERSONS, quantity_words
from crisiswire.resolving.dates_patterns import fold

__all__ = ["QuantityMention", "find_quantities"]

_MAX_BETWEEN = 4  # words between a number and its head
_MAX_CUE = 8  # words between "sentenced" and the years
_UNIT = re.compile(r"[ -]{1,2}(hour|day|week|fortnight|month|year|decade)s?\b")
_DESIGNATION = re.compile(
    r"(?<![\w-])(?P<prefix>[A-Z][A-Za-z]{0,9})(?P<join>[- ]?)(?P<digits>[0-9]{1,4})"
    r"(?P<variant>[A-Za-z]{0,3})(?![\w%]|[.,:][0-9])"
)
_NOUNS = re.compile(r" ([a-z]+)(?: ([a-z]+))?")  # "F-16 fighter jets"
_MAX_DESIGNATION_GAP = 24  # characters between a number and a designation: "two Russian "


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number and what it counts: ``text`` at ``start:end``, its head word (or the number
    where there is none) at ``head_start:head_end``.

    ``kind``: dead, injured, arrested, displaced, missing, personnel, protesters, people,
    prisoners, weapons, vehicles, money (``unit`` an ISO 4217 code), duration (``unit``
    days, months or years). ``minimum`` and ``maximum`` are what the words allow at least
    and at most, None where they do not say.
    """

    kind: str
    value: float
    minimum: float | None
    maximum: float | None
    approximate: bool
    unit: str | None
    text: str
    start: int
    end: int
    head_start: int
    head_end: int


def find_quantities(text: str) -> list[QuantityMention]:
    """The quantities of one sentence, in the order of the text, never overlapping."""
    folded = fold(text).replace("\n", " ")
    numbers = list(find_numbers(folded))
    if not numbers:
        return []
    words = Words(text, folded)
    designated = list(_designated(text, folded, numbers))
    taken = {mention.start for mention in designated}
    phrases = [_phrase(number, words) for number in numbers]
    phrases = [p for p in phrases if p.kind is not None or not _is_article(p.number, words)]
    befell = befallen(phrases, words)
    found = designated
    for phrase, kind in zip(phrases, befell, strict=True):
        mention = None if phrase.number.start in taken else _mention(phrase, kind, words)
        if mention is not None:
            found.append(mention)
    return _apart(sorted(found, key=lambda mention: (mention.start, -mention.end)))


def _is_article(number: Number, words: Words) -> bool:
    """Whether the number is only "a" or "an": one, if something befell that person."""
    return words.folded[number.start : number.end] in ("a", "an")


def _apart(found: list[QuantityMention]) -> list[QuantityMention]:
    """Without those that overlap an earlier one."""
    out: list[QuantityMention] = []
    for mention in found:
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out


def _mention(phrase: Phrase, befell: str | None, words: Words) -> QuantityMention | None:
    """The quantity that a number phrase tells, if it is of a kind that is kept."""
    money = _money(phrase.number, words)
    if money is not None:
        return money
    duration = _duration(phrase.number, words)
    if duration is not None:
        return duration
    kind = phrase.kind
    if kind is None or kind in PERSONS:
        kind = befell or kind
    if kind is None or (befell is None and _is_article(phrase.number, words)):
        return None
    return _made(kind, phrase.number, None, words, phrase.head, phrase.end)


def _made(
    kind: str, number: Number, unit: str | None, words: Words, head: tuple[int, int], end: int
) -> QuantityMention:
    return QuantityMention(
        kind,
        number.value,
        number.minimum,
        number.maximum,
        number.approximate,
        unit,
        words.text[number.start : end],
        number.start,
        end,
        *head,
    )


def _phrase(number: Number, words: Words) -> Phrase:
    """The number with its head: adjectives may stand between, and "of the" may."""
    known = quantity_words()
    bare = Phrase(number, None, (number.start, number.end), number.end, None)
    if words.folded[number.end : number.end + 1] == "-" or number.sign:
        return bare
    first = words.index_from(number.end)
    at, last = first, min(len(words), first + _MAX_BETWEEN + 3)
    if words.word(at) == "of" and words.word(at + 1) in _OF_THEM:
        return Phrase(number, None, (number.start, number.end), words.span(at + 1)[1], None)
    if words.word(at) == "of" and (number.vague or words.word(at + 1) in _OF):
        at += 2 if words.word(at + 1) in _OF else 1
    state: str | None = None
    between = 0
    while at < last and between <= _MAX_BETWEEN and words.adjacent(at):
        word = words.word(at)
        kind = known.outcome_heads.get(word) or known.heads.get(word) or words.people(at)
        if kind and not _modifies(words, at, number):
            start, end = words.span(at)
            if word in known.outcome_heads:
                state = state or known.outcome_heads[word]
            return Phrase(number, kind, (start, end), end, state)
        if word in known.fillers:
            bare = Phrase(number, None, words.span(at), words.span(at)[1], state)
            at += 1
            continue
        if word in known.state:
            state = state or known.state[word]
            if between == 0 and not _goes_on(words, at):
                return Phrase(number, None, words.span(at), words.span(at)[1], state)
        elif kind is None and (
            word in known.stops or word in known.active or not words.may_modify(at)
        ):
            break
        at, between = at + 1, between + 1
    return bare


_OF_THEM = frozenset({"them", "whom", "us", "those"})
_OF = frozenset("the its his her their our these those all".split())


def _modifies(words: Words, at: int, number: Number) -> bool:
    """Whether a head word only modifies a later one: "police officers", "two missile strikes"."""
    known, word = quantity_words(), words.word(at)
    if word in known.singular:
        return number.value != 1 or number.vague or _goes_on(words, at)
    if word not in known.attributive:
        return False
    following = words.word(at + 1)
    verb = following in known.state or following in known.stops or following in known.helpers
    plural = words.adjacent(at + 1) and not verb and not words.may_modify(at + 1)
    return plural or _goes_on(words, at)


def _goes_on(words: Words, at: int) -> bool:
    """Whether another head follows right after: "police officers", "wounded soldiers"."""
    known = quantity_words()
    if at + 1 >= len(words) or not words.adjacent(at + 1):
        return False
    for step in (1, 2):
        word = words.word(at + step)
        if word in known.heads or words.people(at + step):
            return True
        if step == 1 and (word in known.stops or not words.may_modify(at + 1)):
            return False
    return False


def _money(number: Number, words: Words) -> QuantityMention | None:
    """A sum: "$1.5 million", "20 million euros", "500 Canadian dollars"."""
    known = quantity_words()
    if number.sign:
        unit = known.currency_symbols[number.sign]
        end = number.end
        return _made("money", number, unit, words, (number.start, end), end)
    at = words.index_from(number.end)
    following = (words.word(at), words.word(at + 1), words.word(at + 2))
    if known.currency_ends.isdisjoint(following):
        return None
    for size in (3, 2):
        phrase = " ".join(following[:size])
        if phrase in known.currency_phrases:
            end = words.span(at + size - 1)[1]
            head = (words.span(at + size - 1)[0], end)
            return _made("money", number, known.currency_phrases[phrase], words, head, end)
    unit_word = known.currency_words.get(words.word(at))
    weight = words.word(at + 1) == "of" or any(
        words.word(words.index_from(number.start) - step).startswith("weigh") for step in (1, 2)
    )
    if unit_word is None or weight:
        return None
    return _made("money", number, unit_word, words, words.span(at), words.span(at)[1])


def _duration(number: Number, words: Words) -> QuantityMention | None:
    """How long an agreement, a sentence or a measure is to last; other durations are not kept."""
    match = _UNIT.match(words.folded, number.end)
    if match is None:
        return None
    known = quantity_words()
    unit, factor = known.duration_units[match[1]]
    at = words.index_from(match.end())
    following = [words.word(at + step) for step in range(5)]
    rest = " ".join(following) + " "
    if rest.startswith(known.duration_not_after) or words.folded[match.end() :][:1] == "-":
        return None
    preceding = [words.word(words.index_from(number.start) - step) for step in range(1, _MAX_CUE)]
    hyphened = words.folded[number.end] == "-" or match[0].rstrip("s") == match[0]
    named = hyphened and not known.duration_nouns.isdisjoint(following)
    cued = not hyphened and not known.duration_cues.isdisjoint(preceding)
    if not (named or cued or rest.startswith(known.duration_after)):
        return None
    scaled = Number(
        number.value * factor,
        None if number.minimum is None else number.minimum * factor,
        None if number.maximum is None else number.maximum * factor,
        number.approximate,
        number.start,
        number.end,
        number.vague,
    )
    return _made("duration", scaled, unit, words, (match.start(1), match.end()), match.end())


def _designated(text: str, folded: str, numbers: list[Number]) -> Iterator[QuantityMention]:
    """Named types of arms with the number before them: "two Tu-160 bombers", "an Il-62"."""
    known = quantity_words()
    ends = [number.end for number in numbers]
    for match in _DESIGNATION.finditer(text):
        kind = known.designations.get(match["prefix"].lower())
        if kind is None or (len(match["prefix"]) < 3 and match["join"] != "-"):
            continue
        place = bisect_right(ends, match.start()) - 1
        if place < 0 or match.start() - ends[place] > _MAX_DESIGNATION_GAP:
            continue
        number = numbers[place]
        between = folded[number.end : match.start()].split()
        if len(between) > 2 or not all(w.isalpha() and w not in known.stops for w in between):
            continue
        end = match.end()
        head = match.span()
        noun = _NOUNS.match(folded, end)
        for group in (2, 1):
            if noun and known.heads.get(noun[group] or "") in ("vehicles", "weapons"):
                kind, end, head = known.heads[noun[group]], noun.end(group), noun.span(group)
                break
        yield QuantityMention(
            kind,
            number.value,
            number.minimum,
            number.maximum,
            number.approximate,
            None,
            text[number.start : end],
            number.start,
            end,
            *head,
        )
