"""Whom a phrase names on a given day: tables of names and phrases, and words that only look like
names."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from crisiswire import Coder
from crisiswire.knowledge.names import name_index
from crisiswire.resolving.phrases import resolve_phrase


@dataclass(frozen=True)
class Case:
    """A row of actors.csv (names) or phrases.csv (noun phrases, bodies by their form). In
    ``country`` and ``sectors`` nothing means not asked and "-" none; ``sectors`` lists what the
    first sector may be; ``context`` is the text around the phrase."""

    phrase: str
    date: str
    country: str
    sectors: str
    entity_id: str
    known_failure: str
    context: str = ""

    def faults(self, coder: Coder) -> list[str]:
        """What the coder answers otherwise than an expert would."""
        day = dt.date.fromisoformat(self.date)
        found = resolve_phrase(coder, self.phrase, day, self.context)
        assert found is not None
        actor = found.actor
        faults = []
        if self.country and (actor.country or "-") != self.country:
            faults.append(f"country {actor.country}, not {self.country}")
        if self.sectors and (actor.sectors or ("-",))[0] not in self.sectors.split("|"):
            faults.append(f"sectors {actor.sectors}, not {self.sectors}")
        if self.entity_id and actor.entity_id != self.entity_id:
            faults.append(f"entity {actor.entity_id}, not {self.entity_id}")
        return faults


def _cases(table: str) -> list[Case]:
    path = Path(__file__).with_name(table)
    with path.open(encoding="utf-8", newline="") as stream:
        return [Case(**row) for row in csv.DictReader(stream)]


CASES = [*_cases("actors.csv"), *_cases("phrases.csv")]
SOUND = [c for c in CASES if not c.known_failure]
FAILING = [c for c in CASES if c.known_failure]


def test_the_table_is_large_and_has_no_repeats() -> None:
    assert len(SOUND) >= 900
    assert len(FAILING) <= 12
    assert len({(c.phrase, c.date, c.context) for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", SOUND, ids=lambda c: f"{c.phrase} {c.date}")
def test_phrase(case: Case, coder: Coder) -> None:
    assert case.faults(coder) == []


@pytest.mark.parametrize("case", FAILING, ids=lambda c: f"{c.phrase} {c.date}")
def test_known_failures_still_fail(case: Case, coder: Coder) -> None:
    """One that passes is no longer a failure: take its reason out of actors.csv."""
    assert case.faults(coder), case.known_failure


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
        ("niger", "A Lanigerous coat."),
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
