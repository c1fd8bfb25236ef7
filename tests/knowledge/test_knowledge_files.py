"""Reading CSV and YAML tables: what is refused, by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import (
    read_actors,
    read_countries,
    read_modifiers,
    read_roles,
)
from crisiswire.knowledge.files import read_csv, read_yaml

HEADER = "name,aliases,kind,country,sectors,office,from,to,wikidata,note\n"
GOOD = "Ada Ape,,person,GBR,GOV,,,,,\n"


def written(folder: Path, content: bytes, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",,person,GBR,GOV,,,,,", "name and kind must not be empty"),
        ("Ada,,,GBR,GOV,,,,,", "name and kind must not be empty"),
        ("Ada,,person,Britain,GOV,,,,,", "country 'Britain' is not a three-letter code"),
        ("Ada,,person,GBR,KING,,,,,", "'KING' is not a PLOVER sector"),
        ("Ada,,person,GBR,GOV,,2019-13,,,", "date '2019-13' is no day"),
        ("Ada,,person,GBR,GOV,,,2019-13,,", "date '2019-13' is no day"),
        ("Ada,,person,GBR,GOV,,2020,2019,,", "from 2020 lies after to 2019"),
        ("Ada,,person,GBR", "4 fields, not 10"),
        ('Ada,"x"y,person,GBR,GOV,,,,,', "mind the quotes"),
        ("…,,person,GBR,GOV,,,,,", "name '…' has no letter or digit"),
        ("Ada,Ape|-,person,GBR,GOV,,,,,", "name '-' has no letter or digit"),
    ],
)
def test_a_bad_actor_is_refused_by_line(tmp_path: Path, line: str, message: str) -> None:
    path = written(tmp_path, f"{HEADER}{GOOD}{line}\n".encode())
    with pytest.raises(DataError, match=r"^own\.csv:3: ") as error:
        list(read_actors(path))
    assert message in str(error.value)


def test_bytes_that_are_no_text_are_refused_by_line(tmp_path: Path) -> None:
    table = written(tmp_path, f"{HEADER}{GOOD}".encode() + "Zoë,,person,,,,,,,\n".encode("latin-1"))
    with pytest.raises(DataError, match=r"^own\.csv:3: not UTF-8"):
        list(read_actors(table))
    listed = written(tmp_path, b"- a\n- caf\xe9\n", "own.yaml")
    with pytest.raises(DataError, match=r"^own\.yaml:2: not UTF-8"):
        read_yaml(listed)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + f"{HEADER}{GOOD}".encode())
    assert [name for name, *_ in read_actors(path)] == ["Ada Ape"]


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n# no,row,at all\n\n1, 2 \n")
    assert list(read_csv(path, ("a", "b"))) == [(4, {"a": "1", "b": "2"})]


@pytest.mark.parametrize("content", [b"", b"a,c\n", b"a\n"])
def test_a_wrong_header_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DataError, match=r"^own\.csv:1: columns must be a,b"):
        list(read_csv(written(tmp_path, content), ("a", "b")))


def test_other_tables_name_the_line_too(tmp_path: Path) -> None:
    roles = written(tmp_path, b"term,sectors,country,note\nguard,COP,,\nmayor,XYZ,,\n")
    with pytest.raises(DataError, match=r"^own\.csv:3: 'XYZ'"):
        read_roles(roles)
    modifiers = written(tmp_path, b"modifier,sectors,place,note\nold,ELI,middle,\n")
    with pytest.raises(DataError, match=r"^own\.csv:2: place must be"):
        read_modifiers(modifiers)
    countries = written(tmp_path, b"name,country,kind,from,to,note\nUtopia,UTO,dream,,,\n")
    with pytest.raises(DataError, match=r"^own\.csv:2: country or kind"):
        list(read_countries(countries))
