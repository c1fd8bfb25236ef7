"""Folded names and what they stand for, in the form that :class:`NameIndex` looks them up in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from crisiswire.knowledge.actor_tables import plural
from crisiswire.knowledge.folding import fold
from crisiswire.knowledge.known import Known, Role
from crisiswire.knowledge.naming import Need, WordNames, needs_of

FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Naming:
    """One entity under one name, as the table writes it."""

    known: Known
    written: str
    need: Need


@dataclass(frozen=True, slots=True)
class Entry:
    """What a folded name stands for; nothing at all for a phrase that only hides others."""

    namings: tuple[Naming, ...] = ()
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """``numbers`` maps a folded name to its number and ``entry`` a number to what it stands for.

    ``shapes`` maps the first word of a name to the shapes of all names that have it: how many
    characters stand before that word (an apostrophe) and how long the name is, longest first.
    """

    numbers: Mapping[str, int]
    shapes: Mapping[str, tuple[tuple[int, int], ...]]
    entry: Callable[[int], Entry]

    def at(self, folded: str, start: int, word: str) -> Iterator[tuple[int, int, Entry]]:
        """(start, end, entry) of the names whose first word is ``word``, at ``start``."""
        for before, length in self.shapes.get(word, ()):
            first, last = start - before, start - before + length
            if first < 0 or last > len(folded):
                continue
            number = self.numbers.get(folded[first:last])
            if number is not None:
                yield first, last, self.entry(number)


def make_layer(
    names: Iterable[tuple[str, Known]],
    roles: Iterable[Role],
    not_names: Iterable[str],
    words: WordNames,
) -> Layer:
    """A layer of tables just read."""
    namings: dict[str, list[Naming]] = {}
    for name, known in names:
        name = unicodedata.normalize("NFC", name)
        same = namings.setdefault(fold(name), [])
        if not any(n.known is known and n.written == name for n in same):
            same.append(Naming(known, name, needs_of(name, known, words)))
    role_of: dict[str, Role] = {}
    for role in roles:
        for form in (role.term, plural(role.term)):
            role_of.setdefault(fold(form), role)
    hidden = {fold(phrase) for phrase in not_names}
    entries = {
        key: Entry() if key in hidden else Entry(tuple(namings.get(key, ())), role_of.get(key))
        for key in sorted({*namings, *role_of, *hidden})
    }
    return Layer(
        {key: number for number, key in enumerate(entries)},
        shapes(entries),
        list(entries.values()).__getitem__,
    )


def shapes(keys: Iterable[str]) -> dict[str, tuple[tuple[int, int], ...]]:
    """First word → shapes of the names that begin with it; see :class:`Layer`."""
    found: dict[str, set[tuple[int, int]]] = {}
    for key in keys:
        word = FIRST_WORD.search(key)
        if word is not None:
            found.setdefault(word.group(), set()).add((word.start(), len(key)))
    return {word: tuple(sorted(of, reverse=True)) for word, of in found.items()}
