"""Whom a phrase names on a given day: a table of phrases, and words that only look like names."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from crisiswire import Coder
from crisiswire.knowledge.names import name_index
from crisiswire.resolving.phrases import resolve_phrase

Case = tuple[str, str, str, str]

DAY = "2019-05-14"

# Phrase, date, country and sector an expert would give, and why the coder does not.
KNOWN_FAILURES: list[tuple[str, str, str, str, str]] = [
    (
        "the International Criminal Court",
        DAY,
        "IGO",
        "JUD",
        "a modifier inside a known name (criminal) is taken for a modifier of it",
    ),
    ("pro-Russian separatists", DAY, "", "REB", "the side taken is read as the nationality"),
    ("Kharkiv police", DAY, "UKR", "COP", "the parser does not mark the lower-case head's town"),
    (
        "a spokeswoman for the Kenyan police",
        DAY,
        "KEN",
        "COP",
        "a speaker takes the sector of a body in the tables, not of a role term",
    ),
]


def _cases() -> list[Case]:
    path = Path(__file__).with_name("actors.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return [(r["phrase"], r["date"], r["country"], r["sector"]) for r in rows]


CASES = _cases()


def _named(coder: Coder, phrase: str, date: str) -> tuple[str, str]:
    """Country and first sector, "" for none."""
    found = resolve_phrase(coder, phrase, dt.date.fromisoformat(date))
    assert found is not None
    return found.actor.country or "", (found.actor.sectors or ("",))[0]


def test_table_is_large_and_has_no_repeats() -> None:
    assert len(CASES) >= 120
    assert len({(phrase, date) for phrase, date, _, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("phrase", "date", "country", "sector"), CASES)
def test_phrase(coder: Coder, phrase: str, date: str, country: str, sector: str) -> None:
    assert _named(coder, phrase, date) == (country, sector)


@pytest.mark.parametrize(
    ("phrase", "date", "country", "sector"),
    [pytest.param(*f[:4], marks=pytest.mark.xfail(strict=True, reason=f[4])) for f in KNOWN_FAILURES],
)
def test_known_failure(coder: Coder, phrase: str, date: str, country: str, sector: str) -> None:
    assert _named(coder, phrase, date) == (country, sector)


@pytest.mark.parametrize(
    ("phrase", "before", "after"),
    [
        ("Barack Obama", ("2013-06-01", "GOV"), ("2019-06-01", "ELI")),
        ("Theresa May", ("2018-06-01", "GOV"), ("2021-06-01", "ELI")),
        ("the Taliban", ("2019-05-14", "REB"), ("2022-05-14", "GOV")),
    ],
)
def test_the_same_name_changes_role(
    coder: Coder, phrase: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    answers = [resolve_phrase(coder, phrase, dt.date.fromisoformat(d)) for d, _ in (before, after)]
    assert [a.actor.sectors[0] for a in answers if a] == [before[1], after[1]]
    assert len({a.actor.entity_id for a in answers if a}) == 1


def test_the_span_is_the_phrase_and_the_reason_is_told(coder: Coder) -> None:
    found = resolve_phrase(coder, "Kenyan police", dt.date(2019, 5, 14))
    assert found is not None
    assert (found.actor.text, found.actor.start, found.actor.end) == ("Kenyan police", 0, 13)
    assert "roles.csv" in found.reason
    assert 0 < found.strength <= 1


def test_context_and_known_country_fill_in_what_the_phrase_leaves_open(coder: Coder) -> None:
    day = dt.date(2019, 5, 14)
    alone = resolve_phrase(coder, "soldiers", day)
    told = resolve_phrase(coder, "soldiers", day, context="Fighting shook Sudan on Monday.")
    known = resolve_phrase(coder, "soldiers", day, known_country="TCD")
    assert alone is not None
    assert told is not None
    assert known is not None
    assert [r.actor.country for r in (alone, told, known)] == [None, "SDN", "TCD"]
    assert [r.actor.sectors for r in (alone, told, known)] == [("MIL",)] * 3
    assert alone.strength < known.strength


@pytest.mark.parametrize("phrase", ["", "   ", "\n\n"])
def test_no_words_name_nobody(coder: Coder, phrase: str) -> None:
    assert resolve_phrase(coder, phrase, dt.date(2019, 5, 14)) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("assad", "The Ambassador left early."),
        ("oman", "A Woman and a Romanesque church."),
        ("iran", "Piranha were caught near Tirana."),
        ("mali", "Normality returned; Malice did not."),
        ("chad", "Chadwick met Schadrack."),
        ("niger", "A snigger went round."),
        ("china", "The Machinations went on."),
        ("india", "Indiana voted."),
        ("peru", "She perused the Peruke."),
        ("cuba", "The eggs are in Incubation, in a Cubage unit."),
        ("un", "Under the Unit, undone."),
        ("nato", "The Senator and the Anatomy book."),
        ("eu", "Eureka, a Museum."),
        ("us", "Usually the Bus, thus."),
        ("hamas", "The Bahamas."),
        ("isis", "The Crisis deepened."),
        ("togo", "A Photogoblin."),
        ("jordan", "Jordanstown."),
        ("laos", "Chaos and Laosphere."),
        ("turkey", "Turkeycocks."),
        ("putin", "Computing and Putinism's Disputing."),
        ("rebel", "Rebellious words, a Rebelde."),
    ],
)
def test_names_are_not_found_inside_other_words(name: str, text: str) -> None:
    assert name in text.lower()
    hits = name_index().find(text)
    assert name not in [hit.text.lower() for hit in hits]


@pytest.mark.parametrize("text", ["a woman from nowhere met us", "it may be that may is late"])
def test_words_in_lower_case_are_no_names(text: str) -> None:
    assert [hit.text for hit in name_index().find(text) if hit.known] == []
