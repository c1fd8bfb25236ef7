"""Finding known names in a text: longest match, whole words, accents, true offsets."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import read_actors, spellings
from crisiswire.knowledge.files import DATA, read_yaml
from crisiswire.knowledge.names import (
    Known,
    Modifier,
    NameIndex,
    Role,
    Term,
    fold,
    name_index,
    parse_day,
    plural,
    read_countries,
)


def known(name: str, country: str, kind: str = "person") -> tuple[str, Known]:
    term = Term(country, (), "", dt.date.min, dt.date.max, "", "test")
    return name, Known(fold(name).replace(" ", "-"), name, kind, [term])


INDEX = NameIndex(
    [
        known("Iran", "IRN", "name"),
        known("Oman", "OMN", "name"),
        known("Sudan", "SDN", "name"),
        known("South Sudan", "SSD", "name"),
        known("Assad", "SYR"),
        known("Nicolás Maduro", "VEN"),
        known("Øystein Solvær", "NOR"),
        known("NATO", "IGO", "igo"),
        known("ELN", "COL", "armed_group"),
        known("yellow vests", "FRA", "movement"),
    ],
    [Role("soldier", ("MIL",), None, "test"), Role("head of state", ("GOV",), None, "test")],
    [],
    ["Gulf of Oman"],
)


def found(text: str) -> list[str]:
    return [hit.text for hit in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iran", ["Iran"]),
        ("Iran's fleet", ["Iran"]),
        ("(Iran)", ["Iran"]),
        ("Iran-Oman talks", ["Iran", "Oman"]),
        ("Tirana and a woman", []),
        ("the ambassador, Romania", []),
        ("Irans", []),
        ("Iran2", []),
        ("South Sudan and Sudan", ["South Sudan", "Sudan"]),
        ("SOUTH SUDAN", ["SOUTH SUDAN"]),
        ("iran", []),
        ("Nicolas Maduro", ["Nicolas Maduro"]),
        ("Nicolás Maduro", ["Nicolás Maduro"]),
        ("NICOLÁS MADURO", ["NICOLÁS MADURO"]),
        ("Oystein Solvær", ["Oystein Solvær"]),
        ("NATO Nato nato", ["NATO", "Nato"]),
        ("ELN Eln", ["ELN"]),
        ("the yellow vests and Yellow Vests", ["yellow vests", "Yellow Vests"]),
        ("Soldiers and a soldier", ["Soldiers", "soldier"]),
        ("heads of state", ["heads of state"]),
        ("the Gulf of Oman", []),
        ("the Gulf of Oman and Oman", ["Oman"]),
        ("", []),
    ],
)
def test_finds_longest_names_on_whole_words(text: str, names: list[str]) -> None:
    assert found(text) == names


OWN = NameIndex(
    [known("Iran", "AAA", "company"), known("South", "BBB", "party"), known("Oman Air", "OMN")],
    [Role("soldier", ("REB",), "CCC", "own"), Role("guard of honour", ("GOV",), None, "own")],
    [],
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iran", [("Iran", "AAA")]),  # the same words: the upper layer's meaning alone
        ("South Sudan and South", [("South Sudan", "SSD"), ("South", "BBB")]),  # longest first
        ("Oman Air in Oman", [("Oman Air", "OMN"), ("Oman", "OMN")]),
        ("Gulf of Oman", []),
        ("a soldier", [("soldier", "CCC")]),
        ("the guard of honour", [("guard of honour", None)]),
    ],
)
def test_an_upper_layer_wins_where_both_know_the_words(
    text: str, names: list[tuple[str, str | None]]
) -> None:
    both = INDEX.extended(OWN)
    found = [
        (h.text, h.role.country if h.role else h.known[0].terms[0].country) for h in both.find(text)
    ]
    assert found == names


def test_extending_leaves_the_index_below_as_it_was() -> None:
    before, size = INDEX.find("Iran and Oman Air"), INDEX.size
    both = INDEX.extended(OWN)
    assert both.size == size + OWN.size
    assert (INDEX.find("Iran and Oman Air"), INDEX.size) == (before, size)


def test_an_upper_layer_brings_its_modifiers() -> None:
    own = NameIndex([], [], [Modifier("ousted", ("OPP",), "replace")])
    assert own.extended(INDEX).modifiers == INDEX.extended(own).modifiers == own.modifiers


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Q. X. Lee", ["Q. X. Lee", "Q.X. Lee", "QX Lee"]),
        ("Ada Q.X.Z. Lee", ["Ada Q.X.Z. Lee", "Ada QXZ Lee"]),
        ("Ada Q. Lee", ["Ada Q. Lee"]),
        ("U.N. Habitat", ["U.N. Habitat", "UN Habitat"]),
    ],
)
def test_initials_are_written_in_three_ways(name: str, forms: list[str]) -> None:
    assert spellings(name) == forms


@pytest.mark.parametrize(
    ("term", "many"),
    [
        ("soldier", "soldiers"),
        ("deputy", "deputies"),
        ("attorney", "attorneys"),
        ("policeman", "policemen"),
        ("german", "germans"),
        ("coach", "coaches"),
        ("head of state", "heads of state"),
        ("forces", "forces"),
    ],
)
def test_plural_of_a_role(term: str, many: str) -> None:
    assert plural(term) == many


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019", dt.date(2019, 1, 1), dt.date(2019, 12, 31)),
        ("2019-02", dt.date(2019, 2, 1), dt.date(2019, 2, 28)),
        ("2020-02", dt.date(2020, 2, 1), dt.date(2020, 2, 29)),
        ("2019-12", dt.date(2019, 12, 1), dt.date(2019, 12, 31)),
        ("9999", dt.date(9999, 1, 1), dt.date.max),
        ("2019-05-07", dt.date(2019, 5, 7), dt.date(2019, 5, 7)),
        ("", dt.date.min, dt.date.max),
    ],
)
def test_a_table_date_spans_its_period(value: str, first: dt.date, last: dt.date) -> None:
    assert parse_day(value, end=False, where="x") == first
    assert parse_day(value, end=True, where="x") == last


@pytest.mark.parametrize(
    "value",
    "2019-13 2019-00 2019-02-30 2019-13-01 19 20190507 2019-5-7-1 2019- spring ２０１９".split(),
)
@pytest.mark.parametrize("end", [False, True])
def test_what_is_no_day_is_refused(value: str, end: bool) -> None:
    with pytest.raises(DataError, match=r"^x\.csv:3: date .* write YYYY"):
        parse_day(value, end=end, where="x.csv:3")


PIECES = st.sampled_from(
    "Iran Oman tirana South Sudan Côte d’Ivoire NATO's U.N. Erdoğan İstanbul – ﬁ ß 🙂 é".split(" ")
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_hits_are_true_ordered_and_apart(text: str) -> None:
    edge = 0
    for hit in name_index().find(text):
        assert edge <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.text
        assert hit.known or hit.role
        assert not text[: hit.start][-1:].isalnum()
        assert not text[hit.end :][:1].isalnum()
        edge = hit.end


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_what_stands_before_does_not_change_a_name(before: str, after: str) -> None:
    text = f"{before} | Iran | {after}"
    start = len(before) + 3
    assert any((h.start, h.end) == (start, start + 4) for h in INDEX.find(text))


def test_no_name_of_the_tables_is_listed_as_no_name() -> None:
    blocked = {fold(phrase) for phrase in read_yaml(DATA / "lexicon" / "not_names.yaml")}
    actors = [p for p in (DATA / "actors").glob("*.csv") if not p.name.startswith("countries")]
    names = [n for p in actors for name, aliases, _, _ in read_actors(p) for n in (name, *aliases)]
    for path in (DATA / "actors").glob("countries*.csv"):
        names += [name for name, _, _, _ in read_countries(path)]
    assert [name for name in names if fold(name) in blocked] == []
