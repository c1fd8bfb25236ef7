"""ICEWS: columns, values, one source and target a row."""

from __future__ import annotations

from crisiswire.exporting.icews import COLUMNS

from .samples import GUNMEN, IRAN, RUSSIA, TALKS, UN, stored, table, written

EXPECTED_COLUMNS = [
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
]  # fmt: skip
AID_LINE = (
    "3f2a9c0011223344\t2019-05-20\tRussia\tGovernment\tRussian Federation\tProvide military aid\t"
    "072\t8.3\tNicolas Maduro\tGovernment\tVenezuela\tdoc-1\t1\tExample Wire\tCaracas\t\t"
    "Distrito Capital\tVenezuela\t10.48801\t-66.87919"
)
TALKS_LINES = [
    "aa00bb11cc22dd33\t2019-05-20\tUnited States\tGovernment\tUnited States\t"
    "Engage in negotiation\t046\t7\tIran\t\tIran\tdoc-2\t3\tExample Wire\t\t\t\t\t\t",
    "aa00bb11cc22dd33-2\t2019-05-20\tIran\t\tIran\t"
    "Engage in negotiation\t046\t7\tUnited States\tGovernment\tUnited States\tdoc-2\t3\t"
    "Example Wire\t\t\t\t\t\t",
]


def test_the_columns() -> None:
    assert list(COLUMNS) == EXPECTED_COLUMNS
    assert len(COLUMNS) == 20


def test_the_lines() -> None:
    raw = written([stored(), stored(TALKS)], "icews").decode()
    assert raw.split("\n") == ["\t".join(EXPECTED_COLUMNS), AID_LINE, *TALKS_LINES, ""]


def test_each_pair_has_an_id_of_its_own() -> None:
    rows = table(written([stored(actors=(RUSSIA, IRAN), recipients=(GUNMEN,))], "icews"))
    assert [row["Event ID"] for row in rows] == ["3f2a9c0011223344", "3f2a9c0011223344-2"]
    assert rows[0]["Target Sectors"] == "Unidentified Forces"


def test_an_organisation_has_a_sector_and_no_country() -> None:
    (row,) = table(written([stored(actors=(UN,), recipients=())], "icews"))
    assert row["Source Sectors"] == "International Government Organization"
    assert row["Source Country"] == row["Target Name"] == ""
