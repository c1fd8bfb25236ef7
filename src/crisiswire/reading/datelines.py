"""The dateline at the start of a report: place, date and agency before the first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crisiswire.knowledge.gazetteer import gazetteer
from crisiswire.model import Span
from crisiswire.reading.furniture import (
    AGENCIES,
    MONTHS,
    NOT_PLACES,
    PRINTED_IN_CAPITALS_ONLY,
    WEEKDAYS,
)

_REACH = 120
_FIRST_LINES = 6
_MAX_WORDS = 4
_MIN_REST = 12
_NUMBER = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?|\d{4})\Z")
_NUMERIC_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})\Z")
_SIGNED = re.compile(r"\(([^()\n]{2,40})\)|/([A-Z][\w' -]{1,40})/")
_BREAK = re.compile(r"\s?(?:[—–―]|-{2,3})\s?|\s-\s|\s?\|\s|:\s")
_DASHES = frozenset("-—–―")
_ASIDE = re.compile(r"[—–―]|-{2,3}|\s-\s")
_SENTENCE_END = re.compile(r"[.!?][\"”’»]?(?=\s|\Z)")
_AFTER_SIGN = re.compile(r"[.,]?\s?(?:[—–―|:]|-{1,3})?\s*")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at ``start:end`` of the text, up to the first word of the report.

    ``place`` holds the words that name the place ("Caracas, Venezuela"),
    ``date`` those that name the day, if there are any.
    """

    start: int
    end: int
    place: Span
    date: Span | None


@dataclass(frozen=True, slots=True)
class _Parts:
    place: tuple[int, int]
    date: tuple[int, int] | None
    capitals: bool
    agency: bool


def dateline(text: str, outlet: str | None = None) -> Dateline | None:
    """The dateline among the first six lines that are not blank, or None.

    ``outlet`` is who publishes the text: it may sign like an agency, in parentheses or slashes.
    """
    for start, end in _first_lines(text):
        found = _dateline_of(text, start, end, outlet)
        if found is not None:
            return found
    return None


def is_agency(name: str) -> bool:
    """Whether ``name`` is how a known news agency or broadcaster signs."""
    plain = name.strip(" .,;:()[]/")
    key = "-".join(plain.lower().split())
    if key in PRINTED_IN_CAPITALS_ONLY:
        return plain.isupper()
    return key in AGENCIES


def is_sign(name: str, outlet: str | None) -> bool:
    """Whether the words in parentheses or slashes sign for an agency or for the outlet itself."""
    return is_agency(name) or (outlet is not None and _plain_name(name) == _plain_name(outlet))


def _plain_name(name: str) -> str:
    return " ".join(name.strip(" .,;:()[]/").casefold().split())


def is_date_words(words: list[str]) -> bool:
    """Whether the words are a day or month ("May 3", "14 May 2019") and nothing else."""
    plain = [word.strip(".,()") for word in words]
    if len(plain) == 1 and _NUMERIC_DATE.match(plain[0]):
        return True
    named = [word for word in plain if word.lower() in MONTHS | WEEKDAYS]
    others = [word for word in plain if word.lower() not in MONTHS | WEEKDAYS]
    return 1 <= len(named) <= 2 and all(_NUMBER.match(word) for word in others)


def _first_lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the first lines that are not blank, cut at twice a dateline's reach."""
    position, seen, looked_at = 0, 0, 0
    while position < len(text) and seen < _FIRST_LINES and looked_at < 10 * _FIRST_LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position : min(end, position + 2 * _REACH)]
        if stripped := line.strip():
            start = position + line.index(stripped[0])
            yield start, min(end, start + 2 * _REACH)
            seen += 1
        position, looked_at = end + 1, looked_at + 1


