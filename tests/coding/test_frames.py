"""Sentences of every construction, coded from end to end, against what an expert would code.

Each case is coded by the lexicon and the grammar alone, where nothing is left to chance, and
must be right; with the trained model on top, nearly all of a construction must stay right.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from frame_cases import Case, load

from crisiswire import Article, Coder, Event
from crisiswire.config import load_config
from crisiswire.knowledge.files import ontology

CASES = load()
SOUND = [c for c in CASES if not c.known_failure]
FAILING = [c for c in CASES if c.known_failure]
SEVERAL = 6
EVENTLESS = 40
SHARE = 0.85  # of a construction's sound cases, with the model

Coded = dict[str, list[Event]]


def code(coder: Coder) -> Coded:
    """Text → its events, all cases coded in one go."""
    articles = [Article(c.text, dt.date.fromisoformat(c.date)) for c in CASES]
    return {a.text: events for a, events in coder.code_many(articles)}


@pytest.fixture(scope="module")
def coded() -> Coded:
    config = load_config()
    alone = config.coder.model_copy(update={"model": "none"})
    return code(Coder(config.model_copy(update={"coder": alone})))


@pytest.mark.parametrize("case", SOUND, ids=lambda c: c.text)
def test_codes_what_the_sentence_tells(case: Case, coded: Coded) -> None:
    assert case.fault(coded[case.text]) is None


@pytest.mark.parametrize("case", FAILING, ids=lambda c: c.text)
def test_known_failures_still_fail(case: Case, coded: Coded) -> None:
    """One that passes is no longer a failure: take its reason out of frames.jsonl."""
    assert case.fault(coded[case.text]) is not None, case.known_failure


def test_the_shipped_coder_keeps_nearly_all(coder: Coder) -> None:
    coded = code(coder)
    total = Counter(c.block for c in SOUND)
    faults = [(c, c.fault(coded[c.text])) for c in SOUND]
    wrong = Counter(c.block for c, fault in faults if fault)
    shares = {block: 1 - wrong[block] / total[block] for block in total}
    assert min(shares.values()) >= SHARE, [(c.text, f) for c, f in faults if f]


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
