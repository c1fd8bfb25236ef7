"""The place of each event: a table of passages, and what holds for any."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from crisiswire import Article, Coder, Event
from crisiswire.reading.datelines import dateline


def _rows() -> list[dict[str, str]]:
    path = Path(__file__).with_name("where.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


ROWS = _rows()


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _events(coder: Coder, text: str, date: str) -> list[Event]:
    head = dateline(text)
    masked = ((head.start, head.end),) if head else ()
    return coder.code(Article(text, dt.date.fromisoformat(date), masked=masked))


def _answer(events: list[Event], trigger: str) -> tuple[str, str, str] | None:
    """Words, country and precision of the place of the last event with that trigger."""
    found = [e for e in events if e.evidence.trigger.text == trigger]
    if not found:
        return None
    place = found[-1].place
    return (place.text, place.country or "", place.precision) if place else ("-", "", "")


def test_passages(coder: Coder, record_property: pytest.RecordProperty) -> None:
    wrong = []
    for row in ROWS:
        answer = _answer(_events(coder, row["text"], row["date"]), row["trigger"])
        if answer != (row["place"], row["country"], row["precision"]):
            wrong.append(f"{row['text']} {row['trigger']}: {answer}")
    share = 1 - len(wrong) / len(ROWS)
    record_property("share_right", f"{share:.3f}")
    assert len(ROWS) >= 100
    assert share >= 0.95, "\n".join(wrong)


def test_the_words_of_a_place_stand_where_it_says(coder: Coder) -> None:
    for row in ROWS:
        for event in _events(coder, row["text"], row["date"]):
            if event.place is not None:
                place = event.place
                assert row["text"][place.start : place.end] == place.text


def test_a_place_too_far_back_is_forgotten(coder: Coder) -> None:
    filler = "The weather was mild. Shops stayed open. Trains ran on time. "
    text = f"Gunmen attacked a church in Jos. {filler}The army arrested five suspects."
    events = _events(coder, text, "2011-12-26")
    assert _answer(events, "arrested") == ("-", "", "")


def test_another_country_s_deed_takes_no_place_from_before(coder: Coder) -> None:
    text = "Nigerian gunmen attacked a church in Jos. French police arrested two Belgians."
    events = _events(coder, text, "2011-12-26")
    assert _answer(events, "arrested") == ("-", "", "")


def test_why_a_place_was_taken_is_told(coder: Coder) -> None:
    text = "A car bomb exploded in Mogadishu. The blast killed 14 people. Militants attacked Goma."
    reasons = [e.explanation["place"] for e in _events(coder, text, "2016-08-30")]
    assert "as in sentence 0" in reasons
    assert "object of 'attacked'" in reasons
