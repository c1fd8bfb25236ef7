"""The baked name index: all shipped actor tables in a form that needs no reading of tables.

``scripts/bake_index.py`` writes ``names.bin`` beside this module when the package is built. The
file says from which tables and which of our modules it was made; it is used only where both are
still the same, else the tables themselves are read.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError
from crisiswire.knowledge.files import DATA
from crisiswire.knowledge.known import Known, Modifier, Role, Term
from crisiswire.knowledge.name_layers import Entry, Layer, Naming
from crisiswire.knowledge.naming import Need, WordNames
from crisiswire.knowledge.packing import offsets, pack, unpack

NAMES_FILE = Path(__file__).with_name("names.bin")
MAGIC = b"crisiswire names 1\n"
# Columns: name → array type code ("" is text). A number of a text counts in ``texts``.
COLUMNS = {
    "texts": "",
    "texts_at": "I",
    "keys": "",
    "key_namings_at": "I",
    "key_role": "H",  # number of the role term + 1
    "words": "",
    "word_shapes": "H",
    "naming_known": "I",
    "naming_written": "I",
    "naming_need": "H",
    "known_id": "I",
    "known_name": "I",
    "known_kind": "H",
    "known_terms_at": "I",
    "term_country": "H",
    "term_sectors": "H",
    "term_office": "I",
    "term_first": "I",
    "term_last": "I",
    "term_note": "I",
    "term_source": "I",
    "role_term": "I",
    "role_sectors": "H",
    "role_country": "H",
    "role_source": "I",
}
_ADVICE = "run scripts/bake_index.py"
_TABLES = (
    "actors/*.csv",
    "lexicon/roles.csv",
    "lexicon/modifiers.csv",
    "lexicon/not_names.yaml",
    "lexicon/word_names.yaml",
    "ontology/*.yaml",
)
_MODULES = (
    "actor_tables.py",
    "folding.py",
    "known.py",
    "name_layers.py",
    "names.py",
    "naming.py",
    "packed_names.py",
    "packing.py",
    "files.py",
)


def tables_digest(folder: Path = DATA) -> str:
    """Digest of everything that the index is made of: tables, word lists, and the modules that
    read them."""
    import hashlib

    tables = [path for pattern in _TABLES for path in sorted(folder.glob(pattern))]
    modules = [Path(__file__).with_name(name) for name in _MODULES]
    digest = hashlib.blake2b(digest_size=16)
    for path in (*tables, *(m for m in modules if m.is_file())):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


class PackedNames:
    """A baked index. Entities and entries are made when first met.

    Raises DataError where the file is missing, damaged or made from other tables than those in
    ``folder``.
    """

    def __init__(self, path: Path = NAMES_FILE, folder: Path = DATA) -> None:
        self._header, self._columns = unpack(path, MAGIC, COLUMNS, _ADVICE)
        if self._header["made_from"] != tables_digest(folder):
            raise DataError(f"{path.name}: made from other tables; {_ADVICE}")
        self._known: dict[int, Known] = {}
        self._entries: dict[int, Entry] = {}

    def layer(self) -> Layer:
        """The shipped names as a layer of a NameIndex."""
        shapes = [tuple((b, n) for b, n in pairs) for pairs in self._header["shapes"]]
        words = self._lines("words")
        return Layer(
            dict(zip(self._lines("keys"), count())),
            dict(zip(words, map(shapes.__getitem__, self._columns["word_shapes"]), strict=True)),
            self.entry,
        )

    @cached_property
    def modifiers(self) -> dict[str, Modifier]:
        return {
            word: Modifier(word, tuple(sectors), place)
            for word, sectors, place in self._header["modifiers"]
        }

    @cached_property
    def word_names(self) -> WordNames:
        return WordNames(**{k: frozenset(v.split()) for k, v in self._header["word_names"].items()})

    def entry(self, number: int) -> Entry:
        """What the name with this number stands for."""
        found = self._entries.get(number)
        if found is None:
            found = self._entries[number] = self._make_entry(number)
        return found

    def _make_entry(self, number: int) -> Entry:
        c = self._columns
        at, role = c["key_namings_at"], c["key_role"][number]
        namings = tuple(
            Naming(
                self._entity(c["naming_known"][n]),
                self._text(c["naming_written"][n]),
                Need(c["naming_need"][n]),
            )
            for n in range(at[number], at[number + 1])
        )
        return Entry(namings, self._role(role - 1) if role else None)

    def _entity(self, number: int) -> Known:
        found = self._known.get(number)
        if found is None:
            c = self._columns
            at = c["known_terms_at"]
            terms = [self._term(n) for n in range(at[number], at[number + 1])]
            kind = self._header["kinds"][c["known_kind"][number]]
            found = Known(
                self._text(c["known_id"][number]), self._text(c["known_name"][number]), kind, terms
            )
            self._known[number] = found
        return found

    def _term(self, number: int) -> Term:
        c = self._columns
        return Term(
            self._header["countries"][c["term_country"][number]],
            self._sectors(c["term_sectors"][number]),
            self._text(c["term_office"][number]),
            dt.date.fromordinal(c["term_first"][number]),
            dt.date.fromordinal(c["term_last"][number]),
            self._text(c["term_note"][number]),
            self._text(c["term_source"][number]),
        )

    def _role(self, number: int) -> Role:
        c = self._columns
        return Role(
            self._text(c["role_term"][number]),
            self._sectors(c["role_sectors"][number]),
            self._header["countries"][c["role_country"][number]],
            self._text(c["role_source"][number]),
        )

    def _sectors(self, number: int) -> tuple[str, ...]:
        return tuple(self._header["sectors"][number])

    def _text(self, number: int) -> str:
        at: array[int] = self._columns["texts_at"]
        chunk: bytes = self._columns["texts"][at[number] : at[number + 1]]
        return chunk.decode()

    def _lines(self, column: str) -> list[str]:
        lines: list[str] = self._columns[column].decode().split("\n")
        return lines


class _Numbers(dict[Any, int]):
    """Values numbered in the order in which they are first asked for."""

    def __missing__(self, value: Any) -> int:
        self[value] = number = len(self)
        return number


def pack_names(
    layer: Layer, modifiers: Iterable[Modifier], words: WordNames, made_from: str
) -> bytes:
    """The content of a baked index over one layer."""
    texts, countries, sectors, kinds = _Numbers(), _Numbers(), _Numbers(), _Numbers()
    entities, roles, shapes = _Numbers(), _Numbers(), _Numbers()
    entries = [layer.entry(number) for number in layer.numbers.values()]
    namings = [naming for entry in entries for naming in entry.namings]
    columns: dict[str, Any] = {
        "keys": "\n".join(layer.numbers).encode(),
        "key_namings_at": offsets(len(entry.namings) for entry in entries),
        "key_role": [roles[entry.role] + 1 if entry.role else 0 for entry in entries],
        "words": "\n".join(layer.shapes).encode(),
        "word_shapes": [shapes[of] for of in layer.shapes.values()],
        "naming_known": [entities[naming.known] for naming in namings],
        "naming_written": [texts[naming.written] for naming in namings],
        "naming_need": [int(naming.need) for naming in namings],
        "known_id": [texts[known.id] for known in entities],
        "known_name": [texts[known.name] for known in entities],
        "known_kind": [kinds[known.kind] for known in entities],
        "known_terms_at": offsets(len(known.terms) for known in entities),
    }
    terms = [term for known in entities for term in known.terms]
    columns |= {
        "term_country": [countries[term.country] for term in terms],
        "term_sectors": [sectors[term.sectors] for term in terms],
        "term_office": [texts[term.office] for term in terms],
        "term_first": [term.first.toordinal() for term in terms],
        "term_last": [term.last.toordinal() for term in terms],
        "term_note": [texts[term.note] for term in terms],
        "term_source": [texts[term.source] for term in terms],
        "role_term": [texts[role.term] for role in roles],
        "role_sectors": [sectors[role.sectors] for role in roles],
        "role_country": [countries[role.country] for role in roles],
        "role_source": [texts[role.source] for role in roles],
    }
    chunks = [text.encode() for text in texts]
    columns |= {"texts": b"".join(chunks), "texts_at": offsets(map(len, chunks))}
    header: Mapping[str, Any] = {
        "made_from": made_from,
        "shapes": list(shapes),
        "countries": list(countries),
        "sectors": list(sectors),
        "kinds": list(kinds),
        "modifiers": [(m.word, m.sectors, m.place) for m in modifiers],
        "word_names": {name: " ".join(sorted(of)) for name, of in asdict(words).items()},
    }
    return pack(MAGIC, header, COLUMNS, columns)
