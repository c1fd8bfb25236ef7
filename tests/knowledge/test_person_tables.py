"""The tables of persons: form, codes, dates, and one holder of an office at a time."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from crisiswire.knowledge.files import DATA, ontology, read_csv

COLUMNS = (
    "name", "aliases", "kind", "country", "sectors", "office", "from", "to", "wikidata", "note",
)  # fmt: skip
FILES = sorted((DATA / "actors").glob("persons_*.csv"))
REGIONS = {"africa", "americas", "asia_pacific", "europe", "international", "mena", "post_soviet"}

UN_MEMBERS_TEXT = """
    AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA
    BRB BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK
    DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY
    HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO
    LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ
    MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY
    QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD
    TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB
    ZWE
"""
UN_MEMBERS = frozenset(UN_MEMBERS_TEXT.split())
OTHER_CODES = frozenset({"HKG", "PSE", "TWN", "XKX", "UNO", "EUR", "IGO", "NGO", "IMG"})

# Offices that one person holds at a time. Shared ones (vice president, envoy) are left out.
SINGLE_OFFICES_TEXT = """
    president|prime minister|premier|chancellor|king|queen|emir|emperor|shah|sultan|pope
    supreme leader|foreign minister|external affairs minister|foreign secretary|defence minister
    secretary of state|defense secretary|defence secretary|treasury secretary|CIA director
    chancellor of the exchequer|home secretary|attorney general|House speaker
    chairman of the Joint Chiefs of Staff|ambassador to the United Nations|chief cabinet secretary
    general secretary of the Communist Party|secretary-general|NATO secretary general
    chairman of the African Union Commission|president of the European Commission
    president of the European Council|foreign policy chief|WHO director general
    IAEA director general|high commissioner for refugees|high commissioner for human rights
    prosecutor of the International Criminal Court|secretary general of the Arab League
    secretary general of the Organization of American States|secretary general of OPEC
    envoy for Yemen|envoy for Syria|envoy for Libya|chief of staff|army chief
    president of the National Assembly|crown prince|leader of the Taliban|leader of Islamic State
    leader of al-Qaida|interior minister|home minister|home affairs minister|finance minister
    justice minister|oil minister|energy minister|economy minister|information minister
    public security minister|security minister|speaker of parliament|prosecutor general
    police chief|central bank governor|national security adviser|armed forces chief|army commander
    chief of the General Staff|chief of the Defence Staff|head of state|FBI director
    director of national intelligence|homeland security secretary|White House chief of staff
    head of the SVR|head of the FSB|head of the GRU|head of Mossad|head of the ISI
    ambassador to the United States|ambassador to Russia|mayor of London|mayor of New York
    president of Abkhazia|president of South Ossetia|president of Nagorno-Karabakh
    president of Somaliland|president of Puntland|prime minister of the Kurdistan Region
