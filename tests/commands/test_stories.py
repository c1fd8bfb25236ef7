"""``crisiswire stories``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysing.story_samples import report
from crisiswire.storing import open_store
from helpers import Cli

RAID = {"place": "Torit", "recipients": ["SSD CVL"], "more": "Chief Lokwang Odwar wept at Torit."}


@pytest.fixture
def saved(cli: Cli, tmp_path: Path) -> Cli:
    """The command line over a store of two reports of one raid and one of a meeting."""
    told = [
        report("r1", **RAID, dead=9, sentence="Gunmen attacked a camp: nine died.", outlet="Wire"),
        report("r2", **RAID, dead=12, sentence="Gunmen attacked a camp: 12 died.", outlet="Post",
               speaker="the governor"),
        report("m1", type="CONSULT", day="2021-06-09", place="Geneva", actors=["CHE GOV"],
               sentence="They met.", trigger="met", outlet="Wire"),
    ]  # fmt: skip
    with open_store(tmp_path / "store.db") as store:
        for article, event in told:
            store.save(article, [event])
    return cli


def rows(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    result = cli("stories", *arguments)
    assert result.status == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def test_new_events_are_placed_then_listed(saved: Cli) -> None:
    first = saved("stories")
    assert first.err == "crisiswire: 3 events put into stories, 2 opened\n"
    raid, meeting = (json.loads(line) for line in first.out.splitlines())
    assert raid["outlets"] == ["Wire", "Post"]
    assert (raid["reports"], raid["place"], raid["tolls"]) == (2, "Torit", {"dead": [9, 12]})
    assert (meeting["event_type"], meeting["reports"]) == ("CONSULT", 1)
    again = saved("stories")
    assert (again.err, again.out) == ("", first.out)


def test_filters_and_the_least_number_of_reports(saved: Cli) -> None:
    assert [row["event_type"] for row in rows(saved, "--country", "SSD")] == ["ASSAULT"]
    assert [row["event_type"] for row in rows(saved, "--since", "2021-06-05")] == ["CONSULT"]
    assert [row["reports"] for row in rows(saved, "--min-reports", "2")] == [2]
    assert [row["event_type"] for row in rows(saved, "--limit", "1")] == ["ASSAULT"]
    assert len(rows(saved, "--min-reports", "1", "--limit", "5")) == 2


def test_the_reports_of_a_story_side_by_side(saved: Cli) -> None:
    raid = rows(saved, "--type", "assault")[0]
    first, second = rows(saved, "--story", raid["id"][:8])
    assert [r["quantities"][0]["value"] for r in (first, second)] == [9, 12]
    assert (first["teller"], second["teller"]) == ("Wire", "the governor (Post)")
    assert (first["score"], first["reasons"]) == (None, [])
    assert (second["like"], second["text"]) == ("r1-1", "Gunmen attacked a camp: 12 died.")
    points = {reason["name"]: reason["points"] for reason in second["reasons"]}
    assert points["same_spot"] > 0


def test_tables_for_the_eye(saved: Cli) -> None:
    listed = saved("stories", "--format", "table")
    assert "dead 9–12" in listed.out
    assert "Wire, Post" in listed.out
    told = saved("stories", "--story", json.loads(saved("stories").out.split("\n")[0])["id"],
                 "--format", "table")  # fmt: skip
    assert "the governor (Post)" in told.out.replace("\n", " ")
    assert "opened it" in told.out


def test_stories_taken_apart_are_the_same_again(saved: Cli) -> None:
    before = rows(saved)
    result = saved("stories", "--rebuild", "--quiet")
    assert result.err == ""
    assert [json.loads(line) for line in result.out.splitlines()] == before


def test_a_store_that_may_not_be_written_is_read_as_it_is(saved: Cli, tmp_path: Path) -> None:
    only = f"sqlite:///{tmp_path / 'store.db'}?mode=ro"
    result = saved("stories", "--store", only)
    assert (result.status, result.out) == (0, "")
    assert "3 articles are in no story; the store may not be written" in result.err
    rebuilt = saved("stories", "--store", only, "--rebuild")
    assert rebuilt.status == 2
    assert "--rebuild" in rebuilt.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--story", "ffffffff"), "no story 'ffffffff' in the store; list them with"),
        (("--type", "WAR"), "'WAR' is no PLOVER type"),
        (("--dyad", "USA"), "dyad 'USA'"),
    ],
)
def test_wrong_use_is_told(saved: Cli, arguments: tuple[str, ...], message: str) -> None:
    result = saved("stories", *arguments)
    assert result.status == 2
    assert message in result.err
