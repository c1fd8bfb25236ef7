"""Judged events as sentences to train on, as gold, and as judgements for another store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crisiswire.knowledge.files import ontology
from crisiswire.model import Actor, Event, Span
from crisiswire.reviewing import Desk
from crisiswire.reviewing.files import judge_file
from crisiswire.reviewing.handing_on import gold, log, training_rows
from crisiswire.storing import Store, open_store
from crisiswire.training.examples import gold_examples, read_corpus
from storing.judged import SENTENCES, TEXT, all_coded, coded, told

AID, THREATEN, CONSULT = "aaid-1", "athreaten-1", "aconsult-1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        opened.save(told(), all_coded())
        yield opened


def rows(store: Store) -> tuple[list[dict[str, Any]], list[str]]:
    left: list[str] = []
    return list(training_rows(store, left.append)), left


class TestTrainingRows:
    def test_are_what_train_reads(self, store: Store, tmp_path: Path) -> None:
        reviews = store.reviews
        reviews.judge(AID, "confirm", by="Ann")
        reviews.judge(THREATEN, "change", by="Ann", changes={"event_type": "ACCUSE"})
        reviews.judge(CONSULT, "reject", by="Ann")
        found, left = rows(store)
        assert left == []
        file = tmp_path / "mine.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in found))
        read = {row["text"]: row["events"] for row in read_corpus([file])}
        assert [read[sentence] and read[sentence][0]["type"] for sentence, *_ in SENTENCES] == [
            "AID",
            "ACCUSE",
            [],
        ]
        text, (event,) = SENTENCES[1][0], read[SENTENCES[1][0]]
        words = [text[slice(*span)] for span in (event["trigger"], *event["actors"])]
        assert words == ["threatened", "Chad"]

    def test_only_sentences_of_which_all_was_judged(self, store: Store) -> None:
        beside = coded(0, event_id="beside", event_type="COOPERATE")
        store.save(told(), [coded(0), beside])
        store.reviews.judge(AID, "confirm", by="Ann")
        found, left = rows(store)
        assert found == []
        assert left == ["a:0: not all events of the sentence were judged"]
        store.reviews.judge("beside", "reject", by="Ann")
        found, left = rows(store)
        assert [e["type"] for e in found[0]["events"]] == ["AID"]

    def test_parties_elsewhere_in_the_article_are_no_spans(self, store: Store) -> None:
        start = TEXT.index("Togo")
        far = Actor("Togo", start, start + 4, "Togo", "TGO")
        store.save(told(), [coded(0, recipients=(far,)), coded(2, actors=(far,), recipients=())])
        store.reviews.judge(AID, "confirm", by="Ann")
        store.reviews.judge(CONSULT, "confirm", by="Ann")
        found, left = rows(store)
        assert [(e["actors"], e["recipients"]) for e in found[0]["events"]] == [([[0, 6]], [])]
        assert left == [
            f"a:{TEXT.index('Peru')}: an event whose parties stand outside the sentence"
        ]

    def test_a_party_without_words_of_its_own_is_no_span(self, store: Store) -> None:
        trigger = coded(0).evidence.trigger
        implied = {"text": "sent", "start": trigger.start, "end": trigger.end, "name": "Red Cross",
                   "country": "NGO", "sectors": [], "entity_id": None}  # fmt: skip
        store.reviews.judge(AID, "change", by="Ann", changes={"recipients": [implied]})
        (row,), _ = rows(store)
        assert row["events"][0]["recipients"] == []

    def test_every_type_and_mode_that_can_be_chosen_is_one_to_train_on(self, store: Store) -> None:
        types = ontology()["types"]
        pairs = [(k, m) for k in types for m in (None, *types[k].get("modes", ()))]
        for kind, mode in pairs:
            store.reviews.judge(AID, "change", by="Ann", changes={"event_type": kind, "mode": mode})
            (row,), _ = rows(store)
            (example,) = gold_examples(row, pairs=False)
            assert (example.labels.type, example.labels.mode) == (kind, mode)


def test_gold_holds_what_is_real_and_what_is_not(store: Store) -> None:
    reviews = store.reviews
    reviews.judge(AID, "change", by="Ann", changes={"status": "future"})
    reviews.judge(THREATEN, "reject", by="Ann")
    reviews.complete("a", by="Ann")
    (row,) = gold(store)
    assert (row["document_id"], row["complete"]) == ("a", True)
    assert [(e["event_id"], e["status"]) for e in row["events"]] == [(AID, "future")]
    assert [e["event_id"] for e in row["rejected"]] == [THREATEN]


class TestFiles:
    def apply(self, store: Store, *lines: object) -> tuple[int, list[str]]:
        written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        return judge_file(Desk(store), written, {"by": "Ann", "why": None})

    def test_a_bad_line_is_named_and_the_rest_kept(self, store: Store) -> None:
        kept, faults = self.apply(
            store,
            {"event_id": AID, "verdict": "confirm", "by": "Bob"},
            b"{",
            b"",
            [],
            {"event_id": "nothing", "verdict": "confirm"},
            {"event_id": AID, "verdict": "maybe"},
            {"event_id": AID, "verdict": "confirm", "colour": "red"},
            {"event_id": AID, "verdict": "change", "changes": {"status": "likely"}},
            {"id": "x", "at": "2020-01-01T00:00:00+00:00", "verdict": "confirm"},
            {"event_id": THREATEN, "verdict": "reject"},
        )
        assert kept == 2
        assert [fault.split(":")[0] for fault in faults] == [
            f"line {number}" for number in (2, 4, 5, 6, 7, 8, 9)
        ]
        assert [(j.by, j.verdict) for j in store.reviews.judgements()] == [
            ("Bob", "confirm"),
            ("Ann", "reject"),
        ]

    def test_what_one_store_hands_on_another_takes(self, store: Store, tmp_path: Path) -> None:
        reviews = store.reviews
        last = reviews.judge(AID, "reject", by="Ann")
        reviews.undo(last.id, by="Ann")
        reviews.judge(AID, "change", by="Ann", changes={"recipients": []}, why="none is told")
        reviews.add(coded(2, event_id="new", event_type="AGREE"), by="Ann")
        reviews.complete("a", by="Ann")
        handed = [dict(row) for row in log(store)]
        with open_store(tmp_path / "other.db") as other:
            other.save(told(), all_coded())
            assert self.apply(other, *handed) == (5, [])
            assert self.apply(other, *handed) == (0, [])
            assert list(other.reviews.judgements()) == list(reviews.judgements())
            assert list(other.events()) == list(store.events())


def test_a_trigger_within_a_party_is_kept_apart(store: Store) -> None:
    """A party of several words that begins where the trigger does has a span of its own."""
    event: Event = coded(0)
    trigger = event.evidence.trigger
    long = Actor("sent medics", trigger.start, trigger.start + 11, "Medics", None, ("MED",))
    short = replace(event.evidence, trigger=Span("sent", trigger.start, trigger.end))
    store.save(told(), [replace(event, recipients=(long,), evidence=short)])
    store.reviews.judge(AID, "confirm", by="Ann")
    (row,), _ = rows(store)
    assert row["events"][0]["recipients"] == [[7, 18]]
