"""The forced choice: one of 16 types for two given parties, whatever the text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisiswire import Coder
from crisiswire.coding.relating import Relation, relate
from crisiswire.knowledge.files import ontology

TYPES = set(ontology()["types"])
with Path(__file__).with_name("relations.csv").open(encoding="utf-8", newline="") as stream:
    PAIRS = list(csv.DictReader(stream))


def check(found: Relation) -> None:
    """One of the 16 types, the likeliest of probabilities that sum to 1."""
    assert set(found.scores) == TYPES
    assert all(0 <= p <= 1 for p in found.scores.values())
    assert sum(found.scores.values()) == pytest.approx(1, abs=0.002)  # rounded to four places
    assert found.confidence == found.scores[found.event_type] == max(found.scores.values())


@pytest.mark.parametrize("row", PAIRS, ids=lambda r: r["text"])
def test_chooses_the_obvious_type(coder: Coder, row: dict[str, str]) -> None:
    found = relate(coder, row["text"], row["actor"], row["recipient"])
    check(found)
    assert found.event_type == row["event_type"]


def test_the_obvious_pairs_cover_every_type() -> None:
    assert len(PAIRS) >= 30
    assert {row["event_type"] for row in PAIRS} == TYPES


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Chile expelled two Bolivian consuls.", "Peru", "Ecuador"),
        ("Chile expelled two Bolivian consuls.", "Chile", "Ecuador"),
        ("Chile expelled two Bolivian consuls.", "", ""),
        ("Chile expelled two Bolivian consuls.", "Chile", "Chile"),
        ("The weather was mild.", "Peru", "Ecuador"),
        ("Peru and Ecuador.", "Peru", "Ecuador"),
        ("Peru, Ecuador", "Ecuador", "Peru"),
        ("", "Peru", "Ecuador"),
        ("\n \n", "Peru", "Ecuador"),
        ("Perú–Ecuador 🙂", "Perú", "Ecuador"),
        ("Chile expelled two consuls. " * 40, "Chile", "consuls"),
    ],
)
def test_always_answers(coder: Coder, text: str, actor: str, recipient: str) -> None:
    check(relate(coder, text, actor, recipient))


def test_no_evidence_is_no_confidence(coder: Coder) -> None:
    clear = relate(coder, "Chile condemned Bolivia.", "Chile", "Bolivia")
    unclear = relate(coder, "Chile lies west of Bolivia.", "Chile", "Bolivia")
    assert unclear.confidence < clear.confidence


def test_words_that_are_not_in_the_text_still_leave_its_event(coder: Coder) -> None:
    found = relate(coder, "The air force bombed the harbour.", "Atlantis", "Lemuria")
    assert found.event_type == "ASSAULT"


@given(st.text(max_size=40), st.text(max_size=8), st.text(max_size=8))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_gets_an_answer(coder: Coder, text: str, actor: str, recipient: str) -> None:
    check(relate(coder, text, actor, recipient))
