"""A report's words in one house style, so that the same report in two styles reads alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from crisiswire.knowledge.house_styles import HouseStyles, house_styles

MAX_CHARS = 20_000
"""Characters of a text that are compared; what stands behind is too far down to tell reports
apart."""

_TOKEN = re.compile(
    r"[$€£¥%]|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![0-9])|[0-9]+(?:[.,:][0-9]+)*"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
)
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[^\Wa-z_])")
_BLANK_LINE = re.compile(r"\s*\n\s*\n\s*")
_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}")
_INITIAL = re.compile(r"\b([A-Z])\.(?=\s)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
_MONEY = frozenset("$€£¥")


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence: its telling ``words`` in order and as ``bag``; ``numbers`` that are no
    converted measures; ``names`` in order, in lower case; ``days`` of the week."""

    words: tuple[str, ...]
    bag: frozenset[str]
    numbers: frozenset[str]
    names: tuple[str, ...]
    days: frozenset[str]


def sentences_of(text: str, masked: Sequence[tuple[int, int]] = ()) -> Iterator[Wording]:
    """The sentences of a text that hold telling words; ranges in ``masked`` are left out."""
    styles = house_styles()
    for sentence in _split(_unmasked(text[:MAX_CHARS], masked)):
        wording = _wording(sentence, styles)
        if wording.words:
            yield wording


def _unmasked(text: str, masked: Sequence[tuple[int, int]]) -> str:
    parts, end = [], 0
    for start, stop in sorted(masked):
        parts.append(text[end : max(end, start)])
        end = max(end, stop)
    return "\n".join([*parts, text[end:]])


def _split(text: str) -> Iterator[str]:
    for paragraph in _BLANK_LINE.split(text):
        plain = unicodedata.normalize("NFC", paragraph)
        plain = _ACRONYM.sub(lambda found: found[0].replace(".", ""), plain)
        plain = _INITIAL.sub(r"\1", plain)
        plain = _title_dots().sub(r"\1", plain)
        yield from _SENTENCE.split(plain)


@cache
def _title_dots() -> re.Pattern[str]:
    styles = house_styles()
    short = (*styles.titles, *styles.months, *styles.days, "st", "no")
    return re.compile(rf"\b({'|'.join(sorted(short))})\.(?=\s)", re.IGNORECASE)


def _wording(sentence: str, styles: HouseStyles) -> Wording:
    tokens = [_without_possessive(token) for token in _TOKEN.findall(sentence)]
    names = _names(tokens, styles)
    lowered = _phrased([token.lower() for token in tokens], styles)
    words: list[str] = []
    numbers: list[str] = []
    position = 0
    while position < len(lowered):
        value, end = _number(lowered, position, styles)
        if value is None:
            words.extend(_telling(lowered[position], styles))
            position += 1
            continue
        money = position > 0 and lowered[position - 1] in _MONEY
        measured = money or (end < len(lowered) and lowered[end] in styles.units)
        if not measured and ":" not in value:
            numbers.append(value)
            words.append(value)
        position = end
    days = frozenset(styles.days[word] for word in lowered if word in styles.days)
    return Wording(tuple(words), frozenset(words), frozenset(numbers), names, days)


def _without_possessive(token: str) -> str:
    plain = token.replace("’", "'")
    return token[: plain.rindex("'")] if plain.endswith(("'s", "'")) else token


def _names(tokens: Sequence[str], styles: HouseStyles) -> tuple[str, ...]:
    """Words with a capital inside the sentence; none where all words have one, as in headlines."""
    inner = [token for token in tokens[1:] if token[0].isalpha()]
    capital = [token for token in inner if token[0].isupper()]
    if len(capital) > 0.8 * len(inner):
        return ()
    plain = (token.lower() for token in capital)
    apart = (styles.titles, styles.empty, styles.days, styles.months, styles.phrases)
    return tuple(_spelled(n) for n in plain if not any(n in words for words in apart))


def _phrased(tokens: list[str], styles: HouseStyles) -> list[str]:
    """The tokens with every known phrase in its one form."""
    out: list[str] = []
    position = 0
    longest, first = max(map(len, styles.phrases)), {words[0] for words in styles.phrases}
    while position < len(tokens):
        if tokens[position] not in first:
            out.append(tokens[position])
            position += 1
            continue
        for length in range(longest, 0, -1):
            found = styles.phrases.get(tuple(tokens[position : position + length]))
            if found is not None:
                out.extend(found)
                position += length
                break
        else:
            out.append(tokens[position])
            position += 1
    return out


def _number(tokens: Sequence[str], start: int, styles: HouseStyles) -> tuple[str | None, int]:
    """The number that begins at ``start`` in digits and where it ends, or (None, start)."""
    token = tokens[start]
    if token[0].isdecimal():
        digits = re.sub(r"[^0-9.]", "", token) if _GROUPED.fullmatch(token) else token
        try:
            value = float(digits)
        except ValueError:  # a time or a list such as 6:30 or 1.2.3
            return token, start + 1
        end = start + 1
    elif token in styles.numbers:
        value, end = float(styles.numbers[token]), start + 1
        if value >= 20 and value % 10 == 0 and end < len(tokens):
            unit = styles.numbers.get(tokens[end], 0)
            if 0 < unit < 10:
                value, end = value + unit, end + 1
    else:
        return None, start
    while end < len(tokens) and tokens[end] in styles.scales:
        value, end = value * styles.scales[tokens[end]], end + 1
    return f"{value:.12g}", end


def _telling(token: str, styles: HouseStyles) -> Iterable[str]:
    if token in styles.empty or token in styles.titles or token in styles.units:
        return ()
    if token in _MONEY or token == "%":
        return ()
    if token in styles.months:
        return (styles.months[token],)
    return () if token in styles.days else (_spelled(token),)


@lru_cache(maxsize=20_000)
def _spelled(word: str) -> str:
    for pattern, written in house_styles().spelling:
        word = pattern.sub(written, word)
    return word
