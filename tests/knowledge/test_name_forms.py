"""Bodies known by the form of their name, and the loader of the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.knowledge.files import shared_names, unplaced_roles
from crisiswire.knowledge.name_forms import name_forms, read_name_forms
from crisiswire.knowledge.names import name_index

HEADER = "form,sectors,country,place,note\n"


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Orinoco Drilling Ltd.", "BUS"),
        ("Nordhavn Shipping A/S", "BUS"),
        ("Air Tashkent", "BUS"),
        ("University of Bukhara", "EDU"),
        ("Bukhara Institute of Technology", "EDU"),
        ("Santa Lucia General Hospital", "MED"),
        ("Radio Zambezi", "JRN"),
        ("Zambezi Herald", "JRN"),
        ("Kivu Liberation Front", "REB"),
        ("Kivu Teachers' Union", "LAB"),
        ("Ministry of Tides", "GOV"),
        ("Church of Saint Olga", "REL"),
    ],
)
def test_a_form_shows_the_sector(name: str, sector: str) -> None:
    form = name_forms().of(name.split())
    assert form is not None
    assert form.sectors[0] == sector


@pytest.mark.parametrize("name", ["Ltd", "University", "Anna Keller", "University of", ""])
def test_a_form_alone_or_none_is_no_name(name: str) -> None:
    assert name_forms().of(name.split()) is None


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("corp,XXX,,last,", "not PLOVER sectors"),
        ("corp,,,last,", "not PLOVER sectors"),
        ("corp,BUS,ZZZ,last,", "not an alpha-3 code"),
        ("corp,BUS,,middle,", "place must be first, last, any"),
        ("Corp,BUS,,last,", "in lower case"),
        ("a b c d,BUS,,last,", "one to 3 words"),
        ("inc,BUS,,last,\ninc,BUS,,last,", "there twice"),
    ],
)
def test_a_bad_line_is_refused_by_name(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "forms.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"forms\.csv:\d+: .*{fault}"):
        read_name_forms(path)


def test_shared_names_and_unplaced_roles_are_in_lower_case() -> None:
    for word in shared_names() | unplaced_roles():
        assert word == word.lower()


def test_a_shared_name_is_a_role_too() -> None:
    """Where the text is about no country that has one, the role still gives the sector."""
    hits = {name: name_index().find(name.title(), certain=True) for name in shared_names()}
    assert [name for name, found in hits.items() if not found or found[0].role is None] == []
