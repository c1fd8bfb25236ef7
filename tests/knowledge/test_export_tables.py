"""The code tables of the exports: whole, and refused by line where wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.knowledge.actor_tables import country_names, read_actors, slug
from crisiswire.knowledge.export_tables import (
    above_codes,
    cameo_facts,
    cameo_of,
    country_codes,
    cow_code,
    division_codes,
    known_groups,
    office,
    place_kinds,
    read_cow,
    read_table,
    religion_words,
    sector_codes,
)
from crisiswire.knowledge.files import (
    DATA,
    above_states,
    cameo_codes,
    data_digest,
    ontology,
    read_yaml,
)
from crisiswire.knowledge.gazetteer import gazetteer

ROOTS = dict(
    zip(
        (f"{root:02}" for root in range(1, 21)),
        (0, 3, 4, 1, 3.5, 6, 7, 5, -2, -5, -2, -4, -6, -6.5, -7.2, -4, -7, -9, -10, -10),
        strict=True,
    )
)
STATES = set(country_names()) - above_states()


class TestTablesAreWhole:
    def test_every_country_has_its_codes(self) -> None:
        assert set(country_codes()) == STATES
        assert set(above_codes()) == above_states()

    def test_every_state_of_the_correlates_of_war_has_a_number(self) -> None:
        rows = read_yaml(DATA / "ontology" / "countries.yaml")
        today = dt.date(2024, 1, 1)
        assert {code for code in STATES if cow_code(code, today)} == {
            code for code, row in rows.items() if "cow" in row
        }

    def test_no_number_stands_for_two_countries(self) -> None:
        today = dt.date(2024, 1, 1)
        numbers = [number for code in STATES if (number := cow_code(code, today))]
        assert len(numbers) == len(set(numbers))

    def test_fips_codes_are_distinct(self) -> None:
        codes = [row.fips for row in country_codes().values() if row.fips]
        assert len(codes) == len(set(codes))

    def test_every_sector_has_words(self) -> None:
        assert set(sector_codes()) == {*ontology()["sectors"], *above_states()}

    def test_every_cameo_code_has_a_value(self) -> None:
        assert set(cameo_codes()) | set(ROOTS) == set(cameo_facts())
        assert {root: cameo_facts()[root].goldstein for root in ROOTS} == ROOTS

    def test_every_known_group_is_in_the_actor_tables(self) -> None:
        ids = {
            slug(term.country or "", name)
            for path in (DATA / "actors").glob("*.csv")
            if not path.name.startswith(("countries", "persons"))
            for name, _, _, term in read_actors(path)
        }
        assert set(known_groups()) <= ids

    def test_every_kind_of_place_has_a_feature(self) -> None:
        names = ["Caracas", "Zulia", "Venezuela", "Cucuta", "Donbas", "Black Sea", "Nile"]
        kinds = {place.kind for name in names for place in gazetteer().lookup(name)}
        assert {"capital", "admin1", "country", "city"} <= kinds <= set(place_kinds())

    def test_the_states_of_the_usa(self) -> None:
        states = [
            row.division for (country, _), row in division_codes().items() if country == "USA"
        ]
        assert len(set(states)) == 51

    def test_they_are_no_part_of_what_names_the_coder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "exports").mkdir()
        monkeypatch.setattr("crisiswire.knowledge.files.DATA", tmp_path)
        digests = []
        for content in ("a", "b"):
            (tmp_path / "exports" / "cow.csv").write_text(content)
            data_digest.cache_clear()
            digests.append(data_digest())
        data_digest.cache_clear()
        assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("country", "day", "number"),
    [
        ("USA", "2019-05-20", "2"),
        ("RUS", "1985-01-01", "365"),
        ("DEU", "1989-11-09", "260"),
        ("DEU", "1990-10-03", "255"),
        ("CZE", "1992-12-31", "315"),
        ("CZE", "1993-01-01", "316"),
        ("YEM", "1990-05-21", "678"),
        ("YEM", "2015-03-26", "679"),
        ("SSD", "2011-07-08", None),
        ("SSD", "2011-07-09", "626"),
        ("XKX", "2008-02-17", "347"),
        ("PSE", "2019-05-20", None),
        ("UNO", "2019-05-20", None),
        (None, "2019-05-20", None),
    ],
)
def test_cow_numbers_of_the_day(country: str | None, day: str, number: str | None) -> None:
    assert cow_code(country, dt.date.fromisoformat(day)) == number


@pytest.mark.parametrize(
    ("entity", "day", "title"),
    [
        ("nicolas-maduro", "2019-05-20", "president"),
        ("nicolas-maduro", "1990-01-01", None),
        ("ven", "2019-05-20", None),
        (None, "2019-05-20", None),
    ],
)
def test_offices_of_the_day(entity: str | None, day: str, title: str | None) -> None:
    assert office(entity, dt.date.fromisoformat(day)) == title


@pytest.mark.parametrize(
    ("code", "value"), [("0874", 10), ("171", -9.2), ("1799", -7), ("99", None), ("", None)]
)
def test_goldstein_of_a_code_or_of_what_it_refines(code: str, value: float | None) -> None:
    facts = cameo_of(code)
    assert (facts and facts.goldstein) == value


def test_religions_are_found_in_lower_case() -> None:
    assert religion_words()["shiite"] == ("MOS", "SHI")


class TestBadLines:
    def test_a_code_of_another_shape(self, tmp_path: Path) -> None:
        path = tmp_path / "t.csv"
        path.write_text("country,code\nVEN,VE\nRUS,RSS\n")
        with pytest.raises(DataError, match=r"t.csv:3: code 'RSS' must match \[A-Z\]\{2\}"):
            list(read_table(path, {"country": "[A-Z]{3}", "code": "[A-Z]{2}"}))

    def test_a_line_that_comes_twice(self, tmp_path: Path) -> None:
        path = tmp_path / "t.csv"
        path.write_text("country,code\nVEN,VE\nVEN,VZ\n")
        with pytest.raises(DataError, match=r"t.csv:3: VEN comes twice; keep one line"):
            list(read_table(path, {"country": "[A-Z]{3}", "code": "[A-Z]{2}"}))

    @pytest.mark.parametrize(
        "second", ["DEU,255,1990-10-02,", "DEU,255,1995,1991", "DEU,255,1980,1981"]
    )
    def test_days_that_overlap(self, tmp_path: Path, second: str) -> None:
        path = tmp_path / "cow.csv"
        path.write_text(f"country,cow,from,to\nDEU,260,1955-05-05,1990-10-02\n{second}\n")
        with pytest.raises(DataError, match=r"cow.csv:3: the days overlap"):
            read_cow(path)

    def test_a_day_that_is_none(self, tmp_path: Path) -> None:
        path = tmp_path / "cow.csv"
        path.write_text("country,cow,from,to\nDEU,260,spring,\n")
        with pytest.raises(DataError, match=r"cow.csv:2: date 'spring' is no day"):
            read_cow(path)
