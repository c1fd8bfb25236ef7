"""POLECAT: columns, values and what stands for nothing."""

from __future__ import annotations

import datetime as dt

from crisiswire.exporting.polecat import COLUMNS
from crisiswire.model import Actor, When

from .samples import GUNMEN, IRAN, MADURO, RUSSIA, TALKS, USA, ZULIA, stored, table, written

EXPECTED_COLUMNS = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
]  # fmt: skip
AID_LINE = (
    "3f2a9c0011223344\t2019-05-20\tAID\tNone\t10\tMATERIAL COOPERATION\tmilitary; diplomatic\t"
    "Russia\tRUS\t365\tGOV\tGOV\tNone\tMoscow\tNone\t"
    "Nicolas Maduro\tVEN\t101\tGOV\tGOV\tpresident\tPresident Nicolas Maduro\tNone\t"
    "Caracas\tCaracas\tNone\tDistrito Capital\tVEN\t10.48801\t-66.87919\t3646738\tCaracas\tPPLC\t"
    "Example Wire\t2019-05-20\tNone\tNone\tNone\ten\tcrisiswire test"
)
TALKS_LINE = (
    "aa00bb11cc22dd33\t2019-05-20\tCONSULT\tvisit\t4\tVERBAL COOPERATION\tNone\t"
    "United States; Iran\tUSA; IRN\t2; 630\tGOV; None\tGOV\tNone; None\tWashington; Iran\tNone\t"
    "None\tNone\tNone\tNone\tNone\tNone\tNone\tNone\t"
    "None\tNone\tNone\tNone\tNone\tNone\tNone\tNone\tNone\tNone\t"
    "Example Wire\t2019-05-20\tNone\tNone\tNone\ten\tcrisiswire test"
)


def test_the_columns() -> None:
    assert list(COLUMNS) == EXPECTED_COLUMNS
    assert len(COLUMNS) == 40


def test_the_lines() -> None:
    raw = written([stored(), stored(TALKS)], "polecat").decode()
    assert raw.split("\n") == ["\t".join(EXPECTED_COLUMNS), AID_LINE, TALKS_LINE, ""]


def test_dyads_are_rows_of_their_own() -> None:
    event = stored(actors=(USA, RUSSIA), recipients=(IRAN, GUNMEN))
    rows = table(written([event], "polecat", actors="dyads"))
    assert [(row["Actor Name"], row["Recipient Name"]) for row in rows] == [
        ("United States", "Iran"),
        ("United States", "gunmen"),
        ("Russia", "Iran"),
        ("Russia", "gunmen"),
    ]
    assert {row["Event ID"] for row in rows} == {"3f2a9c0011223344"}


def test_the_sectors_of_several_actors_come_once() -> None:
    both = Actor("troops", 0, 6, "troops", "USA", ("MIL", "GOV"), None)
    (row,) = table(written([stored(actors=(USA, both))], "polecat"))
    assert (row["Primary Actor Sector"], row["Actor Sectors"]) == ("GOV; MIL", "GOV; MIL")


def test_codes_and_titles_are_those_of_the_event_s_day() -> None:
    east = Actor("Bonn", 0, 4, "Germany", "DEU", (), "deu")
    day = dt.date(1989, 6, 1)
    made = stored(actors=(east,), recipients=(MADURO,), date=When(None, day, day, "day"))
    (row,) = table(written([made], "polecat"))
    assert (row["Actor COW"], row["Recipient Title"]) == ("260", "None")


def test_a_division_is_a_province_and_no_city() -> None:
    (row,) = table(written([stored(place=ZULIA)], "polecat"))
    assert [row[n] for n in ("Placename", "City", "Province", "Feature Type")] == [
        "Zulia", "None", "Zulia", "ADM1",
    ]  # fmt: skip


def test_a_semicolon_in_a_name_does_not_part_it() -> None:
    odd = Actor("A; B", 0, 4, "A; B", None, (), None)
    (row,) = table(written([stored(actors=(odd, RUSSIA))], "polecat"))
    assert row["Actor Name"].split("; ") == ["A, B", "Russia"]
