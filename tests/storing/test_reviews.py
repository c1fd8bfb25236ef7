"""What people judge is kept, and every reader sees it, whatever the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisiswire.errors import ReviewConflict, ReviewError
from crisiswire.model import Event
from crisiswire.storing import EventQuery, Store, open_store
from crisiswire.storing.judgements import Verdict
from crisiswire.storing.plain import packed, unpacked

from .judged import TEXT, all_coded, coded, party, told
from .samples import events_of

AID, THREATEN, CONSULT = "aaid-1", "athreaten-1", "aconsult-1"


@pytest.fixture
def filled(store: Store) -> Store:
    store.save(told(), all_coded())
    return store


def shown(store: Store, **filters: Any) -> dict[str, str | None]:
    """Id → marker of the events that a reader sees."""
    found = store.events(EventQuery(**filters))
    return {stored.event.event_id: stored.event.reviewed for stored in found}


def event_of(store: Store, event_id: str) -> Any:
    stored = store.event(event_id)
    assert stored is not None
    return stored.event


class TestVerdicts:
    def test_confirmed(self, filled: Store) -> None:
        filled.reviews.judge(AID, "confirm", by="Ann", why="as told")
        event = event_of(filled, AID)
        assert (event.reviewed, event.confidence) == ("confirmed", 1.0)
        assert event.explanation["entry"] == "aid.yaml:1"
        assert event.explanation["review"]["by"] == "Ann"
        assert event.explanation["review"]["why"] == "as told"

    def test_rejected_events_are_shown_no_more(self, filled: Store) -> None:
        filled.reviews.judge(AID, "reject", by="Ann")
        assert shown(filled) == {THREATEN: None, CONSULT: None}
        assert filled.event(AID) is None
        assert filled.counts().events == 2
        subject = filled.reviews.subject(AID)
        assert (subject.shown, subject.coded) == (None, coded(0))

    def test_changed_in_every_field(self, filled: Store) -> None:
        changes: dict[str, Any] = {
            "event_type": "COERCE",
            "mode": "arrest",
            "actors": [{"text": "Malta", "start": 22, "end": 27, "name": "Malta",
                        "country": "MLT", "sectors": ["COP"], "entity_id": None}],
            "recipients": [],
            "date": {"text": None, "start": "2019-04-01", "end": "2019-04-30",
                     "precision": "month", "text_start": None, "text_end": None},
            "place": {"text": "Malta", "start": 22, "end": 27, "name": "Malta", "country": "MLT",
                      "admin1": None, "latitude": 35.9, "longitude": 14.4, "geonames_id": 1,
                      "kind": "country", "precision": "at"},
            "status": "hypothetical",
        }  # fmt: skip
        filled.reviews.judge(AID, "change", by="Ann", changes=changes)
        record = event_of(filled, AID).to_record()
        assert {name: record[name] for name in changes} == changes
        assert record["reviewed"] == "corrected"
        assert record["quad_class"] == "material conflict"
        assert (record["cameo"], record["intensity"]) == ("173", -7.0)
        was = event_of(filled, AID).explanation["review"]["was"]
        assert was["event_type"] == "AID"
        assert was.keys() == changes.keys()

    def test_filters_see_the_corrected_record(self, filled: Store) -> None:
        filled.reviews.judge(AID, "change", by="Ann", changes={"event_type": "ASSAULT"})
        assert shown(filled, event_types=("AID",)) == {}
        assert shown(filled, event_types=("ASSAULT",)) == {AID: "corrected"}
        assert shown(filled, reviewed=True) == {AID: "corrected"}
        assert shown(filled, reviewed=False) == {THREATEN: None, CONSULT: None}

    def test_a_new_type_clears_the_mode(self, filled: Store) -> None:
        reviews = filled.reviews
        reviews.judge(CONSULT, "change", by="Ann", changes={"mode": "visit"})
        reviews.judge(CONSULT, "change", by="Ann", changes={"event_type": "AGREE"})
        assert (event_of(filled, CONSULT).event_type, event_of(filled, CONSULT).mode) == (
            "AGREE",
            None,
        )

    def test_added(self, filled: Store) -> None:
        new = coded(0, event_id="new", event_type="COOPERATE", coder="added by Ann")
        filled.reviews.add(new, by="Ann")
        assert shown(filled)["new"] == "added"
        with pytest.raises(ReviewError, match="the store has it already"):
            filled.reviews.add(new, by="Bob")
        filled.reviews.judge("new", "change", by="Bob", changes={"event_type": "AGREE"})
        assert event_of(filled, "new").event_type == "AGREE"
        assert event_of(filled, "new").quad_class == "verbal cooperation"
        filled.reviews.judge("new", "reject", by="Bob")
        assert "new" not in shown(filled)
        filled.reviews.judge("new", "confirm", by="Ann")
        assert shown(filled)["new"] == "added"

    def test_later_changes_keep_earlier_ones(self, filled: Store) -> None:
        reviews = filled.reviews
        reviews.judge(AID, "change", by="Ann", changes={"event_type": "ASSAULT"})
        second = reviews.judge(AID, "change", by="Bob", changes={"status": "negated"})
        event = event_of(filled, AID)
        assert (event.event_type, event.status) == ("ASSAULT", "negated")
        assert second.changes == {"event_type": "ASSAULT", "status": "negated"}
        assert second.record == coded(0).to_record()

    def test_a_change_back_is_a_confirmation(self, filled: Store) -> None:
        reviews = filled.reviews
        reviews.judge(AID, "change", by="Ann", changes={"event_type": "ASSAULT"})
        back = reviews.judge(AID, "change", by="Bob", changes={"event_type": "AID"})
        assert back.changes == {}
        assert event_of(filled, AID).reviewed == "confirmed"

    def test_the_article_is_complete(self, filled: Store) -> None:
        filled.reviews.complete("a", by="Ann")
        assert [j.verdict for j in filled.reviews.judgements(document_id="a")] == ["complete"]
        assert shown(filled) == {AID: None, THREATEN: None, CONSULT: None}

    def test_blind_judgements_change_nothing(self, filled: Store) -> None:
        reviews = filled.reviews
        reviews.judge(AID, "change", by="Ann", changes={"event_type": "ASSAULT"})
        blind = reviews.judge(AID, "confirm", by="Bob", blind=True)
        assert blind.changes == {}
        assert event_of(filled, AID).event_type == "ASSAULT"


WRONG: tuple[tuple[str, Verdict, dict[str, Any], str | None, str], ...] = (
    ("nothing", "confirm", {}, None, "no event 'nothing' in the store"),
    (AID, "change", {}, None, "it needs one at least"),
    (AID, "confirm", {"status": "actual"}, None, "only a change has changes"),
    (AID, "add", {}, None, "is confirmed, rejected or changed"),
    (AID, "change", {"colour": "red"}, "colour", "choose from event_type, mode"),
    (AID, "change", {"event_type": "HUG"}, "event_type", "choose from AGREE, CONSULT"),
    (AID, "change", {"mode": "arrest"}, "mode", "AID has no mode 'arrest'"),
    (AID, "change", {"status": "likely"}, "status", "choose from actual, negated"),
    (AID, "change", {"actors": "Norway"}, "actors", "give a list"),
)


@pytest.mark.parametrize(("event_id", "verdict", "changes", "field", "message"), WRONG)
def test_what_makes_no_sense_is_refused_and_nothing_kept(
    filled: Store, event_id: str, verdict: Verdict, changes: Any, field: str | None, message: str
) -> None:
    with pytest.raises(ReviewError, match=message) as refused:
        filled.reviews.judge(event_id, verdict, by="Ann", changes=changes)
    assert refused.value.field == field
    assert list(filled.reviews.judgements()) == []


def test_nobody_cannot_judge(filled: Store) -> None:
    with pytest.raises(ReviewError, match="say who judges"):
        filled.reviews.judge(AID, "confirm", by=" ")


class TestUndo:
    def test_the_judgement_before_holds_again(self, filled: Store) -> None:
        reviews = filled.reviews
        reviews.judge(AID, "change", by="Ann", changes={"event_type": "ASSAULT"})
        last = reviews.judge(AID, "reject", by="Bob")
        reviews.undo(last.id, by="Bob")
        assert event_of(filled, AID).event_type == "ASSAULT"
        assert [j.verdict for j in reviews.judgements_of(AID)] == ["change", "reject", "undo"]

    def test_of_the_only_one_leaves_the_coder_s_record(self, filled: Store) -> None:
        last = filled.reviews.judge(AID, "reject", by="Bob")
        filled.reviews.undo(last.id, by="Bob")
        assert event_of(filled, AID) == coded(0)
        assert event_of(filled, AID).explanation == coded(0).explanation

    def test_of_an_addition_takes_the_event_away(self, filled: Store) -> None:
        added = filled.reviews.add(coded(0, event_id="new", event_type="AGREE"), by="Ann")
        filled.reviews.undo(added.id, by="Ann")
        assert "new" not in shown(filled)

    def test_only_once_and_only_what_there_is(self, filled: Store) -> None:
        last = filled.reviews.judge(AID, "reject", by="Bob")
        undone = filled.reviews.undo(last.id, by="Bob")
        with pytest.raises(ReviewError, match="was taken back already"):
            filled.reviews.undo(last.id, by="Bob")
        for name in (undone.id, "nothing"):
            with pytest.raises(ReviewError, match="none of that id can be taken back"):
                filled.reviews.undo(name, by="Bob")


class TestCodingAnew:
    def test_another_version_of_the_coder_finds_the_same(self, filled: Store) -> None:
        reviews = filled.reviews
        reviews.judge(AID, "change", by="Ann", changes={"event_type": "COOPERATE"})
        reviews.judge(THREATEN, "reject", by="Ann")
        reviews.judge(CONSULT, "confirm", by="Ann")
        filled.save(told(), all_coded(version="2"))
        assert shown(filled) == {"aaid-2": "corrected", "aconsult-2": "confirmed"}
        assert event_of(filled, "aaid-2").event_type == "COOPERATE"
        assert event_of(filled, "aaid-2").coder == "coder 2"
        assert [j.event_id for j in reviews.judgements_of("aaid-2")] == [AID]
        assert reviews.adrift() == []

    def test_a_confirmed_record_stays_as_it_was_confirmed(self, filled: Store) -> None:
        filled.reviews.judge(AID, "confirm", by="Ann")
        filled.save(told(), [coded(0, version="2", event_type="COOPERATE", event_id="other")])
        event = event_of(filled, "other")
        assert (event.event_type, event.reviewed) == ("AID", "corrected")

    def test_a_new_record_is_not_rejected_with_the_old(self, filled: Store) -> None:
        filled.reviews.judge(AID, "reject", by="Ann")
        filled.save(told(), [coded(0, version="2", event_type="COOPERATE", event_id="other")])
        assert shown(filled) == {"other": None}
        assert [j.event_id for j in filled.reviews.adrift()] == [AID]

    def test_what_fits_nothing_is_kept_adrift_and_comes_back(self, filled: Store) -> None:
        change = filled.reviews.judge(AID, "change", by="Ann", changes={"status": "future"})
        filled.save(told(), [coded(1)])
        assert shown(filled) == {THREATEN: None}
        assert filled.reviews.adrift() == [change]
        assert filled.reviews.judgements_of(AID) == [change]
        filled.delete_article("a")
        assert filled.reviews.adrift() == [change]
        filled.save(told(), all_coded())
        assert event_of(filled, AID).status == "future"
        assert filled.reviews.adrift() == []

    def test_a_longer_text_moves_the_spans(self, filled: Store) -> None:
        here = party("Malta")
        changes = {"actors": [{"text": "Malta", "start": here.start, "end": here.end,
                               "name": "Malta", "country": "MLT", "sectors": [],
                               "entity_id": None}]}  # fmt: skip
        filled.reviews.judge(AID, "change", by="Ann", changes=changes)
        longer = f"Updated at noon. {TEXT}"
        filled.save(told(text=longer), [coded(0, text=longer, event_id="moved")])
        actor = event_of(filled, "moved").actors[0]
        assert longer[actor.start : actor.end] == actor.text == "Malta"

    def test_an_added_event_stays_and_is_not_doubled_when_the_coder_finds_it(
        self, filled: Store
    ) -> None:
        filled.save(told(), [coded(1)])
        filled.reviews.add(coded(0, event_id="new", status="future"), by="Ann")
        filled.save(told(), [coded(1, version="2")])
        assert shown(filled) == {"new": "added", "athreaten-2": None}
        filled.save(told(), [coded(0, version="2"), coded(1, version="2")])
        assert shown(filled) == {"aaid-2": "corrected", "athreaten-2": None}
        assert event_of(filled, "aaid-2").status == "future"

    def test_an_added_event_never_hides_one_of_the_coder_s(self, filled: Store) -> None:
        filled.save(told(), [])
        filled.reviews.add(coded(0, recipients=(party("Fiji"),)), by="Ann")
        assert shown(filled) == {AID: "added"}
        filled.save(told(), [coded(0)])
        found = shown(filled)
        assert (len(found), found[AID]) == (2, None)
        filled.save(told(), [])
        assert shown(filled) == {AID: "added"}

    def test_events_of_the_same_id_in_two_articles_are_judged_apart(self, filled: Store) -> None:
        filled.save(told("b"), [replace(coded(0, "b"), event_id=AID)])
        filled.delete_article("a")
        filled.reviews.judge(AID, "reject", by="Ann")
        filled.save(told(), all_coded())
        filled.reviews.judge(AID, "confirm", by="Ann")
        assert shown(filled, document_id="a")[AID] == "confirmed"
        assert shown(filled, document_id="b") == {}

    def test_applying_again_changes_nothing(self, filled: Store) -> None:
        filled.reviews.judge(AID, "change", by="Ann", changes={"event_type": "COOPERATE"})
        filled.reviews.judge(THREATEN, "reject", by="Ann")
        before = list(filled.events())
        assert filled.reviews.apply() == 1
        assert list(filled.events()) == before


class TestSeveralPeople:
    def test_who_looked_before_another_judged_is_told(self, filled: Store) -> None:
        reviews = filled.reviews
        first = reviews.judge(AID, "change", by="Ann", changes={"status": "future"}, seen="")
        with pytest.raises(ReviewConflict, match="Ann has judged it"):
            reviews.judge(AID, "confirm", by="Bob", seen="")
        assert len(list(reviews.judgements())) == 1
        reviews.judge(AID, "confirm", by="Bob", seen=first.id)
        assert event_of(filled, AID).status == "future"

    def test_two_at_once_lose_nothing(self, filled: Store) -> None:
        changes = [{"status": "future"}, {"event_type": "COOPERATE"}, {"recipients": []}]

        def work(number: int) -> None:
            filled.reviews.judge(AID, "change", by=f"P{number}", changes=changes[number % 3])

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(12)))
        assert len(list(filled.reviews.judgements())) == 12
        event = event_of(filled, AID)
        assert (event.status, event.event_type, event.recipients) == ("future", "COOPERATE", ())

    def test_judgements_of_another_store_are_taken_once(self, filled: Store, path: Any) -> None:
        with open_store(path) as other:
            other.save(told(), all_coded())
            other.reviews.judge(AID, "change", by="Bob", changes={"status": "future"})
            other.reviews.judge(CONSULT, "reject", by="Bob")
            theirs = list(other.reviews.judgements())
        filled.reviews.judge(THREATEN, "confirm", by="Ann")
        assert filled.reviews.take(theirs) == 2
        assert filled.reviews.take(theirs) == 0
        assert shown(filled) == {AID: "corrected", THREATEN: "confirmed"}
        assert {j.id for j in theirs} < {j.id for j in filled.reviews.judgements()}


@settings(max_examples=60, deadline=None)
@given(events=events_of("any"))
def test_the_coder_s_record_is_kept_whole(events: list[Event]) -> None:
    for event in events:
        back = unpacked(packed(event))
        assert back == event
        assert back.explanation == event.explanation


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["confirm", "reject", "change", "undo", "code anew", "apply"]),
        st.integers(0, 2),
        st.sampled_from(["AGREE", "COERCE", "SUPPORT"]),
    ),
    max_size=8,
)
TRIALS = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@TRIALS
@given(steps=STEPS)
def test_the_last_judgement_not_undone_holds(store: Store, steps: list[Any]) -> None:
    """Whatever people do in whatever order, also between two runs of the coder."""
    document = f"d{len(list(store.articles()))}"
    version = 1
    said: list[list[tuple[str, str, str]]] = [[], [], []]  # id, verdict, type as it should be

    def name(number: int) -> str:
        return coded(number, document, version=str(version)).event_id

    store.save(told(document), all_coded(document))
    for verdict, number, kind in steps:
        before = said[number][-1][2] if said[number] else coded(number).event_type
        match verdict:
            case "undo":
                if said[number]:
                    store.reviews.undo(said[number].pop()[0], by="Ann")
            case "code anew":
                version += 1
                store.save(told(document), all_coded(document, version=str(version)))
            case "apply":
                store.reviews.apply(document)
            case "change":
                changes = {"event_type": kind}
                kept = store.reviews.judge(name(number), "change", by="Ann", changes=changes)
                said[number].append((kept.id, "change", kind))
            case _:
                kept = store.reviews.judge(name(number), verdict, by="Bob")
                rejected = bool(said[number]) and said[number][-1][1] == "reject"
                wanted = coded(number).event_type if rejected else before
                said[number].append((kept.id, verdict, wanted))
    expected = {}
    for number in range(3):
        own = coded(number).event_type
        _, verdict, kind = said[number][-1] if said[number] else ("", "", own)
        marker = None if not verdict else "confirmed" if kind == own else "corrected"
        if verdict != "reject":
            expected[name(number)] = (kind, marker)
    found = store.events(EventQuery(document_id=document))
    assert {s.event.event_id: (s.event.event_type, s.event.reviewed) for s in found} == expected
    assert store.reviews.adrift() == []
    for judged in said:
        while judged:
            store.reviews.undo(judged.pop()[0], by="Ann")
    left = {s.event.event_id: s.event for s in store.events(EventQuery(document_id=document))}
    assert left == {e.event_id: e for e in all_coded(document, version=str(version))}
