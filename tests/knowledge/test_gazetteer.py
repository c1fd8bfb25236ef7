"""The gazetteer: namesakes, hints, countries, our own table, damaged files, the baked file."""

from __future__ import annotations

import importlib.util
import shutil
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.knowledge.files import read_csv
from crisiswire.knowledge.gazetteer import (
    EXTRA_COLUMNS,
    OWN_TABLES,
    PLACES,
    Gazetteer,
    gazetteer,
    load_gazetteer,
)
from crisiswire.knowledge.names import country_names
from crisiswire.knowledge.packed_places import KINDS, place_key, read_packed

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


@pytest.mark.parametrize(
    ("name", "countries", "hints", "country", "admin1"),
    [
        ("Tripoli", (), (), "LBY", None),
        ("Tripoli", ("LBN",), (), "LBN", None),
        ("Tripoli", (), ("northern Lebanon",), "LBN", None),
        ("Paris", ("USA",), (), "FRA", None),
        ("Paris", (), ("Texas",), "USA", "Texas"),
        ("Birmingham", (), ("Ala.",), "USA", "Alabama"),
        ("Moscow", ("USA",), (), "RUS", None),
        ("Moscow", (), ("Idaho",), "USA", "Idaho"),
        ("Hyderabad", (), (), "IND", None),
        ("Hyderabad", ("PAK",), (), "PAK", None),
        ("Barcelona", ("VEN",), (), "VEN", None),
        ("Valencia", ("VEN", "ESP"), (), "VEN", None),
        ("Georgia", (), (), "GEO", None),
        ("Athens", ("USA",), (), "GRC", None),
        ("London", ("CAN",), (), "GBR", None),
        ("New York", (), (), "USA", "New York"),
        ("Kiev", (), (), "UKR", None),
        ("Pristina", (), (), "XKX", None),
        ("Taipei", (), (), "TWN", None),
        ("Ramallah", (), (), "PSE", None),
        ("Crimea", (), (), "UKR", "Crimea"),
        ("Golan Heights", ("ISR",), (), "SYR", None),
        ("Abkhazia", ("RUS",), (), "GEO", "Abkhazia"),
    ],
)
def test_best_among_namesakes(
    places: Gazetteer,
    name: str,
    countries: tuple[str, ...],
    hints: tuple[str, ...],
    country: str,
    admin1: str | None,
) -> None:
    found = places.best(name, countries=countries, hints=hints)
    assert found is not None
    assert found.country == country
    if admin1 is not None:
        assert found.admin1 == admin1


@pytest.mark.parametrize("name", ["Clinton", "Bush", "March", "Reed", "Of", "Xqzzy", ""])
def test_words_and_persons_are_no_places(places: Gazetteer, name: str) -> None:
    assert places.best(name) is None


def test_a_doubtful_name_is_taken_when_its_country_is_spoken_of(places: Gazetteer) -> None:
    assert places.best("Clinton", countries=["RUS"]) is None
    found = places.best("Clinton", countries=["USA"])
    assert found is not None
    assert found.country == "USA"


def test_lookup_gives_all_namesakes_likeliest_first(places: Gazetteer) -> None:
    found = places.lookup("Georgia")
    assert [p.kind for p in found[:2]] == ["country", "admin1"]
    towns = [p for p in places.lookup("Victoria") if p.kind == "city" and p.name == "Victoria"]
    assert len(towns) > 3
    assert [p.population for p in towns] == sorted((p.population for p in towns), reverse=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("São Paulo", "SAO PAULO"),
        ("Sana'a", "Sanaa"),
        ("Port-au-Prince", "port au prince"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Nagorno-Karabakh", "Nagorno Karabakh"),
    ],
)
def test_spelling_does_not_matter(places: Gazetteer, one: str, other: str) -> None:
    assert places.lookup(one) == places.lookup(other) != []


