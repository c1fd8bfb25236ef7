"""Named types of arms and vehicles: "two Tu-160 bombers", "an Il-62", "18 HIMARS launchers"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from crisiswire.coding.quantities_numbers import Number
from crisiswire.coding.quantities_vocabulary import quantity_words

_TYPE = re.compile(
    r"(?<![\w-])(?P<prefix>[A-Z][A-Za-z]{0,9})(?P<join>[- ]?)(?P<digits>[0-9]{1,4})"
    r"(?P<variant>[A-Za-z]{0,3}[0-9]{0,2})(?![\w%]|[.,:][0-9])"
)
_NOUNS = re.compile(r" ([a-z]+)(?: ([a-z]+))?")  # "F-16 fighter jets"
_MAX_GAP = 24  # characters between a number and a type: "two Russian "


@dataclass(frozen=True, slots=True)
class Arms:
    """Arms of a named type with the number that counts them, up to ``end``."""

    kind: str
    number: Number
    head: tuple[int, int]
    end: int


def find_arms(text: str, folded: str, numbers: Sequence[Number]) -> Iterator[Arms]:
    """The named types of arms of a sentence that have a number right before them."""
    known = quantity_words()
    ends = [number.end for number in numbers]
    for match, kind in _types(text):
        place = bisect_right(ends, match.start()) - 1
        if place < 0 or match.start() - ends[place] > _MAX_GAP:
            continue
        number = numbers[place]
        between = folded[number.end : match.start()].split()
        if between[:1] == ["of"] and folded[: number.end].split()[-1] in known.partitive:
            del between[0]
        if len(between) > 2 or not all(w.isalpha() and w not in known.stops for w in between):
            continue
        end, head = match.end(), match.span()
        noun = _NOUNS.match(folded, end)
        for group in (2, 1):
            word = noun[group] if noun else None
            named = kind if word in known.arms_nouns else known.heads.get(word or "")
            if noun and named in ("vehicles", "weapons"):
                kind, end, head = named, noun.end(group), noun.span(group)
                break
        yield Arms(kind, number, head, end)


def designation(words: str) -> str | None:
    """The type that words name, without the plural's s: "F-16", "Il-62", "HIMARS"; or None."""
    named = _names().search(words)
    if named is not None:
        return named["name"] + (named["mark"] or "")
    typed = next(_types(words), None)
    return None if typed is None else _singular(typed[0])


def _types(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Letters and digits that name a type of arms, with its kind."""
    kinds = quantity_words().designations
    for match in _TYPE.finditer(text):
        kind = kinds.get(match["prefix"].lower())
        if kind is not None and (len(match["prefix"]) >= 3 or match["join"] == "-"):
            yield match, kind


def _singular(match: re.Match[str]) -> str:
    """The type without the plural's s ("S-300s")."""
    return match[0][:-1] if match["variant"].endswith("s") else match[0]


@cache
def _names() -> re.Pattern[str]:
    """Names of arms that need no digits; a mark with digits may follow ("Bayraktar TB2")."""
    names = sorted(quantity_words().arms_names, key=lambda name: (-len(name), name))
    return re.compile(
        rf"\b(?P<name>{'|'.join(map(re.escape, names))})s?\b"
        r"(?P<mark>[ -](?=[A-Za-z]{0,4}-?[0-9])[A-Za-z0-9-]{1,8}\b)?"
    )
