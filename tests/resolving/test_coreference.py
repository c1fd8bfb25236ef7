"""Coreference within an article: marked passages with pinned floors, and what links do."""

from __future__ import annotations

import datetime as dt

import pytest
from coreference_cases import UNCLEAR, Passage, Score, load, score

from crisiswire import Article, Coder

DAY = dt.date(2019, 5, 14)
PASSAGES = load()


@pytest.fixture(scope="module")
def passages(coder: Coder) -> Score:
    return score(coder, PASSAGES)


def test_the_passages_are_many_and_mark_what_is_unclear() -> None:
    marks = [mark for passage in PASSAGES for mark in passage.marks]
    assert len(PASSAGES) >= 80
    assert sum(UNCLEAR in mark.parties for mark in marks) >= 40


def test_links_are_mostly_right(passages: Score) -> None:
    assert passages.wanted >= 450
    assert passages.precision >= 0.93, passages.faults
    assert passages.recall >= 0.82, passages.faults
    assert passages.f1 >= 0.875, passages.faults


def test_wrong_links_are_rarer_than_missing_ones(passages: Score) -> None:
    assert passages.precision > passages.recall


def test_what_is_unclear_mostly_stays_open(passages: Score) -> None:
    linked = [fault for fault in passages.faults if f" is {UNCLEAR}, " in fault]
    assert len(linked) <= 8, linked


def test_passages_do_not_touch_each_other(coder: Coder) -> None:
    alone = score(coder, PASSAGES[3:4])
    after = score(coder, PASSAGES[:4])
    before = score(coder, PASSAGES[:3])
    assert after.right - before.right == alone.right


# -- events ---------------------------------------------------------------------------------------

EVENTS = [
    ("Kenya's president flew home. He accused Uganda of lying.", "He", "KEN", "UGA"),
    ("Angela Merkel met bankers. She accused Poland of delay.", "She", "DEU", "POL"),
    ("The Taliban held talks. The group accused Pakistan of treason.", "The group", "AFG", "PAK"),
    ("Jordan closed a crossing. The kingdom accused Israel of theft.", "The kingdom", "JOR", "ISR"),
    ('"I accuse Iraq of treachery," Kuwait\'s prime minister said.', "I", "KWT", "IRQ"),
    ("Hassan Rouhani spoke late. Rouhani accused Bahrain of spying.", "Rouhani", "IRN", "BHR"),
]


@pytest.mark.parametrize(("text", "words", "actor", "recipient"), EVENTS)
def test_events_name_the_antecedent_in_the_words_of_the_mention(
    coder: Coder, text: str, words: str, actor: str, recipient: str
) -> None:
    found = [e for e in coder.code(Article(text, DAY)) if e.event_type == "ACCUSE"]
    told = [(a.text, a.country, r.country) for e in found for a in e.actors for r in e.recipients]
    assert (words, actor, recipient) in told


PAIRS = [
    "Chad and Niger fell out over water. The two countries accused Mali of theft.",
    "Chad and Niger said they would blame Mali. Both governments accused Mali of theft.",
]


@pytest.mark.parametrize("text", PAIRS)
def test_pairs_are_both_parties(coder: Coder, text: str) -> None:
    last = [e for e in coder.code(Article(text, DAY)) if e.sentence == 1]
    assert {"TCD", "NER"} in [{a.country for a in e.actors} for e in last]


OPEN = [
    "Emmanuel Macron met Vladimir Putin on Monday. He accused Poland of lying.",
    "Chad, Niger and Mali sent envoys. The two countries accused Togo of theft.",
    "Iran welcomed the truce. A ship sank. Rain fell. It rained again. It accused Iraq of theft.",
    "Kenya bought a ship, but it was still leaking. It accused nobody.",
]


@pytest.mark.parametrize("text", OPEN)
def test_nobody_is_chosen_across_an_unclear_gap(coder: Coder, text: str) -> None:
    last = [e for e in coder.code(Article(text, DAY)) if e.event_type == "ACCUSE"]
    assert [a.country for e in last for a in e.actors if a.text.lower() in ("he", "it")] == []


def test_a_link_tells_its_reason_and_weakens_the_event(coder: Coder) -> None:
    named, stood = (
        next(e for e in coder.code(Article(text, DAY)) if e.recipients[0].country == "UGA")
        for text in (
            "Kenya accused Uganda of theft.",
            "Kenya fell ill. It accused Uganda of theft.",
        )
    )
    assert any("“It” stands for" in why for why in stood.explanation["actors"])
    assert stood.actors[0].entity_id == named.actors[0].entity_id


def test_a_passage_is_read_with_its_marks() -> None:
    first: Passage = PASSAGES[0]
    assert "[" not in first.text
    assert all(first.text[m.start : m.end].strip() for m in first.marks)