def test_acronyms_keep_their_case(places: Gazetteer) -> None:
    assert places.lookup("US")[0].country == "USA"
    assert places.lookup("U.S.")[0].country == "USA"
    assert "USA" not in {p.country for p in places.lookup("us") if p.kind == "country"}


def test_every_row_of_our_table_can_be_looked_up(places: Gazetteer) -> None:
    rows = [row for table in OWN_TABLES for _, row in read_csv(PLACES / table, EXTRA_COLUMNS)]
    assert len(rows) >= 2_000
    for row in rows:
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found = places.lookup(name)
            assert any(p.country == (row["country"] or None) for p in found), name


def test_every_country_code_is_known(places: Gazetteer) -> None:
    for code in places.codes:
        assert code in country_names()


def test_kinds_limit_the_answer(places: Gazetteer) -> None:
    region = places.best("Idlib", kinds=("admin1",))
    assert region is not None
    assert region.kind == "admin1"
    names = """Idlib|Iraq|Red Sea|Natanz|Cairo|Sahel|Strait of Hormuz|Dnipro River|Lake Chad
        |Suez Canal|Kutupalong|Bagram|Sheremetyevo|Chabahar Port|Wagah|Salang Pass|Kariba Dam"""
    found = {p.kind for name in names.split("|") for p in places.lookup(name.strip())}
    assert found == set(KINDS)


def test_loading_is_quick() -> None:
    started = time.process_time()
    load_gazetteer()
    assert time.process_time() - started < 0.6


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Nowhere,,SYR,,95,10,region,", "places_extra.csv:2: 95 degrees"),
        ("Nowhere,,SYR,,north,10,region,", "places_extra.csv:2: 'north'"),
        ("Nowhere,,Syria,,1,1,region,", "places_extra.csv:2: country 'Syria'"),
        ("Nowhere,,SYR,,1,1,swamp,", "places_extra.csv:2: kind 'swamp'"),
        (",,SYR,,1,1,region,", "places_extra.csv:2: kind"),
        ("Nowhere,,SYR,,,,city,", "places_extra.csv:2: GeoNames has no city 'Nowhere'"),
        ("Nowhere,,SYR,,1,1,region", "places_extra.csv:2: 7 fields"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, line: str, message: str) -> None:
    for file in ("gazetteer.bin", "name_words.yaml", *OWN_TABLES):
        shutil.copy(PLACES / file, tmp_path / file)
    text = ",".join(EXTRA_COLUMNS) + "\n" + line + "\n"
    (tmp_path / "places_extra.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_gazetteer(tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize("at", [5, 40, 2_000, -10])
def test_a_damaged_file_is_refused(tmp_path: Path, at: int) -> None:
    content = bytearray((PLACES / "gazetteer.bin").read_bytes())
    content[at] ^= 1
    path = tmp_path / "gazetteer.bin"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"gazetteer\.bin"):
        read_packed(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gazetteer\.bin"):
        read_packed(tmp_path / "gazetteer.bin")


@pytest.mark.parametrize("name", ["Al-Ḥasakah", "St. John's", "Côte d’Ivoire", "Mt. Hebron"])
def test_a_key_is_its_own_key(name: str) -> None:
    assert place_key(place_key(name)) == place_key(name)


def test_the_bake_script_makes_the_shipped_file(tmp_path: Path) -> None:
    header, payload = read_packed(PLACES / "gazetteer.bin")
    try:
        installed = {package: version(package) for package in header["packages"]}
    except PackageNotFoundError as error:
        pytest.skip(f"{error} is not installed")
    if installed != header["packages"]:
        pytest.skip(f"baked from {header['packages']}")
    spec = importlib.util.spec_from_file_location("bake", ROOT / "scripts" / "bake_places.py")
    assert spec is not None
    assert spec.loader is not None
    bake = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["bake"] = bake
    spec.loader.exec_module(bake)
    path = tmp_path / "again.bin"
    path.write_bytes(bake.bake())
    again, content = read_packed(path)
    assert again == header
    assert content == payload
