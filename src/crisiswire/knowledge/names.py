"""Everybody and everything known by name: countries, persons, organisations, roles.

Tables under ``data/actors`` and ``data/lexicon`` (docs/actors.md) are read once into
:class:`Known` entities and role terms, and found in a text in one pass by :class:`NameIndex`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import (
    actor_entities,
    country_entities,
    country_names,
    parse_day,
    plural,
    read_actors,
    read_countries,
    read_modifiers,
    read_roles,
)
from crisiswire.knowledge.files import DATA, read_yaml
from crisiswire.knowledge.folding import fold, inside_word, without_marks
from crisiswire.knowledge.known import COUNTRY_KINDS, Hit, Known, Modifier, Role, Term
from crisiswire.knowledge.name_layers import FIRST_WORD, Layer, Naming, make_layer
from crisiswire.knowledge.naming import (
    Need,
    Surround,
    WordNames,
    read_word_names,
    spelled,
    surround,
)
from crisiswire.knowledge.packed_names import NAMES_FILE, PackedNames, pack_names
from crisiswire.knowledge.yaml_shapes import words as word_list

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
COUNTRY_TABLES = ("countries.csv", "countries_extra.csv")


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
        words: WordNames | None = None,
    ) -> None:
        self._words = words or WordNames()
        self.layers: tuple[Layer, ...] = (make_layer(names, roles, not_names, self._words),)
        self.modifiers = {m.word: m for m in modifiers}

    @property
    def size(self) -> int:
        """Number of names, role terms and hiding phrases, all layers together."""
        return sum(len(layer.numbers) for layer in self.layers)

    def folded_names(self) -> Iterator[str]:
        """All names, role terms and hiding phrases, folded."""
        for layer in self.layers:
            yield from layer.numbers

    def extended(self, above: NameIndex) -> NameIndex:
        """A new index that knows the names, roles and modifiers of ``above`` too, and takes
        its meaning where both know the same words. Neither of the two is changed.

        The way to add a user's own tables: ``name_index().extended(NameIndex(names, roles,
        modifiers))``.
        """
        return self._over(
            (*above.layers, *self.layers), {**self.modifiers, **above.modifiers}, self._words
        )

    @classmethod
    def _over(
        cls, layers: tuple[Layer, ...], modifiers: dict[str, Modifier], words: WordNames
    ) -> NameIndex:
        index = cls((), (), ())
        index.layers, index.modifiers, index._words = layers, modifiers, words
        return index

    def packed(self, made_from: str) -> bytes:
        """The baked form of an index of one layer; ``made_from`` is the digest of its tables."""
        (layer,) = self.layers
        return pack_names(layer, self.modifiers.values(), self._words, made_from)

    def find(self, text: str, *, certain: bool = False) -> list[Hit]:
        """Longest non-overlapping hits on whole words, in text order.

        ``certain`` says that the text is known to name somebody (a phrase cut out of its
        sentence), so that nothing is asked of what stands around a name.
        """
        plain, at = without_marks(text)
        found = self._longest_hits(plain, fold(plain))
        hits = _bare(found) if certain else self._weighed(plain, found)
        if at is None:
            return hits
        return [
            replace(h, start=at[h.start], end=at[h.end], text=text[at[h.start] : at[h.end]])
            for h in hits
        ]

    def _longest_hits(self, text: str, folded: str) -> list[_Found]:
        hits: list[_Found] = []
        edge = 0
        for word in FIRST_WORD.finditer(folded):
            if word.start() < edge:
                continue
            hit = self._longest(text, folded, word.start(), word.group(), edge)
            if hit is not None:
                edge = hit.end
                if hit.namings or hit.role:
                    hits.append(hit)
        return hits

    def _longest(self, text: str, folded: str, at: int, word: str, edge: int) -> _Found | None:
        """The longest name at the word that begins at ``at``, or a phrase that hides names."""
        best: _Found | None = None
        for layer in self.layers:
            for start, end, entry in layer.at(folded, at, word):
                if best is not None and end - start <= best.end - best.start:
                    break
                if start < edge or not _whole_word(folded, start, end):
                    continue
                original, after = text[start:end], folded[end : end + 1]
                namings = [n for n in entry.namings if spelled(original, after, n.written, n.need)]
                if namings or entry.role or not entry.namings:
                    best = _Found(start, end, original, namings, entry.role)
                    break
        return best

    def _weighed(self, text: str, found: list[_Found]) -> list[Hit]:
        """Hits without the namings that what stands around them speaks against."""
        if not any(n.need & Need.AROUND for f in found for n in f.namings):
            return _bare(found)
        taken = {edge for f in found for edge in (f.start, f.end)}
        company: set[str | None] = set()
        sure: set[Known] = set()
        around: dict[int, Surround] = {}
        for f in found:
            if any(n.need & Need.AROUND for n in f.namings):
                around[f.start] = surround(text, f.start, f.end, taken, self._words)
            for n in f.namings:
                if not n.need & Need.COMPANY:
                    company |= {t.country for t in n.known.terms}
                if not n.need & Need.AROUND or self._shown(n.need, around[f.start]):
                    sure.add(n.known)
        return _bare(
            replace(f, namings=[n for n in f.namings if self._stands(n, by, company, sure)])
            if (by := around.get(f.start))
            else f
            for f in found
        )

    def _shown(self, need: Need, by: Surround) -> bool:
        """Whether the words next to it show that a name is one."""
        if not need & Need.WORD or by.presents(self._words):
            return True
        return not need & Need.ALWAYS_CAPITAL and by.tells()

    def _stands(
        self, naming: Naming, by: Surround, company: set[str | None], sure: set[Known]
    ) -> bool:
        need, known = naming.need, naming.known
        if need & Need.COMPANY and known.terms[0].country not in company:
            return False
        introduced = known in sure and not need & Need.ALWAYS_CAPITAL
        return by.allows(need) and (introduced or self._shown(need, by))


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    text: str
    namings: list[Naming]
    role: Role | None


def _bare(found: Iterable[_Found]) -> list[Hit]:
    return [
        Hit(f.start, f.end, tuple(dict.fromkeys(n.known for n in f.namings)), f.role, f.text)
        for f in found
        if f.namings or f.role
    ]


def _whole_word(text: str, start: int, end: int) -> bool:
    return not (start and inside_word(text[start - 1])) and not (
        end < len(text) and inside_word(text[end])
    )


def load_index(folder: Path = DATA) -> NameIndex:
    """The index over all tables of ``folder``."""
    actors = folder / "actors"
    countries = [actors / file for file in COUNTRY_TABLES]
    rest = [path for path in sorted(actors.glob("*.csv")) if path not in countries]
    lexicon = folder / "lexicon"
    hidden = lexicon / "not_names.yaml"
    return NameIndex(
        [*country_entities(countries), *actor_entities(map(read_actors, rest))],
        read_roles(lexicon / "roles.csv"),
        read_modifiers(lexicon / "modifiers.csv"),
        word_list(read_yaml(hidden), hidden, ()),
        read_word_names(lexicon / "word_names.yaml"),
    )


def packed_index(path: Path = NAMES_FILE, folder: Path = DATA) -> NameIndex:
    """The index over the same tables from a baked file. Raises DataError where it is missing,
    damaged or made from other tables."""
    packed = PackedNames(path, folder)
    return NameIndex._over((packed.layer(),), packed.modifiers, packed.word_names)


@cache
def name_index() -> NameIndex:
    """The shipped index, loaded once: the baked file where it fits the tables, else the tables."""
    try:
        return packed_index()
    except DataError:
        return load_index()
