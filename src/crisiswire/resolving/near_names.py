"""Known persons by family name and title, and known names in another spelling."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from crisiswire.knowledge.names import COUNTRY_KINDS, Known, NameIndex, Role, Term, fold

_WORD = re.compile(r"[a-z]+")
_VOWELS = re.compile(r"[aeiouy']|(?<=[aeiouy])h")
_ARTICLES = frozenset("al el ul ad as ar at wa wal bin ibn ben the of".split())
_LESSER = frozenset("deputy vice assistant acting shadow".split())
_RANKED = frozenset({"MIL", "COP", "LEG", "JUD", "REL", "SPY"})  # title and office say the same
_SHORTEST = 7  # letters of a name that may be spelled otherwise
_LIKENESS = 0.8


class NearNames:
    """Answers where the index has no such name. Built at the first question."""

    def __init__(self, index: NameIndex) -> None:
        self.index = index

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        """Family name → full names of two to four words that end with it."""
        table: dict[str, list[str]] = {}
        for name in self.index.folded_names():
            words = name.split()
            if 2 <= len(words) <= 4 and words[-1].isalpha():
                table.setdefault(words[-1], []).append(name)
        return table

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for name in self.index.folded_names():
            if len(name) >= _SHORTEST:
                table.setdefault(skeleton(name), []).append(name)
        return table

    def titled(
        self, first: str, family: str, roles: Iterable[Role], country: str | None, day: dt.date
    ) -> Known | None:
        """The one person of that family name (and first initial, if any) who holds on ``day`` an
        office that one of the titles names."""
        roles = list(roles)
        found: dict[str, Known] = {}
        for known in self._known(self._families.get(fold(family), ())):
            term = known.at(day)
            if known.kind != "person" or not term.holds(day):
                continue
            if country is not None and term.country != country:
                continue
            if first and fold(known.name)[:1] != fold(first)[:1]:
                continue
            if any(fits(role, term) for role in roles):
                found[known.id] = known
        return next(iter(found.values())) if len(found) == 1 else None

    def variants(self, text: str, roles: Sequence[Role], day: dt.date) -> list[Known]:
        """Those whose name is ``text`` in another spelling, likeliest first: groups and bodies,
        and persons who hold an office that one of the titles names."""
        key, folded = skeleton(text), fold(text)
        if len(folded) < _SHORTEST or len(key) < 4:
            return []
        alike = [n for n in self._skeletons.get(key, ()) if _likeness(n, folded) >= _LIKENESS]
        alike.sort(key=lambda n: -_likeness(n, folded))
        found = []
        for known in self._known(alike):
            if known.kind == "person":
                fit = any(fits(role, known.at(day)) for role in roles)
            else:
                fit = not roles and known.kind not in COUNTRY_KINDS
            if fit:
                found.append(known)
        return sorted(found, key=lambda k: skeleton(k.name) != key)

    def _known(self, names: Iterable[str]) -> Iterator[Known]:
        for name in names:
            for hit in self.index.find(name.title()):
                if len(hit.text) == len(name):
                    yield from hit.known


def fits(role: Role, term: Term) -> bool:
    """Whether a title before a name is the office held: "foreign minister" of one who is foreign
    minister and vice premier, "General" of any officer."""
    if role.sectors and role.sectors[0] in _RANKED & set(term.sectors):
        return True
    title, office = _words(role.term), _words(term.office)
    if not title or (_LESSER & set(office)) - set(title):
        return False
    return set(title) <= set(office) and bool(set(role.sectors) & set(term.sectors))


def skeleton(name: str) -> str:
    """What spellings of one name share: consonants, without articles and doubled letters."""
    words = [w for w in re.split(r"[^a-z']+", fold(name)) if w not in _ARTICLES]
    letters = "".join(_consonants(re.sub(r"^wal(?=.{3})", "", w)) for w in words)
    return re.sub(r"(.)\1+", r"\1", letters)


def _consonants(word: str) -> str:
    return _VOWELS.sub("", word).replace("q", "k").replace("c", "k")


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, _plain(a), _plain(b)).ratio()


def _plain(name: str) -> str:
    return "".join(_WORD.findall(name))


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(text.lower().replace("defence", "defense"))
