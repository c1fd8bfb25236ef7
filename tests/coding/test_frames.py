"""Sentences of every construction, coded from end to end, against what an expert would code."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from frame_cases import Case, load

from crisiswire import Article, Coder, Event
from crisiswire.knowledge.files import ontology

CASES = load()
SEVERAL = 6
EVENTLESS = 40


@pytest.fixture(scope="module")
def coded(coder: Coder) -> dict[str, list[Event]]:
    """Text → its events, all cases coded in one go."""
    articles = [Article(c.text, dt.date.fromisoformat(c.date)) for c in CASES]
    return {a.text: events for a, events in coder.code_many(articles)}


@pytest.mark.parametrize("case", [c for c in CASES if not c.known_failure], ids=lambda c: c.text)
def test_codes_what_the_sentence_tells(case: Case, coded: dict[str, list[Event]]) -> None:
    assert case.fault(coded[case.text]) is None


@pytest.mark.parametrize("case", [c for c in CASES if c.known_failure], ids=lambda c: c.text)
def test_known_failures_still_fail(case: Case, coded: dict[str, list[Event]]) -> None:
    """One that passes is no longer a failure: take its reason out of frames.jsonl."""
    assert case.fault(coded[case.text]) is not None, case.known_failure


def test_every_construction_has_several_cases() -> None:
    counts = Counter(c.block for c in CASES)
    assert min(counts.values()) >= SEVERAL, counts
    assert counts["no event"] >= EVENTLESS
    assert len({c.text for c in CASES}) == len(CASES)


def test_every_type_and_mode_has_a_case() -> None:
    types = ontology()["types"]
    told = {(t, e.mode) for c in CASES for e in c.events for t in e.types}
    assert {t for t, _ in told} >= set(types)
    missing = {(t, m) for t, spec in types.items() for m in spec.get("modes", {})} - told
    assert not missing
