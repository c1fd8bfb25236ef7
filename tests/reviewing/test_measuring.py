"""Precision, recall and agreement by what people have judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crisiswire.reviewing.agreement import agreements
from crisiswire.reviewing.precision import Share, measure, wilson
from crisiswire.storing import Store, open_store
from crisiswire.storing.judgements import complete_documents
from storing.judged import all_coded, coded, told

AID, THREATEN, CONSULT = "aaid-1", "athreaten-1", "aconsult-1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        opened.save(told(), all_coded())
        yield opened


def figures(store: Store) -> dict[tuple[str, str], Share]:
    reviews = store.reviews
    shares = measure(reviews.subjects(), complete_documents(reviews.judgements()))
    return {(share.figure, share.event_type): share for share in shares}


def of(share: Share) -> tuple[int, int]:
    return share.right, share.of


# Worked values of Wilson's interval, to four places, from the formula by hand.
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (8, 10, 0.4902, 0.9433),
        (80, 100, 0.7112, 0.8666),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


def test_nothing_judged(store: Store) -> None:
    found = figures(store)
    assert of(found["precision", "all"]) == (0, 0)
    assert found["precision", "all"].share is None
    assert ("recall", "all") not in found


def test_precision_counts_type_and_parties(store: Store) -> None:
    reviews = store.reviews
    reviews.judge(AID, "change", by="Ann", changes={"status": "future"})
    reviews.judge(THREATEN, "change", by="Ann", changes={"recipients": []})
    reviews.judge(CONSULT, "reject", by="Ann")
    found = figures(store)
    assert of(found["precision", "all"]) == (1, 3)
    assert of(found["precision", "AID"]) == (1, 1)
    assert of(found["precision", "THREATEN"]) == (0, 1)
    assert of(found["status", "all"]) == (1, 2)
    assert of(found["recipients", "all"]) == (1, 2)
    assert of(found["event_type", "all"]) == (2, 2)


def test_blind_and_undone_judgements_do_not_count(store: Store) -> None:
    reviews = store.reviews
    last = reviews.judge(AID, "reject", by="Ann")
    reviews.judge(THREATEN, "confirm", by="Ann")
    reviews.judge(THREATEN, "reject", by="Bob", blind=True)
    reviews.undo(last.id, by="Ann")
    assert of(figures(store)["precision", "all"]) == (1, 1)


def test_recall_only_where_an_article_was_read_to_the_end(store: Store) -> None:
    store.save(told("b"), all_coded("b"))
    for document in "ab":
        for name in ("aid-1", "threaten-1"):
            store.reviews.judge(document + name, "confirm", by="Ann")
        store.reviews.judge(f"{document}consult-1", "reject", by="Ann")
        missed = coded(2, document, event_id=f"{document}-new", event_type="AGREE")
        store.reviews.add(missed, by="Ann")
    assert ("recall", "all") not in figures(store)
    mark = store.reviews.complete("b", by="Ann")
    assert of(figures(store)["recall", "all"]) == (2, 3)
    store.reviews.undo(mark.id, by="Ann")
    assert ("recall", "all") not in figures(store)


def test_a_new_version_of_the_coder_is_measured_by_old_judgements(store: Store) -> None:
    store.reviews.judge(AID, "change", by="Ann", changes={"event_type": "COOPERATE"})
    store.reviews.judge(THREATEN, "confirm", by="Ann")
    assert of(figures(store)["precision", "all"]) == (1, 2)
    better = coded(0, version="2", event_type="COOPERATE")
    worse = coded(1, version="2", event_type="REJECT")
    store.save(told(), [better, worse])
    found = figures(store)
    assert of(found["precision", "COOPERATE"]) == (1, 1)
    assert of(found["precision", "REJECT"]) == (0, 1)


class TestAgreement:
    def judge_both(self, store: Store) -> None:
        reviews = store.reviews
        reviews.judge(AID, "confirm", by="Ann")
        reviews.judge(THREATEN, "change", by="Ann", changes={"event_type": "ACCUSE"})
        reviews.judge(CONSULT, "reject", by="Ann")
        reviews.judge(AID, "confirm", by="Bob", blind=True)
        reviews.judge(THREATEN, "confirm", by="Bob", blind=True)
        reviews.judge(CONSULT, "reject", by="Bob", blind=True)

    def test_of_two_people(self, store: Store) -> None:
        self.judge_both(store)
        found = {row.figure: row for row in agreements(store.reviews.judgements())}
        event, kind, actors = found["event"], found["event_type"], found["actors"]
        assert (event.events, event.judgements, event.same, event.alpha) == (3, 6, 3, 1.0)
        # Krippendorff (2011): 1 - (n - 1) * disagreeing pairs / expected pairs; values AID AID,
        # ACCUSE THREATEN: observed 2, expected 2 * (2*1 + 2*1 + 1*1) = 10, so 1 - 3 * 2 / 10.
        assert (kind.events, kind.same) == (2, 1)
        assert kind.alpha == pytest.approx(0.4)
        assert (actors.same, actors.alpha) == (2, pytest.approx(1.0))

    def test_of_one_person_is_none(self, store: Store) -> None:
        store.reviews.judge(AID, "confirm", by="Ann")
        store.reviews.judge(AID, "reject", by="Ann")
        assert all(row.events == 0 and row.alpha is None
                   for row in agreements(store.reviews.judgements()))  # fmt: skip

    def test_where_all_say_one_thing_chance_has_no_measure(self, store: Store) -> None:
        for name in ("Ann", "Bob"):
            store.reviews.judge(AID, "confirm", by=name, blind=name == "Bob")
        event = agreements(store.reviews.judgements())[0]
        assert (event.events, event.same, event.alpha) == (1, 1, None)
