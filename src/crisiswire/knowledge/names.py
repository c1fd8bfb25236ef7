"""Everybody and everything known by name: countries, persons, organisations, roles.

Tables under ``data/actors`` and ``data/lexicon`` (docs/actors.md) are read once into
:class:`Known` entities and role terms, and found in a text in one pass by :class:`NameIndex`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from crisiswire.knowledge.actor_tables import (
    country_names,
    parse_day,
    plural,
    read_actors,
    read_countries,
    read_modifiers,
    read_roles,
    slug,
)
from crisiswire.knowledge.files import DATA, read_yaml
from crisiswire.knowledge.folding import fold
from crisiswire.knowledge.known import COUNTRY_KINDS, Hit, Known, Modifier, Role, Term
from crisiswire.knowledge.name_layers import FIRST_WORD, Layer, Naming, make_layer

__all__ = [
    "COUNTRY_KINDS",
    "Hit",
    "Known",
    "Modifier",
    "NameIndex",
    "Role",
    "Term",
    "country_names",
    "fold",
    "load_index",
    "name_index",
    "parse_day",
    "plural",
    "read_countries",
]
_WORD = re.compile(r"\w")


class NameIndex:
    """All names and role terms, found in a text in one pass.

    An index is a stack of layers, each a table of folded names with the first words of all of
    them. A text is read word by word; only at a first word are whole names compared, longest
    first, so that time depends on the text and not on how many names there are.

    Further tables are laid over an index with :meth:`extended`; the index below is shared, not
    built again. Of names found at one place the longest wins whichever layer it comes from;
    of the same words the upper layer's meaning is taken alone.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, Known]],
        roles: Iterable[Role],
        modifiers: Iterable[Modifier],
        not_names: Iterable[str] = (),
    ) -> None:
        self._layers: tuple[Layer, ...] = (make_layer(names, roles, not_names),)
        self.modifiers = {m.word: m for m in modifiers}

    @property
    def size(self) -> int:
        """Number of names, role terms and hiding phrases, all layers together."""
        return sum(len(layer.numbers) for layer in self._layers)

    def extended(self, above: NameIndex) -> NameIndex:
        """A new index that knows the names, roles and modifiers of ``above`` too, and takes
        its meaning where both know the same words. Neither of the two is changed.

        The way to add a user's own tables: ``name_index().extended(NameIndex(names, roles,
        modifiers))``.
        """
        both = NameIndex((), (), ())
        both._layers = (*above._layers, *self._layers)
        both.modifiers = {**self.modifiers, **above.modifiers}
        return both

    def find(self, text: str) -> list[Hit]:
        """Longest non-overlapping hits on whole words, in text order."""
        folded = fold(text)
        hits: list[Hit] = []
        edge = 0
        for word in FIRST_WORD.finditer(folded):
            if word.start() < edge:
                continue
            hit = self._longest(text, folded, word.start(), word.group(), edge)
            if hit is not None:
                edge = hit.end
                if hit.known or hit.role:
                    hits.append(hit)
        return hits

    def _longest(self, text: str, folded: str, at: int, word: str, edge: int) -> Hit | None:
        """The longest name at the word that begins at ``at``, or a phrase that hides names."""
        best: Hit | None = None
        for layer in self._layers:
            for start, end, entry in layer.at(folded, at, word):
                if best is not None and end - start <= best.end - best.start:
                    break
                if start < edge or not _whole_word(folded, start, end):
                    continue
                original = text[start:end]
                known = tuple(dict.fromkeys(n.known for n in entry.namings if _named(original, n)))
                if known or entry.role or not entry.namings:
                    best = Hit(start, end, known, entry.role, original)
                    break
        return best


def _whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_WORD.match(before) or _WORD.match(after))


def _named(original: str, naming: Naming) -> bool:
    """Whether the words are written as a name: capitals where the name has them."""
    if naming.written.isupper() and len(naming.written) <= 5:  # NATO, and in British papers Nato
        return original.isupper() or (len(original) >= 4 and original.istitle())
    return (
        original[0].isupper()
        or not original[0].isalpha()
        or any(part[:1].isupper() for part in original.split())
    )


def load_index(folder: Path = DATA) -> NameIndex:
    """The index over all tables of ``folder``."""
    names: list[tuple[str, Known]] = []
    entities: dict[str, Known] = {}
    official = country_names()
    countries = [folder / "actors" / f for f in ("countries.csv", "countries_extra.csv")]
    for path in countries:
        for name, country, kind, term in read_countries(path):
            key = f"{country.lower()}|{kind}|{term.first}|{term.last}|{term.note}"
            known = entities.setdefault(
                key, Known(country.lower(), official.get(country, name), kind, [term])
            )
            names.append((name, known))
    for path in sorted((folder / "actors").glob("*.csv")):
        if path in countries:
            continue
        for name, aliases, kind, term in read_actors(path):
            country = term.country or ""
            key = slug(name) if kind == "person" else slug(country, name)
            known = entities.setdefault(key, Known(key, name, kind))
            known.terms.append(term)
            names += [(alias, known) for alias in (name, *aliases)]
    lexicon = folder / "lexicon"
    return NameIndex(
        names,
        read_roles(lexicon / "roles.csv"),
        read_modifiers(lexicon / "modifiers.csv"),
        read_yaml(lexicon / "not_names.yaml"),
    )


@cache
def name_index() -> NameIndex:
    """The shipped index, loaded once."""
    return load_index()
