"""The shipped tables of organisations keep the form that docs/actors.md promises."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter, defaultdict

import pytest

from crisiswire.knowledge.files import DATA, ontology, read_csv

COLUMNS = (
    "name", "aliases", "kind", "country", "sectors", "office", "from", "to", "wikidata", "note",
)  # fmt: skip
KINDS = frozenset(
    {"armed_group", "party", "igo", "ngo", "institution", "media", "company", "movement", "unit"}
)
# Each table and the least number of different organisations in it.
FLOORS = {
    "armed_groups.csv": 650,
    "parties.csv": 800,
    "organisations.csv": 450,
    "institutions.csv": 900,
    "ngos.csv": 350,
    "media.csv": 650,
    "units.csv": 350,
    "companies.csv": 400,
}
# Words that begin or fill ordinary sentences: no name may look like one of them.
COMMON_WORDS = """
    a about above across after again against ago all almost alone along also although always am
    among an and another any anyone anything are as at away back be because been before begin
    behind being below best better between both bring but by call can case come could day did do
    does down during each early either else end enough even ever every everyone few find first for
    forward from full further get give go good got great had half has have he help her here high
    him his home how however i if in indeed instead into is it its itself just keep last late
    later law least left less let like line little long look lot low made main make man many map
    may me mean men might mission more most move much must my near need never new next no none nor
    not nothing now of off often on once one only open or other others our out over own part past
    people per perhaps place plan point power put quite rather re right run said same saw say see
    seem sent set several shall she should show side since site so some something soon step still
    such sure take talk tell than that the their them then there these they thing think this those
    though through thus time to today together too toward trail turn two under until up upon us
    use very war was way we week well were what when where which while who whole whom whose why
    will with within without work would year yes yet you your

    accord action age agency aid air alliance alphabet ambition amnesty answer appeal army arrow
    article attack authority bank base battle black bloc block blood blue board bomb border breach
    bridge brother care cause centre center chain chance change charge charter child children
    choice church circle citizen citizens city civic civil claim class coalition code column
    command committee common community concord confederation conference contact control council
    country court creation crisis cross dawn deal death debt defence defense delta direction
    doctor dream east economy edge elder elders election emergency energy equality europe event
    exchange eye faith family farmer fed fire flag fleet force forces forum freedom friend front
    fund future gap general globe goal government grad green ground group guard guardian guide
    half hand harmony health herald hill hold hope horizon horizons house idea independence
    independent insider intel intercept job journal judge jury justice land leader leaders league
    liberation liberty life light link lord lords love machine mail majority march mark market
    master member memorial memory men message meta micron military mirror momentum monitor moon
    mother nation national nations nature network news north observer office officer oil orange
    order parliament party patriot patriots peace phoenix pioneer police policy popular post
    president press prize progress project prosperity protest public punch quartet question race
    radio rally record red redress reform refugee reliance relief report reporter reprieve
    republic rescue resistance respect restore revival revolution rise river road root rule sacred
    safe scorpions sea season security seed sense service shield ship sign signal sister society
    soldier solidarity south spark speed spirit spring square standard star state station storm
    strategy stream street strike struggle student students summit sun sunday support system
    target tempo test tether third tiger torch total trade transformers treaty trend tribune trust
    truth unification union united unity vanguard victory visa vision voice volunteer volunteers
    vote watch wave west white will wind wire woman women word worker workers world youth
    """

Row = tuple[int, dict[str, str]]


def table(name: str) -> list[Row]:
    return list(read_csv(DATA / "actors" / name, COLUMNS))


def names_of(row: dict[str, str]) -> list[str]:
    return [row["name"], *(alias for alias in row["aliases"].split("|") if alias)]


def bounds(value: str) -> tuple[dt.date, dt.date]:
    """First and last day of YYYY, YYYY-MM or YYYY-MM-DD; ValueError for anything else."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        raise ValueError(value)
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    first, last = month or 1, month or 12
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def is_acronym(word: str) -> bool:
    """Two capitals or more and no space: matched as written, so IS, WHO and LeT are safe."""
    return " " not in word and sum(letter.isupper() for letter in word) > 1


def interval(row: dict[str, str]) -> tuple[dt.date, dt.date]:
    start = bounds(row["from"])[0] if row["from"] else dt.date.min
    end = bounds(row["to"])[1] if row["to"] else dt.date.max
    return start, end


@pytest.mark.parametrize("name", FLOORS)
def test_header_and_fields_are_exact_and_the_table_is_full(name: str) -> None:
    names = {row["name"] for _, row in table(name)}
    assert len(names) >= FLOORS[name]


