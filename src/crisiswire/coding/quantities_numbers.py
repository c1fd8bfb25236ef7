"""Numbers in digits and words, with what is said of their exactness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from crisiswire.coding.quantities_vocabulary import quantity_words

_LOOK_BACK = 24  # characters that a modifier such as "no fewer than" may take
_NOT_COUNTED = re.compile(r"\b(?:no|any|every|each|not) {1,3}\Z")  # "no one", "every two days"
_ONE_OF = re.compile(r" (in|out of|(?:out )?of every|in every) ")  # "one in four"
_AND = "(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion)) and "  # "a hundred and ten"
_YEAR = re.compile(r"(?:1[89]|20)[0-9][0-9]\Z")
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|until|by|of|from|during|before|after|early|late|year|jan|feb|mar|apr|may|"
    r"june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|"
    r"november|december)|\b[0-9]{1,2},)[ ,.]{1,3}\Z"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``start:end`` of a folded text, modifiers and currency sign included.

    ``minimum`` and ``maximum`` are set where the words set them ("at least", "20 to 30").
    ``vague`` tells words like "dozens"; ``sign`` is the currency sign before it, if any.
    """

    value: float
    minimum: float | None
    maximum: float | None
    approximate: bool
    start: int
    end: int
    vague: bool = False
    sign: str | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    first: re.Pattern[str]
    number: re.Pattern[str]
    link: re.Pattern[str]
    modifier: re.Pattern[str]
    suffix: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("\\ ", " {1,3}") for word in ordered) + ")"


@cache
def _patterns() -> _Patterns:
    words = quantity_words()
    scale, short = _any(words.scales), _any(words.short_scales)
    digits = (
        r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,3})?|[0-9]{1,3}(?: [0-9]{3})+(?![0-9,.])"
        r"|[0-9]{1,12}(?:\.[0-9]{1,3})?)"
    )
    spelled = (
        f"(?:(?:half )?an? (?:half[ -])?{scale}|{_any(words.numbers)}|half {scale}"
        f"|{_any(words.scales)})"
        f"(?:(?:[ -]|{_AND}){_any([*words.numbers, *words.scales])}){{0,8}}"
    )
    plural = "(?:dozens|scores|tens|hundreds|thousands|millions|billions)"
    vague = (
        f"(?:(?:a )?(?:few|couple|handful)(?: of)?(?: {scale})?|several(?: {scale})?|"
        f"(?:several |many )?{plural}(?: of {plural}){{0,2}})"
    )
    article = "an?(?= {1,3}(?:[a-z]|[0-9]+-year-old))"
    half = f"(?:[ -]and[ -]a[ -]half(?: {scale})?)?"
    sign = _any(words.currency_symbols)
    number = (
        rf"(?P<sign>{sign} ?)?(?:(?P<digits>{digits})"
        rf"(?:[ -]?(?P<scale>{scale}s?)\b|(?P<short>{short})\b)?(?![0-9%:/]|[.,][0-9]|[a-z])"
        rf"|(?P<vague>{vague})\b|(?P<spelled>{spelled}|{article})\b)(?P<half>{half})"
    )
    modifier = rf"\b(?P<word>{_any(words.modifiers)})(?: (?:the|a|an))? {{1,3}}\Z"
    return _Patterns(
        re.compile(r"(?<![\w.,'/:#-])" + number),
        re.compile(number),
        re.compile(r" {1,3}(?:to|and|or) {1,3}| ?- ?"),
        re.compile(modifier),
        re.compile(rf" ?(?P<word>{_any(words.suffixes)})(?![\w])"),
    )


def find_numbers(folded: str) -> Iterator[Number]:
    """The numbers of a folded text in order; years and ordinals are left out.

    "20 to 30" and "between 20 and 30" are one number with the value half-way.
    """
    position, patterns = 0, _patterns()
    while match := patterns.first.search(folded, position):
        position = match.end()
        close = folded[max(0, match.start() - 10) : match.start()]
        if _is_year(match, folded) or _NOT_COUNTED.search(close):
            continue
        found = _read(match)
        share = _share(found, folded)
        if share is not None:
            position = share
            continue
        before = _modifier(folded, match.start())
        link = patterns.link.match(folded, match.end())
        other = patterns.number.match(folded, link.end()) if link else None
        if link and other and before and before[0] == "from" and _changes(folded, before[2]):
            continue
        if link and other and _is_range(match, link[0].strip(), other, before):
            found = _range(found, _read(other))
            position = other.end()
        if found.value > 0:
            yield _followed(_modified(found, before), folded)


def _share(number: Number, folded: str) -> int | None:
    """The end of "one in four", which tells a share and counts nobody; None if it is none."""
    link = _ONE_OF.match(folded, number.end)
    other = _patterns().number.match(folded, link.end()) if link else None
    if link is None or other is None:
        return None
    small = link[1] != "in" and _read(other).value <= 10
    return other.end() if number.value == 1 or small else None


def _changes(folded: str, at: int) -> bool:
    """Whether what comes before "from" at an offset tells a change: "rose from 18 to 26"."""
    before = folded[max(0, at - _LOOK_BACK) : at].split()
    return bool(before) and before[-1] in quantity_words().changing


