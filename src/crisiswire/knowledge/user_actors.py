"""Users' own actor files: tables like the shipped ones, or TABARI and PETRARCH dictionaries.

What a file is shows in its content. A bad line is left out and told as a :class:`Fault`; a file
that cannot be read, or has nothing usable, is a DataError.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_files import ActorFile, Fault
from crisiswire.knowledge.actor_tables import (
    ACTOR_COLUMNS,
    actor_term,
    aliases,
    country_names,
    slug,
)
from crisiswire.knowledge.known import COUNTRY_KINDS, Known, Term
from crisiswire.knowledge.names import NameIndex
from crisiswire.knowledge.naming import word_names
from crisiswire.knowledge.tabari import read_tabari

KINDS = (
    "person",
    "armed_group",
    "party",
    "igo",
    "ngo",
    "institution",
    "media",
    "company",
    "movement",
    "unit",
    "name",
    "demonym",
)
_DELIMITERS = ",;\t"
_NEEDED = ("name", "kind")


@dataclass(frozen=True, slots=True)
class UserActors:
    """The files of a user, in their order, and a digest of what stands in them."""

    files: tuple[ActorFile, ...]
    digest: str

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The lines that were left out, file by file."""
        return tuple(fault for file in self.files for fault in file.faults)

    def over(self, index: NameIndex) -> NameIndex:
        """``index`` with the files laid over it: of the same words a file's meaning is taken
        alone, the later file's before the earlier's."""
        for file in self.files:
            own = NameIndex(file.names, file.roles, (), file.not_names, word_names())
            index = index.extended(own)
        return index


def load_user_actors(paths: Iterable[Path]) -> UserActors:
    """The actor files at ``paths``.

    Raises DataError for a file that cannot be read or has nothing usable.
    """
    digest = hashlib.blake2b(digest_size=6)
    files = []
    for path in paths:
        raw = _bytes(path)
        digest.update(len(raw).to_bytes(8, "big") + raw)
        files.append(_read(raw, str(path)))
    return UserActors(tuple(files), digest.hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"{path}: cannot be read ({error.strerror}); check the path and its rights"
        ) from error


@lru_cache(maxsize=16)  # a command tells the bad lines before the coder reads the files
def _read(raw: bytes, name: str) -> ActorFile:
    text = _text(raw, name)
    columns = _columns(text)
    file = _read_table(text, name, *columns) if columns else read_tabari(text, name)
    if not file.usable:
        first = f"; first {file.faults[0]}" if file.faults else ""
        raise DataError(
            f"{name}: holds no actor; write a table with the columns {','.join(ACTOR_COLUMNS)}, "
            f"or names with codes in brackets (docs/actors.md){first}"
        )
    return file


def _text(raw: bytes, name: str) -> str:
    """The file's characters; old dictionaries are not in UTF-8. Raises DataError."""
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        text = raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    if "\0" in text:
        raise DataError(f"{name}: is not a text file")
    return text


def _columns(text: str) -> tuple[list[str], str] | None:
    """The columns that a table's first line names and what stands between them; None where the
    text is no table."""
    first = next((line for line in text.splitlines() if line.strip() and line[0] != "#"), "")
    if "[" in first:
        return None
    for delimiter in _DELIMITERS:
        columns = [c.strip(' "').lower() for c in first.split(delimiter)]
        if "name" in columns and len(columns) > 1:
            return columns, delimiter
    return None


def _read_table(text: str, name: str, columns: list[str], delimiter: str) -> ActorFile:
    """The actors of a table; columns may be left out. Raises DataError for an unknown column."""
    strange = [c for c in columns if c not in ACTOR_COLUMNS]
    missing = [c for c in _NEEDED if c not in columns]
    if strange or missing or len(set(columns)) < len(columns):
        fault = (
            f"column {strange[0]!r} is unknown"
            if strange
            else f"column {missing[0]!r} is missing"
            if missing
            else "a column comes twice"
        )
        raise DataError(f"{name}: {fault}; columns are {','.join(ACTOR_COLUMNS)}")
    out = ActorFile(name)
    entities: dict[str, Known] = {}
    for line, fields in _records(text, delimiter, out):
        where = f"{name}:{line}"
        row = dict.fromkeys(ACTOR_COLUMNS, "") | dict(zip(columns, fields, strict=False))
        try:
            if len(fields) != len(columns):
                raise DataError(
                    f"{where}: {len(fields)} fields, not {len(columns)}; quote fields that hold "
                    f"a {delimiter!r}"
                )
            term = _checked(row, where)
            _add(out, entities, row, (row["name"], *aliases(row, where)), term)
        except DataError as error:
            out.faults.append(Fault(name, line, str(error).removeprefix(f"{where}: ")))
    return out


def _records(text: str, delimiter: str, out: ActorFile) -> Iterator[tuple[int, list[str]]]:
    """(line, fields) of a table's rows, without the first, comments and blank lines. Rows end
    at a quotation that is never closed; that is a fault of ``out``."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = True
    line = 1
    try:
        for fields in reader:
            if any(f.strip() for f in fields) and not fields[0].startswith("#"):
                if not header:
                    yield line, [f.strip() for f in fields]
                header = False
            line = reader.line_num + 1
    except csv.Error as error:
        out.faults.append(Fault(out.name, line, f"is not CSV ({error}); the rest is not read"))


def _checked(row: dict[str, str], where: str) -> Term:
    """The dated role of a row. Raises DataError where it says nothing or too much."""
    if row["kind"] not in KINDS:
        raise DataError(
            f"{where}: kind {row['kind']!r} is unknown; choose one of {', '.join(KINDS)}"
        )
    if row["country"] and row["country"] not in country_names():
        raise DataError(f"{where}: country {row['country']!r} is unknown; write its ISO code")
    if not row["country"] and (not row["sectors"] or row["kind"] in COUNTRY_KINDS):
        raise DataError(f"{where}: names no country and no sectors; complete it or leave it out")
    return actor_term(row, where)


def _add(
    out: ActorFile,
    entities: dict[str, Known],
    row: dict[str, str],
    names: tuple[str, ...],
    term: Term,
) -> None:
    name, kind, country = row["name"], row["kind"], term.country or ""
    key = slug(name) if kind == "person" else slug(country, name)
    if kind in COUNTRY_KINDS:
        key = country.lower()
    shown = country_names()[country] if kind in COUNTRY_KINDS else name
    known = entities.setdefault(f"{key}|{name}", Known(key, shown, kind))
    known.terms.append(term)
    out.names += [(word, known) for word in names]