def _dateline_of(text: str, start: int, end: int, outlet: str | None) -> Dateline | None:
    """The dateline that the line at ``start:end`` begins with."""
    for head_end, rest, mark in _cuts(text, start, end):
        if end - rest < _MIN_REST or not _opens_sentence(text[rest:end]):
            continue
        parts = _parse(text, start, head_end, outlet)
        if parts is None:
            continue
        if not _is_sure(parts, mark) and not _is_bare(text, start, head_end, rest, end):
            continue
        date = parts.date
        return Dateline(
            start,
            rest,
            Span(text[slice(*parts.place)], *parts.place),
            None if date is None else Span(text[slice(*date)], *date),
        )
    return None


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where a dateline may end and the report begin: (head's end, report's start, mark)."""
    reach = min(end, start + _REACH)
    for sign in _SIGNED.finditer(text, start + 1, reach):
        if after := _AFTER_SIGN.match(text, sign.end(), end):
            yield sign.end(), after.end(), after[0].strip(" .,") or "sign"
    for cut in _BREAK.finditer(text, start + 1, reach):
        yield cut.start(), cut.end(), cut[0].strip()


def _is_sure(parts: _Parts, mark: str) -> bool:
    """Whether there is evidence enough: hiding a name from the coder is worse than a dateline."""
    if mark == "sign":
        return parts.agency and (parts.capitals or parts.date is not None)
    if mark == ":":
        return parts.date is not None
    return parts.capitals or parts.agency or parts.date is not None or mark == "|"


def _is_bare(text: str, start: int, head_end: int, rest: int, end: int) -> bool:
    """Whether a town in small letters, a dash and a sentence of its own begin the line: no
    headline, and no name with an aside between dashes."""
    if not _DASHES.intersection(text[head_end:rest]):
        return False
    stop = _SENTENCE_END.search(text, rest, end)
    if stop is None or _ASIDE.search(text, rest, stop.start()):
        return False
    town, *country = (part.strip() for part in text[start:head_end].split(","))
    places = gazetteer()
    return (
        any(place.kind in ("capital", "city") for place in places.lookup(town))
        and not places.is_country(town)
        and all(map(places.has, country))
    )


def _opens_sentence(rest: str) -> bool:
    first = rest[:1]
    return first.isupper() or first.isdigit() or first in "\"“‘'«"


def _parse(text: str, start: int, end: int, outlet: str | None) -> _Parts | None:
    """Place, date and agency of ``text[start:end]``; None when there is anything else."""
    places: list[tuple[int, int]] = []
    dates: list[tuple[int, int]] = []
    agency = False
    for part_start, part_end in _parts(text, start, end):
        part = text[part_start:part_end]
        signed = part.startswith(("(", "/"))
        if is_date_words(part.split()):
            dates.append((part_start, part_end))
        elif places and (is_sign(part, outlet) if signed else is_agency(part)):
            agency = True
        elif places and _NUMBER.match(part) and dates:
            dates.append((part_start, part_end))
        elif dates or agency or len(places) == 2 or signed or not _is_place(part):
            return None
        else:
            places.append((part_start, part_end))
    if not places:
        return None
    first = text[slice(*places[0])]
    capitals = first.isupper() and len(first) > 2
    date = (dates[0][0], dates[-1][1]) if dates else None
    return _Parts((places[0][0], places[-1][1]), date, capitals, agency)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the parts between commas, and of what stands in parentheses or slashes."""
    cuts = re.compile(r"\([^()]*\)|(?<![^\s])/[^/]+/|[^,()]+?(?=\s*[,(]|\s+/|\s*\Z)")
    for match in cuts.finditer(text[start:end]):
        part = match[0].strip(" .,")
        if part:
            offset = start + match.start() + match[0].index(part[0])
            yield offset, offset + len(part)


def _is_place(part: str) -> bool:
    """Whether the words may name a place: up to four, each with a capital, and no label."""
    words = part.split()
    if not 1 <= len(words) <= _MAX_WORDS or "-".join(words).lower() in NOT_PLACES:
        return False
    if words[0].lower() in NOT_PLACES or words[0].lower() in {"by", "the", "a", "an", "in"}:
        return False
    plain = [word.strip(".'’") for word in words]
    return all(_may_be_name(word) for word in plain) and plain[0][0].isupper()


def _may_be_name(word: str) -> bool:
    """A word in letters that begins with a capital, or a particle such as "de"."""
    if not word or not all(c.isalpha() or c in "'’-./`" for c in word):
        return False
    return word[0].isupper() or word in {"de", "del", "al", "el", "la", "sur", "and", "of"}
