"""Searches in words: what one may ask, and where in a text the words stand.

``oil sanctions`` asks for both words, ``oil OR gas`` for one of them, ``"oil sanctions"`` for
the phrase, ``sanct*`` for words that begin so, ``oil -gas`` (or ``oil NOT gas``) for texts without
a word, and brackets group. Letter case, accents and punctuation do not count. Whatever else
stands in the words is searched for or passed over: nothing in them is a statement.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from crisiswire.errors import StoreError

MAX_TERMS = 64
MAX_DEPTH = 8  # brackets within brackets
_UNSEARCHABLE = re.compile("[\x00\ud800-\udfff\ufdd0]")
_QUOTES = str.maketrans("“”„«»＂", '""""""')
_TOKEN = re.compile(
    r'(?P<not>-)?(?:"(?P<phrase>[^"]*)"(?P<begun>\*?)|(?P<word>(?!-\()[^\s"()]+))|-?\(|\)'
)
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_ACCENT = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand next to each other; with ``prefix`` the last one need only
    begin so."""

    words: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of ``parts`` (one at least) and none of ``without``."""

    parts: tuple[Search, ...]
    without: tuple[Search, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of ``parts``."""

    parts: tuple[Search, ...]


Search = Term | AllOf | AnyOf


def parse_search(text: str) -> Search:
    """What ``text`` asks for.

    Raises StoreError when it holds no word, only words that are not wanted, or too many.
    """
    groups = [_Group()]
    number = 0
    for token in _TOKEN.finditer(_UNSEARCHABLE.sub(" ", text).translate(_QUOTES)):
        sign = token[0]
        if sign in ("(", "-(") and len(groups) <= MAX_DEPTH:
            groups[-1].negated |= sign == "-("
            groups.append(_Group())
        elif sign == ")" and len(groups) > 1:
            _close(groups, text)
        elif sign == "OR":
            groups[-1].negated = False
            groups[-1].alternatives.append(_Alternative())
        elif sign == "NOT":
            groups[-1].negated = True
        elif sign not in ("(", "-(", ")", "AND"):
            term = _term(token)
            if term is not None:
                number += 1
                groups[-1].add(term, negated=token["not"] is not None)
    if number > MAX_TERMS:
        raise StoreError(f"search {_short(text)}: asks for {number} words; {MAX_TERMS} at most")
    while len(groups) > 1:
        _close(groups, text)
    found = groups[0].search(text)
    if found is None:
        raise StoreError(f"search {_short(text)}: holds no word to search for")
    return found


@dataclass(slots=True)
class _Alternative:
    wanted: list[Search] = field(default_factory=list)
    unwanted: list[Search] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """What stands between brackets, while it is read."""

    alternatives: list[_Alternative] = field(default_factory=lambda: [_Alternative()])
    negated: bool = False  # the next part is not wanted

    def add(self, part: Search, *, negated: bool = False) -> None:
        last = self.alternatives[-1]
        (last.unwanted if negated or self.negated else last.wanted).append(part)
        self.negated = False

    def search(self, text: str) -> Search | None:
        """What the group asks for, None when it is empty."""
        parts: list[Search] = []
        for one in self.alternatives:
            if one.unwanted and not one.wanted:
                raise StoreError(
                    f"search {_short(text)}: says only what is not wanted; name a word to find too"
                )
            if len(one.wanted) == 1 and not one.unwanted:
                parts.append(one.wanted[0])
            elif one.wanted:
                parts.append(AllOf(tuple(one.wanted), tuple(one.unwanted)))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _close(groups: list[_Group], text: str) -> None:
    inner = groups.pop().search(text)
    if inner is not None:
        groups[-1].add(inner)


def _term(token: re.Match[str]) -> Term | None:
    """The term of a token, None when it holds no letter and no digit."""
    phrase, word = token["phrase"], token["word"]
    words = " ".join(found[0] for found in _words(phrase if word is None else word))
    prefix = bool(token["begun"]) if word is None else word.endswith("*")
    return Term(words, prefix) if words else None


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text with their places. Signs such as ½, which belong to a word for one
    database and not for the other, part words."""
    for found in _WORD.finditer(text):
        start = found.start()
        if not found[0].isascii():
            for place, character in enumerate(found[0], found.start()):
                if character.isnumeric() and not (character.isdecimal() or character.isalpha()):
                    if start < place:
                        yield text[start:place], start, place
                    start = place + 1
        if start < found.end():
            yield text[start : found.end()], start, found.end()


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


@dataclass(frozen=True, slots=True)
class Match:
    """Characters ``start`` to ``end`` of a text are what ``term`` asks for."""

    start: int
    end: int
    term: Term


def matches(text: str, search: Search) -> list[Match]:
    """Where the wanted words of ``search`` stand in ``text``, in its order."""
    tokens = [(fold(word), start, end) for word, start, end in _words(text)]
    found = []
    for term in dict.fromkeys(_wanted(search)):
        words = [fold(word) for word in term.words.split()]
        for index in range(len(tokens) - len(words) + 1):
            if _stands(tokens, index, words, term.prefix):
                found.append(Match(tokens[index][1], tokens[index + len(words) - 1][2], term))
    return sorted(found, key=lambda match: (match.start, match.end))


def _stands(tokens: list[tuple[str, int, int]], index: int, words: list[str], prefix: bool) -> bool:
    *first, last = words
    if any(tokens[index + step][0] != word for step, word in enumerate(first)):
        return False
    token = tokens[index + len(first)][0]
    return token.startswith(last) if prefix else token == last


def _wanted(search: Search) -> Iterator[Term]:
    if isinstance(search, Term):
        yield search
    else:
        for part in search.parts:
            yield from _wanted(part)


def fold(word: str) -> str:
    """A word as the databases compare it: lower case, without accents."""
    if word.isascii():
        return word.lower()
    return _ACCENT.sub("", unicodedata.normalize("NFD", word.lower()))


SNIPPET = 240  # characters at most
_LEAD = 60  # characters before the first match
_WEIGHED = 200  # matches that a snippet may begin at


def snippet(text: str, found: list[Match]) -> tuple[int, int]:
    """The range of ``text`` to show: where most of the terms stand close together.

    It begins and ends at words where it can.
    """
    found = found[:_WEIGHED]
    best = max(
        found,
        key=lambda first: len(
            {one.term for one in found if 0 <= one.start - first.start < SNIPPET - _LEAD}
        ),
        default=None,
    )
    start = max(0, best.start - _LEAD) if best is not None else 0
    end = min(len(text), start + SNIPPET)
    if start > 0 and best is not None:
        start = next((i + 1 for i in range(start, best.start) if text[i].isspace()), start)
    if end < len(text):
        end = next((i for i in range(end, start + SNIPPET // 2, -1) if text[i].isspace()), end)
    return start, end
