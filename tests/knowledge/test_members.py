"""The members of organisations: the shipped table, and what its loader turns away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.knowledge.members import (
    MEMBER_COLUMNS,
    members,
    memberships,
    organisations_of,
    read_members,
)
from crisiswire.knowledge.names import name_index

NATO = "North Atlantic Treaty Organization"
UNION = "European Union"


def test_at_least_seventy_organisations_have_members() -> None:
    assert len(memberships()) >= 70
    assert sum(len(stays) for stays in memberships().values()) >= 1200


@pytest.mark.parametrize(
    ("organisation", "day", "number"),
    [
        (NATO, "1950-01-01", 12),
        (NATO, "1990-01-01", 16),
        (NATO, "2019-05-14", 29),
        (NATO, "2024-06-01", 32),
        (UNION, "1994-01-01", 12),
        (UNION, "2013-08-01", 28),
        (UNION, "2020-06-01", 27),
        ("African Union", "2012-01-01", 53),
        ("African Union", "2019-05-14", 54),
        ("League of Arab States", "1946-01-01", 7),
        ("League of Arab States", "2019-05-14", 22),
        ("Organisation of Islamic Cooperation", "2019-05-14", 57),
        ("Organization for Security and Co-operation in Europe", "2019-05-14", 57),
        ("Council of Europe", "2019-05-14", 47),
        ("Council of Europe", "2023-05-14", 46),
        ("Organisation for Economic Co-operation and Development", "2022-05-14", 38),
        ("Association of Southeast Asian Nations", "2019-05-14", 10),
        ("Gulf Cooperation Council", "2019-05-14", 6),
        ("Economic Community of West African States", "2019-05-14", 15),
        ("Southern African Development Community", "2019-05-14", 16),
        ("Organization of the Petroleum Exporting Countries", "2019-05-14", 14),
        ("Commonwealth of Nations", "2023-05-14", 56),
        ("International Criminal Court", "2024-05-14", 124),
        ("Union of South American Nations", "2012-05-14", 12),
        ("Union of South American Nations", "2021-05-14", 4),
        ("Group of Eight", "2010-05-14", 8),
        ("Group of Eight", "2015-05-14", 0),
        ("Warsaw Pact", "1970-05-14", 7),
        ("BRICS", "2019-05-14", 5),
        ("BRICS", "2025-05-14", 10),
        ("UN Security Council", "2019-05-14", 5),
    ],
)
def test_number_of_members(organisation: str, day: str, number: int) -> None:
    assert len(members(organisation, dt.date.fromisoformat(day))) == number


@pytest.mark.parametrize(
    ("country", "organisation", "day", "belongs"),
    [
        ("GBR", UNION, "2020-01-31", True),
        ("GBR", UNION, "2020-02-01", False),
        ("FIN", NATO, "2022-05-14", False),
        ("FIN", NATO, "2023-05-14", True),
        ("RUS", "Council of Europe", "2021-05-14", True),
        ("RUS", "Council of Europe", "2022-05-14", False),
        ("RUS", "Group of Eight", "2013-05-14", True),
        ("MAR", "African Union", "2016-05-14", False),
        ("MAR", "African Union", "2018-05-14", True),
        ("NER", "Economic Community of West African States", "2023-08-14", True),
        ("NER", "Alliance of Sahel States", "2024-05-14", True),
        ("QAT", "Organization of the Petroleum Exporting Countries", "2020-05-14", False),
        ("ECU", "Organization of the Petroleum Exporting Countries", "1993-05-14", False),
        ("GEO", "Commonwealth of Independent States", "2008-05-14", True),
        ("GEO", "Commonwealth of Independent States", "2010-05-14", False),
        ("PHL", "International Criminal Court", "2018-05-14", True),
        ("PHL", "International Criminal Court", "2020-05-14", False),
        ("TWN", "UN Security Council", "1970-05-14", True),
        ("CHN", "UN Security Council", "1970-05-14", False),
        ("USA", "P5+1", "2015-07-14", True),
        ("USA", "P5+1", "2019-05-14", False),
    ],
)
def test_membership_follows_the_day(
    country: str, organisation: str, day: str, belongs: bool
) -> None:
    date = dt.date.fromisoformat(day)
    assert (country in members(organisation, date)) is belongs
    assert (organisation in organisations_of(country, date)) is belongs


def test_an_organisation_without_listed_members_has_none() -> None:
    assert members("Bank of the Moon", dt.date(2019, 5, 14)) == frozenset()


def test_every_organisation_is_found_in_a_text_by_its_name() -> None:
    unfound = [
        name
        for name in memberships()
        if not any(hit.known and hit.text == name for hit in name_index().find(name, certain=True))
    ]
    assert unfound == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Elsewhere Pact,FRA,2000,,", "2: no organisation is named 'Elsewhere Pact'"),
        ("Near Pact,ZZZ,2000,,", "2: 'ZZZ' is not a country code"),
        ("Near Pact,FRA,spring,,", "2: date 'spring'"),
        ("Near Pact,FRA,2001,2000,", "2: from 2001 lies after to 2000"),
        ("Near Pact,FRA,2000,2003,\nNear Pact,FRA,2003,,", "3: FRA is a member already by"),
        ("Near Pact,FRA,2000", "2: 3 fields"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "members.csv"
    path.write_text(",".join(MEMBER_COLUMNS) + "\n" + rows + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="members.csv:" + message):
        list(read_members(path, {"Near Pact"}))


def test_a_country_may_leave_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    rows = "Near Pact,FRA,2000,2002,\nNear Pact,FRA,2004,,\n"
    path.write_text(",".join(MEMBER_COLUMNS) + "\n" + rows, encoding="utf-8")
    stays = list(read_members(path, {"Near Pact"}))
    assert [(s.first.year, s.last.year) for s in stays] == [(2000, 2002), (2004, 9999)]