@pytest.mark.parametrize("name", FLOORS)
def test_codes_belong_to_their_lists(name: str) -> None:
    sectors = set(ontology()["sectors"])
    bad = []
    for line, row in table(name):
        faults = [
            not row["name"],
            row["kind"] not in KINDS,
            not re.fullmatch(r"([A-Z]{3})?", row["country"]),
            not set(filter(None, row["sectors"].split("|"))) <= sectors,
            row["sectors"] != "|".join(dict.fromkeys(filter(None, row["sectors"].split("|")))),
            row["office"] != "",
            not re.fullmatch(r"(Q[1-9]\d*)?", row["wikidata"]),
        ]
        if any(faults):
            bad.append((line, row["name"], row["kind"], row["country"], row["sectors"]))
    assert not bad, f"{name}: {bad}"


@pytest.mark.parametrize("name", FLOORS)
def test_dates_parse_and_run_forward(name: str) -> None:
    bad = []
    for line, row in table(name):
        try:
            start, end = interval(row)
        except ValueError:
            bad.append((line, row["name"], row["from"], row["to"]))
            continue
        if start > end:
            bad.append((line, row["name"], row["from"], row["to"]))
    assert not bad, f"{name}: {bad}"


@pytest.mark.parametrize("name", FLOORS)
def test_roles_of_one_organisation_do_not_overlap(name: str) -> None:
    seen = Counter((row["name"], row["from"]) for _, row in table(name))
    assert not [key for key, count in seen.items() if count > 1], f"{name}: told twice"
    roles: dict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for _, row in table(name):
        roles[row["name"]].append(interval(row))
    bad = [
        (who, earlier[1].isoformat(), later[0].isoformat())
        for who, spans in roles.items()
        for earlier, later in zip(sorted(spans), sorted(spans)[1:], strict=False)
        if earlier[1] >= later[0]
    ]
    assert not bad, f"{name}: {bad}"


@pytest.mark.parametrize("name", FLOORS)
def test_aliases_are_clean(name: str) -> None:
    bad = []
    for line, row in table(name):
        words = row["aliases"].split("|") if row["aliases"] else []
        repeated = len(set(words)) < len(words) or row["name"] in words
        ragged = any(word != " ".join(word.split()) or not word for word in words)
        if repeated or ragged or not "".join(names_of(row)).isascii():
            bad.append((line, row["name"]))
    assert not bad, f"{name}: repeated, empty, ragged or accented names: {bad}"


@pytest.mark.parametrize("name", FLOORS)
def test_no_name_is_a_common_word(name: str) -> None:
    common = set(COMMON_WORDS.split())
    bad = [
        (line, row["name"], word)
        for line, row in table(name)
        for word in names_of(row)
        if not is_acronym(word) and word.casefold() in common
    ]
    assert not bad, f"{name}: {bad}"


def test_one_wikidata_id_means_one_organisation() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for name in FLOORS:
        for _, row in table(name):
            if row["wikidata"]:
                owners[row["wikidata"]].add(row["name"])
    bad = {item: names for item, names in owners.items() if len(names) > 1}
    assert not bad, f"shared ids: {bad}"


@pytest.mark.parametrize(
    ("file", "name", "day", "sectors"),
    [
        ("armed_groups.csv", "Taliban", "1996-09-26", "REB"),
        ("armed_groups.csv", "Taliban", "1996-09-27", "GOV"),
        ("armed_groups.csv", "Taliban", "2021-08-14", "REB"),
        ("armed_groups.csv", "Taliban", "2021-08-15", "GOV"),
        ("armed_groups.csv", "Khmer Rouge", "1978-01-01", "GOV"),
        ("armed_groups.csv", "Khmer Rouge", "1985-01-01", "REB"),
        ("armed_groups.csv", "Revolutionary Armed Forces of Colombia", "2012-01-01", "REB"),
        ("armed_groups.csv", "Revolutionary Armed Forces of Colombia", "2019-01-01", "PTY"),
        ("armed_groups.csv", "Rapid Support Forces", "2022-01-01", "PRM"),
        ("armed_groups.csv", "Rapid Support Forces", "2023-05-01", "REB"),
        ("parties.csv", "African National Congress", "1985-01-01", "REB|OPP"),
        ("parties.csv", "African National Congress", "2000-01-01", "GOV|PTY"),
        ("parties.csv", "US Republican Party", "2019-05-01", "GOV|PTY"),
        ("parties.csv", "US Republican Party", "2022-05-01", "OPP|PTY"),
        ("institutions.csv", "National Assembly of Venezuela", "2019-05-01", "LEG|OPP"),
        ("institutions.csv", "Sudanese Armed Forces", "2023-05-01", "MIL"),
    ],
)
def test_the_role_follows_the_date(file: str, name: str, day: str, sectors: str) -> None:
    date = dt.date.fromisoformat(day)
    held = [
        row["sectors"]
        for _, row in table(file)
        if row["name"] == name and interval(row)[0] <= date <= interval(row)[1]
    ]
    assert held == [sectors]