"""
SINGLE_OFFICES = frozenset(SINGLE_OFFICES_TEXT.strip().replace("\n    ", "|").split("|"))
SHARED_NOTES = ("rival", "co-", "acting")

# Offices that lead a state, and words that say they do not.
HEADS = re.compile(
    r"president|prime minister|premier|chancellor|king|queen|emir|sultan|prince|grand duke"
    r"|governor.general|head of (state|government)|leader|ruler|junta|military|chief executive"
    r"|chair(wo)?man of the|general secretary|minister of state|captain|administrator",
    re.IGNORECASE,
)
NOT_HEADS = re.compile(r"opposition|vice|deputy|rebel|party|former|crown|foreign|exile", re.I)
# The first whole year of states that are younger than 1990.
FIRST_YEARS = {"CZE": 1994, "ERI": 1994, "MNE": 2007, "PLW": 1995, "SSD": 2012, "SVK": 1994}
FIRST_YEARS |= {"TLS": 2003} | dict.fromkeys(
    "ARM AZE BIH BLR EST FSM GEO HRV KAZ KGZ LTU LVA MDA MHL MKD NAM SVN TJK TKM UKR UZB".split(),
    1992,
)
LEADERLESS = {("LBR", "1990-10-01")}  # the president dead, the interim one not yet sworn in

Row = dict[str, str]


def rows_of(path: Path) -> list[tuple[str, Row]]:
    """Rows of a table as (file:line, row)."""
    return [(f"{path.name}:{line}", row) for line, row in read_csv(path, COLUMNS)]


def period(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of a written date. Raises ValueError when it is none."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else None
    if len(parts) == 3:
        day = dt.date(*parts)
        return day, day
    last_month = month or 12
    last_day = calendar.monthrange(year, last_month)[1]
    return dt.date(year, month or 1, 1), dt.date(year, last_month, last_day)


def surely_overlap(one: Row, two: Row) -> bool:
    """Whether both roles hold on more than one day, however the coarse dates fall."""
    starts = [period(row["from"])[1] if row["from"] else dt.date.min for row in (one, two)]
    ends = [period(row["to"])[0] if row["to"] else dt.date.max for row in (one, two)]
    return min(ends) - max(starts) > dt.timedelta(days=1)


ALL_ROWS = [item for path in FILES for item in rows_of(path)]


def test_every_region_has_its_table() -> None:
    assert {path.stem.removeprefix("persons_") for path in FILES} == REGIONS
    assert len(ALL_ROWS) >= 13000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rows_have_known_kinds_codes_and_sectors(path: Path) -> None:
    sectors = set(ontology()["sectors"])
    faults = []
    for where, row in rows_of(path):
        named = row["sectors"].split("|") if row["sectors"] else []
        clergy = "REL" in named and not row["country"]
        if row["kind"] != "person":
            faults.append(f"{where} kind {row['kind']!r}")
        if row["country"] not in UN_MEMBERS | OTHER_CODES and not clergy:
            faults.append(f"{where} country {row['country']!r}")
        if set(named) - sectors or len(named) != len(set(named)):
            faults.append(f"{where} sectors {row['sectors']!r}")
        if not named and row["country"] not in {"UNO", "EUR", "IGO"}:
            faults.append(f"{where} {row['name']} of a state has no sector")
        if not row["name"] or not row["office"]:
            faults.append(f"{where} has no name or no office")
        if not re.fullmatch(r"(Q[1-9]\d*)?", row["wikidata"]):
            faults.append(f"{where} wikidata {row['wikidata']!r}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dates_parse_and_run_forward(path: Path) -> None:
    faults = []
    for where, row in rows_of(path):
        try:
            start = period(row["from"])[0]
            end = period(row["to"])[1] if row["to"] else dt.date.max
        except ValueError as error:
            faults.append(f"{where} {row['name']}: {error}")
            continue
        if start > end:
            faults.append(f"{where} {row['name']}: {row['from']} is after {row['to']}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_names_are_ascii_and_aliases_distinct(path: Path) -> None:
    faults = []
    for where, row in rows_of(path):
        names = [row["name"], *(row["aliases"].split("|") if row["aliases"] else [])]
        if any(not name or name != name.strip() for name in names):
            faults.append(f"{where} has an empty or padded name: {names}")
        if len(names) != len(set(names)):
            faults.append(f"{where} repeats a name: {names}")
        if not all(name.isascii() for name in names):
            faults.append(f"{where} has an accent: {names}")
    assert not faults, "\n".join(faults)


def test_no_line_stands_twice() -> None:
    counts = Counter(tuple(row.values()) for _, row in ALL_ROWS)
    assert not [line for line, count in counts.items() if count > 1]


def test_a_person_has_the_same_aliases_and_identifier_on_every_line() -> None:
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, row in ALL_ROWS:
        seen[row["name"]].add((row["aliases"], row["wikidata"]))
    assert not {name: kinds for name, kinds in seen.items() if len(kinds) > 1}


def test_an_identifier_names_one_person() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for _, row in ALL_ROWS:
        if row["wikidata"]:
            owners[row["wikidata"]].add(row["name"])
    assert not {item: names for item, names in owners.items() if len(names) > 1}


def test_no_office_has_two_holders_at_once() -> None:
    holders: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
    for where, row in ALL_ROWS:
        shared = any(word in row["note"] for word in SHARED_NOTES)
        if row["office"] in SINGLE_OFFICES and not shared:
            holders[row["country"], row["office"]].append((where, row))
    faults = [
        f"{country} {office}: {one['name']} {one['from']}..{one['to']} ({where_one}) and "
        f"{two['name']} {two['from']}..{two['to']} ({where_two})"
        for (country, office), items in holders.items()
        for (where_one, one), (where_two, two) in combinations(items, 2)
        if surely_overlap(one, two)
    ]
    assert not faults, "\n".join(faults)


def test_every_un_member_has_a_government() -> None:
    governed = {row["country"] for _, row in ALL_ROWS if "GOV" in row["sectors"].split("|")}
    assert not UN_MEMBERS - governed


def test_every_un_member_is_led_by_somebody_since_1990() -> None:
    led: dict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for _, row in ALL_ROWS:
        heads = HEADS.search(row["office"]) and not NOT_HEADS.search(row["office"])
        if heads and "GOV" in row["sectors"].split("|"):
            last = period(row["to"])[1] if row["to"] else dt.date.max
            led[row["country"]].append((period(row["from"])[0], last))
    gaps = []
    for country in UN_MEMBERS - {"SMR"}:  # the captains regent before 2017 are left out
        quarters = (dt.date(y, m, 1) for y in range(1990, 2026) for m in (1, 4, 7, 10))
        for day in quarters:
            young = day.year < FIRST_YEARS.get(country, 1990) or (country, str(day)) in LEADERLESS
            if not young and not any(first <= day <= last for first, last in led[country]):
                gaps.append((country, day.isoformat()))
    assert gaps == []


@pytest.mark.parametrize(
    ("name", "day", "country", "sectors"),
    [
        ("Robert Mugabe", "1979-06-01", "ZWE", "REB|PTY"),
        ("Robert Mugabe", "2008-03-29", "ZWE", "GOV"),
        ("Juan Guaido", "2019-05-26", "VEN", "OPP|GOV"),
        ("Yasser Arafat", "1988-11-15", "PSE", "REB"),
        ("Yasser Arafat", "2002-03-29", "PSE", "GOV"),
        ("Nelson Mandela", "1992-06-17", "ZAF", "OPP|PTY"),
        ("Nelson Mandela", "1996-05-08", "ZAF", "GOV"),
        ("Ahmed al-Sharaa", "2018-01-01", "SYR", "REB"),
        ("Ahmed al-Sharaa", "2025-05-14", "SYR", "GOV"),
        ("Morgan Tsvangirai", "2010-01-01", "ZWE", "GOV|PTY"),
        ("Mohamed Hamdan Dagalo", "2023-06-01", "SDN", "REB"),
        ("John Paul II", "1995-01-01", "", "REL"),
        ("Alexander Zakharchenko", "2016-01-01", "UKR", "REB|PRE"),
    ],
)
def test_a_role_changes_with_time(name: str, day: str, country: str, sectors: str) -> None:
    date = dt.date.fromisoformat(day)
    roles = {
        (row["country"], row["sectors"])
        for _, row in ALL_ROWS
        if row["name"] == name
        and period(row["from"])[0] <= date
        and (not row["to"] or date <= period(row["to"])[1])
    }
    assert (country, sectors) in roles
