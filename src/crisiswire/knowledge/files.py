"""Reading the shipped knowledge files: YAML and CSV, with errors that name file and line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from crisiswire.errors import DataError
from crisiswire.knowledge.packed_yaml import digest, documents
from crisiswire.knowledge.yaml_shapes import mapping, words

DATA = Path(__file__).parent / "data"


def read_yaml(path: Path) -> Any:
    """The content of a YAML file, from its baked form where there is one. Raises DataError with
    the line of a syntax error."""
    try:
        baked = documents().get(digest(path.read_bytes()))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    return parse_yaml(path) if baked is None else json.loads(baked)


def parse_yaml(path: Path) -> Any:
    """The content of a YAML file, parsed from the file itself."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with path.open(encoding="utf-8") as stream:
            return yaml.load(stream, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{path.name}:{mark.line + 1}" if mark else path.name
        raise DataError(f"{line}: not valid YAML ({getattr(error, 'problem', error)})") from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error


def _not_utf8(path: Path, error: UnicodeDecodeError) -> DataError:
    line = path.read_bytes()[: error.start].count(b"\n") + 1
    return DataError(f"{path.name}:{line}: not UTF-8; save the file in that encoding")


def read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file as (line number, row). Lines that begin with # are comments.

    Raises DataError when the header is not exactly ``columns`` or a row has
    another number of fields.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            if tuple(header) != columns:
                raise DataError(f"{path.name}:1: columns must be {','.join(columns)}")
            for fields in reader:
                if not fields or fields[0].startswith("#"):
                    continue
                if len(fields) != len(columns):
                    raise DataError(
                        f"{path.name}:{reader.line_num}: {len(fields)} fields, "
                        f"not {len(columns)}; quote fields that hold a comma"
                    )
                yield reader.line_num, dict(zip(columns, (f.strip() for f in fields), strict=True))
    except csv.Error as error:
        raise DataError(f"{path.name}:{reader.line_num}: {error}; mind the quotes") from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error


@cache
def ontology() -> dict[str, Any]:
    """The PLOVER ontology: types, modes, contexts, sectors, CAMEO roots."""
    return dict(read_yaml(DATA / "ontology" / "plover.yaml"))


@cache
def cameo_codes() -> dict[str, dict[str, Any]]:
    """CAMEO code → its name and the PLOVER types that it may stand beside."""
    return dict(read_yaml(DATA / "ontology" / "cameo.yaml"))


@cache
def above_states() -> frozenset[str]:
    """The codes that stand in the country field for actors above or across states."""
    return frozenset(ontology()["above_states"])


@cache
def data_digest() -> str:
    """First 12 hex digits of a digest over all knowledge files but those of the exports and of
    the search for copies and stories, which code nothing: names what coded an event."""
    import hashlib

    digest = hashlib.blake2b(digest_size=6)
    apart = {"exports", "copies", "stories"}
    for path in sorted(p for p in DATA.rglob("*") if p.is_file() and p.parent.name not in apart):
        digest.update(path.relative_to(DATA).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def verb_lemmas() -> dict[str, str]:
    """Verb form → lemma where the parser's own rules are wrong."""
    path = DATA / "lexicon" / "lemmas.yaml"
    table = mapping(read_yaml(path), path)
    return {form: lemma for lemma in table for form in words(table[lemma], path, (lemma,))}


@cache
def shared_names() -> frozenset[str]:
    """Names in lower case that bodies of many countries bear: the National Guard, the Senate."""
    path = DATA / "lexicon" / "shared_names.yaml"
    return frozenset(name.lower() for name in words(read_yaml(path), path, ()))


@cache
def venues() -> frozenset[str]:
    """Towns in lower case in which others meet: Geneva, Vienna."""
    path = DATA / "lexicon" / "venues.yaml"
    return frozenset(name.lower() for name in words(read_yaml(path), path, ()))


@cache
def unplaced_roles() -> frozenset[str]:
    """Role terms that belong to no country unless the text names one."""
    path = DATA / "lexicon" / "unplaced_roles.yaml"
    return frozenset(words(read_yaml(path), path, ()))
