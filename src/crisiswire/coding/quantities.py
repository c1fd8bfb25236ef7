"""Numbers told with an event: dead, injured, arrested, troops, protesters, arms, money, terms.

``find_quantities`` reads one sentence as plain text. Each number is given to the thing it
counts (its head word); for persons, the words around tell what befell them. Vague words
stand for their least plausible value: dozens 24, scores 40, hundreds 200, thousands 2,000.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from crisiswire.coding.quantities_arms import designation, find_arms
from crisiswire.coding.quantities_context import SOMEBODY, THING, Phrase, Words, befallen
from crisiswire.coding.quantities_numbers import Number, find_numbers
from crisiswire.coding.quantities_vocabulary import PERSONS, quantity_words
from crisiswire.resolving.dates_patterns import fold

__all__ = ["QuantityMention", "find_quantities"]

_MAX_BETWEEN = 4  # words between a number and its head
_MAX_CUE = 8  # words between "sentenced" and the years
_UNIT = re.compile(r"[ -]{1,2}(hour|day|week|fortnight|month|year|decade)s?\b")
_YEARS = (
    r"(?:[0-9]{1,3}|[a-z-]*(?:one|two|three|four|five|six|seven|eight|nine|ten|elve|even|teen|ty))"
)
# ", now aged 11 and seven," tells nobody's number; nor does "six and nine-year-old".
_AGED = re.compile(
    rf",?(?: now| then)? (?:aged|ages)(?: between| from)? {_YEARS}"
    rf"(?:(?:,| and| or| to|-|, and) ?{_YEARS})*\b,?"
)
_YEARS_OLD = re.compile(r"(?:,| and| or| to) [a-z0-9]+(?:-[a-z]+)?-year-old")
_STRONG = re.compile(r"-strong\b")  # "a 1,200-strong force"


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number and what it counts: ``text`` at ``start:end``, its head word (or the number
    where there is none) at ``head_start:head_end``.

    ``kind``: dead, injured, arrested, displaced, missing, personnel, protesters, people,
    prisoners, weapons, vehicles, money (``unit`` an ISO 4217 code), duration (``unit``
    days, months or years). ``minimum`` and ``maximum`` are what the words allow at least
    and at most, None where they do not say. ``designation``: the named type of weapons or
    vehicles (F-16, HIMARS), None where none is told.
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
    designation: str | None = None


def find_quantities(text: str) -> list[QuantityMention]:
    """The quantities of one sentence, in the order of the text, never overlapping."""
    folded = _AGED.sub(lambda told: " " * len(told[0]), fold(text).replace("\n", " "))
    numbers = [n for n in find_numbers(folded) if not _YEARS_OLD.match(folded, n.end)]
    if not numbers:
        return []
    words = Words(text, folded)
    designated = [
        _made(arms.kind, arms.number, None, words, arms.head, arms.end)
        for arms in find_arms(text, folded, numbers)
    ]
    taken = {mention.start for mention in designated}
    phrases = [_phrase(number, words) for number in numbers]
    phrases = [p for p in phrases if not _counts_nobody(p, words)]
    phrases = [_portion(p, after, words) for p, after in zip_longest(phrases, phrases[1:])]
    befell = befallen(phrases, words)
    found = designated
    for phrase, kind in zip(phrases, befell, strict=True):
        mention = None if phrase.number.start in taken else _mention(phrase, kind, words)
        if mention is not None:
            found.append(mention)
    return _apart(sorted(found, key=lambda mention: (mention.start, -mention.end)))


def _portion(phrase: Phrase, following: Phrase | None, words: Words) -> Phrase:
    """A bare number of others counted ("15 of the 28 pupils") with their kind."""
    if following is None or phrase.kind is not None:
        return phrase
    between = words.folded[phrase.end : following.number.start].split()
    portion = len(between) == 2 and between[0] == "of" and between[1] in _OF
    return replace(phrase, kind=following.kind) if portion else phrase


def _counts_nobody(phrase: Phrase, words: Words) -> bool:
    """Whether the number is an article with no head, or "one" in "nine members of one family"."""
    if _is_article(phrase.number, words):
        return phrase.kind is None
    at = words.index_from(phrase.number.start)
    of = words.word(at - 1) == "of" and words.word(at - 2) in quantity_words().heads
    return of and words.word(at) == "one"


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
    if kind is None or kind in PERSONS or kind == SOMEBODY:
        kind = befell or kind
    if kind in (None, THING, SOMEBODY) or (befell is None and _is_article(phrase.number, words)):
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
        designation(words.text[number.end : end]) if kind in ("weapons", "vehicles") else None,
    )


def _phrase(number: Number, words: Words) -> Phrase:
    """The number with its head: adjectives may stand between, and "of the" may."""
    known = quantity_words()
    bare = Phrase(number, None, (number.start, number.end), number.end, None)
    if number.sign:
        return bare
    strong = _STRONG.match(words.folded, number.end)
    if strong is None and words.folded[number.end : number.end + 1] == "-":
        return replace(bare, kind=THING)  # "the 17-year-old", "a 12-member panel"
    first = words.index_from(strong.end() if strong else number.end)
    at, last = first, min(len(words), first + _MAX_BETWEEN + 3)
    if words.word(at) == "of" and words.word(at + 1) in _OF_THEM:
        return Phrase(number, None, (number.start, number.end), words.span(at + 1)[1], None)
    partitive = number.vague or words.word(at - 1) in known.partitive
    if words.word(at) == "of" and (partitive or words.word(at + 1) in _OF):
        at += 2 if words.word(at + 1) in _OF else 1
    state: str | None = None
    between = 0
    while at < last and between <= _MAX_BETWEEN and words.adjacent(at):
        word = words.word(at)
        kind = known.outcome_heads.get(word) or known.heads.get(word) or words.people(at)
        kind = kind or (known.collectives.get(word) if strong else None)
        kind = kind or _aged(words, at)
        ends = not _modifies(words, at, number) or (strong and not _goes_on(words, at))
        if kind and ends:
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
            if words.plural(at):
                start, end = words.span(at)
                sort = THING if word in known.things else SOMEBODY
                return Phrase(number, sort, (start, end), end, state)
            break
        at, between = at + 1, between + 1
    return replace(bare, kind=_gathering(number, words)) if bare.end == number.end else bare


def _aged(words: Words, at: int) -> str | None:
    """The kind people, if the word is a head such as "17-year-old"."""
    aged = words.word(at).endswith(("-year-old", "-year-olds"))
    return "people" if aged and not _goes_on(words, at) else None


def _gathering(number: Number, words: Words) -> str | None:
    """Whom a number with no head of its own counts by the words before: "a crowd of 5,000",
    "protesters numbering 300"."""
    at, known = words.index_from(number.start), quantity_words()
    if words.word(at - 1) == "numbering":
        return known.heads.get(words.word(at - 2))
    return known.collectives.get(words.word(at - 2)) if words.word(at - 1) == "of" else None


_OF_THEM = frozenset({"them", "whom", "us", "those"})
_OF = frozenset("the its his her their our these those all".split())


def _modifies(words: Words, at: int, number: Number) -> bool:
    """Whether a head word only modifies a later one: "police officers", "two missile strikes"."""
    known, word = quantity_words(), words.word(at)
    if words.people(at) and _goes_on(words, at):
        return True  # "Sudanese refugees"
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
        ends = word in known.stops or word in known.breaks or word in known.intransitive
        if step == 1 and (ends or word in known.active or not words.may_modify(at + 1)):
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
    if following[0] == "of" and (number.vague or words.word(at - 1) in known.scales):
        at, following = at + 1, (*following[1:], words.word(at + 3))
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
