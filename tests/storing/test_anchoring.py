"""Where a judged event stands after its article was coded, or written, anew."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crisiswire.model import Event, Span
from crisiswire.storing.anchoring import anchored, nearest
from crisiswire.storing.judgements import Judgement, Verdict

from .judged import TEXT, coded, party

DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def judged(event: Event, verdict: Verdict = "confirm", **changes: Any) -> Judgement:
    return Judgement("j", "a", verdict, "Ann", DAY, record=event.to_record(), changes=changes)


def at(words: str, text: str = TEXT) -> Any:
    """Evidence of the first sentence with another trigger."""
    start = text.index(words)
    old = coded(0, text=text).evidence
    return type(old)(old.text, old.start, old.end, Span(words, start, start + len(words)))


ALIKE = coded(0)
CASES: list[tuple[str, Judgement, Event, bool]] = [
    ("the same", judged(ALIKE), coded(0), True),
    ("another id", judged(ALIKE), coded(0, event_id="x"), True),
    ("another type", judged(ALIKE), coded(0, event_id="x", event_type="AGREE"), True),
    ("one party the same", judged(ALIKE), coded(0, event_id="x", recipients=()), True),
    ("no party the same", judged(ALIKE),
     coded(0, event_id="x", actors=(party("Peru"),), recipients=()), False),
    ("the party that the judge wanted",
     judged(ALIKE, "change", actors=[coded(2).to_record()["actors"][0]]),
     coded(0, event_id="x", actors=(party("Peru"),), recipients=()), True),
    ("a longer trigger", judged(ALIKE),
     coded(0, event_id="x", evidence=at("sent medics")), True),
    ("another trigger of the sentence, all else the same", judged(ALIKE),
     coded(0, event_id="x", evidence=at("medics")), True),
    ("another trigger and type", judged(ALIKE),
     coded(0, event_id="x", event_type="AGREE", evidence=at("medics")), False),
    ("another sentence", judged(ALIKE), coded(1, event_id="x"), False),
    ("rejected, the same", judged(ALIKE, "reject"), coded(0, event_id="x"), True),
    ("rejected, another type", judged(ALIKE, "reject"),
     coded(0, event_id="x", event_type="AGREE"), False),
    ("rejected, another recipient", judged(ALIKE, "reject"),
     coded(0, event_id="x", recipients=(party("Fiji"),)), False),
    ("added, the same", judged(coded(0, reviewed="added"), "add"), coded(0, event_id="x"), True),
    ("added, another type", judged(coded(0, reviewed="added"), "add"),
     coded(0, event_id="x", event_type="AGREE"), False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("judgement", "event", "fits"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_which_event_a_judgement_is_about(judgement: Judgement, event: Event, fits: bool) -> None:
    found = anchored(TEXT, [event], {"s": judgement})["s"]
    assert found.event == (event if fits else None)
    assert found.shift == 0


def test_two_subjects_never_share_an_event() -> None:
    first = coded(0, event_id="1")
    second = coded(0, event_id="2", recipients=(party("Fiji"),))
    judgements = {"s1": judged(first), "s2": judged(second)}
    for events in ([first, second], [second, first]):
        found = anchored(TEXT, events, judgements)
        assert {name: place.event for name, place in found.items()} == {"s1": first, "s2": second}
    found = anchored(TEXT, [second], judgements)
    assert (found["s1"].event, found["s2"].event) == (None, second)


def test_a_sentence_that_is_gone_takes_its_subject_with_it() -> None:
    assert anchored("Other words.", [], {"s": judged(ALIKE)}) == {}


def test_a_sentence_that_has_moved_takes_its_subject_along() -> None:
    longer = f"At noon. {TEXT}"
    found = anchored(longer, [coded(0, text=longer, event_id="x")], {"s": judged(ALIKE)})["s"]
    assert found.event is not None
    assert found.shift == len("At noon. ")


@pytest.mark.parametrize(
    ("words", "start", "expected"),
    [("ab", 0, 0), ("ab", 3, 3), ("ab", 4, 3), ("ab", 9, 6), ("xy", 0, None), ("", 0, None)],
)
def test_nearest(words: str, start: int, expected: int | None) -> None:
    assert nearest("ab.ab.ab", words, start) == expected