def _followed(number: Number, folded: str) -> Number:
    """The number with what the words right after it say: "15 or more", "20-odd"."""
    suffix = _patterns().suffix.match(folded, number.end)
    if suffix is None:
        return number
    sort = quantity_words().suffixes[" ".join(suffix["word"].split())]
    return replace(
        number,
        minimum=number.value if sort == "minimum" else number.minimum,
        maximum=number.value if sort == "maximum" else number.maximum,
        approximate=True,
        end=suffix.end(),
    )


def _read(match: re.Match[str]) -> Number:
    """The number that a match tells, without its modifiers."""
    words = quantity_words()
    sign = match["sign"]
    value, approximate, vague = 1.0, False, False
    if match["digits"]:
        value = float(match["digits"].replace(",", "").replace(" ", ""))
        if match["scale"]:
            value *= words.scales[match["scale"].removesuffix("s")]
        elif match["short"]:
            value *= words.short_scales[match["short"]]
    elif match["vague"]:
        value, approximate, vague = _vague(match["vague"].split()), True, True
    else:
        spelled = match["spelled"].replace("-", " ").split()
        value, approximate = _spelled(spelled), not words.rounded.isdisjoint(spelled)
    if match["half"]:
        value = (value + 0.5) * words.scales.get(match["half"].split()[-1], 1.0)
    minimum = value if vague else None
    return Number(
        value,
        minimum,
        None,
        approximate,
        match.start(),
        match.end(),
        vague,
        sign.strip() if sign else None,
    )


def _vague(spoken: list[str]) -> float:
    """The value of "several hundred", "tens of thousands", "a few"."""
    words, value = quantity_words(), 1.0
    for position, word in enumerate(spoken):
        plural_pair = position > 0 and spoken[position - 1] == "of" and word in words.vague
        if plural_pair:
            value *= words.vague[word] / 2  # "tens of thousands": 20 times 1,000
        elif word in words.vague:
            value = words.vague[word]
        elif word in words.scales:
            value *= words.scales[word]
    return value


def _spelled(spoken: list[str]) -> float:
    """The value of "three hundred and twenty", "two dozen", "half a million", "a"."""
    words, total, current = quantity_words(), 0.0, 0.0
    for word in spoken:
        if word == "half":
            current = 0.5
        elif word in words.numbers:
            current += words.numbers[word]
        elif word in words.scales:
            scale = words.scales[word]
            current = (current or 1.0) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
    return total + current or 1.0


def _modifier(folded: str, at: int) -> tuple[str, str, int] | None:
    """The phrase right before a number that says how exact it is: phrase, sort, start."""
    start = max(0, at - _LOOK_BACK)
    found = _patterns().modifier.search(folded[start:at])
    if found is None:
        between = re.search(r"\b(between|from) {1,3}\Z", folded[start:at])
        return (between[1], "range", start + between.start()) if between else None
    word = " ".join(found["word"].split())
    said = folded[start : start + found.start()].split()
    if said and said[-1] in quantity_words().not_modifiers.get(word, ()):
        return None
    return word, quantity_words().modifiers[word], start + found.start()


def _is_range(
    first: re.Match[str], link: str, last: re.Match[str], before: tuple[str, str, int] | None
) -> bool:
    """Whether two numbers with "to", "and", "or" or a dash between them are one range."""
    low, high = _read(first), _read(last)
    scale_shared = bool(last["scale"] or last["short"]) and not first["scale"]
    if high.value <= low.value and not scale_shared:
        return False
    if link == "and":
        return before is not None and before[0] == "between"
    if first["spelled"] in ("a", "an") or last["spelled"] in ("a", "an"):
        return False
    return link != "or" or high.value <= 3 * low.value


def _range(first: Number, last: Number) -> Number:
    """Both ends as one number; "2 to 3 million" shares the scale."""
    low, high = first.value, last.value
    while low * 1000 <= high and high >= 1000:
        low *= 1000
    return Number(
        (low + high) / 2, low, high, True, first.start, last.end, False, first.sign or last.sign
    )


def _modified(number: Number, before: tuple[str, str, int] | None) -> Number:
    """The number with what the phrase before it says."""
    if before is None:
        return number
    word, sort, start = before
    minimum, maximum = number.minimum, number.maximum
    if sort == "range" and minimum == maximum:
        return number
    if sort == "minimum":
        minimum = number.value
    elif sort == "maximum" or word == "as many as":
        maximum = number.value
    approximate = number.approximate or sort != "exact"
    return Number(
        number.value, minimum, maximum, approximate, start, number.end, number.vague, number.sign
    )


def _is_year(match: re.Match[str], folded: str) -> bool:
    """Whether four digits are a year: not round, or with a word of time before them."""
    text = match["digits"]
    if not text or match["sign"] or match["scale"] or match["short"] or not _YEAR.match(text):
        return False
    cued = _YEAR_CUE.search(folded[max(0, match.start() - _LOOK_BACK) : match.start()])
    return cued is not None and int(text) % 50 != 0
