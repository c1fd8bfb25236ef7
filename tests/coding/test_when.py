"""When events happened: a table of passages, datelines, and what holds for any event."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiswire import Article, Coder, Event
from crisiswire.coding.records import Heard
from crisiswire.coding.status import weigh
from crisiswire.coding.when import reference_day

ARTICLE = dt.date(2019, 5, 30)  # a Thursday

with Path(__file__).with_name("when.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))

SUBJECTS = ["Turkey", "The rebels", "Omar Diallo, president from 2003 to 2008,"]
TIMES = [
    *("on Friday", "last month", "in 2014", "two days later", "a day after the raid", "since May"),
    "",
]
VERBS = [
    *("attacked Syria", "will meet Iran", "had arrested two Iraqis"),
    "accused Iran of shelling Gaza",
]
passages = st.lists(
    st.tuples(
        st.sampled_from(SUBJECTS), st.sampled_from(VERBS), st.sampled_from(TIMES), st.booleans()
    ),
    min_size=1,
    max_size=4,
)


def coded(coder: Coder, text: str, trigger: str, day: dt.date = ARTICLE) -> Event:
    """The last event of the text with that trigger."""
    events = coder.code(Article(text, day))
    found = [e for e in events if e.evidence.trigger.text == trigger]
    assert found, [e.evidence.trigger.text for e in events]
    return found[-1]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['text'][:60]} {c['trigger']}")
def test_passages(coder: Coder, case: dict[str, str]) -> None:
    event = coded(coder, case["text"], case["trigger"], dt.date.fromisoformat(case["article"]))
    date = event.date
    told = (date.text or "", date.start.isoformat(), date.end.isoformat(), date.precision)
    wanted = (case["words"], case["start"], case["end"], case["precision"])
    assert told == wanted, event.explanation["date"]


def test_the_table_is_large_and_has_events_without_a_time() -> None:
    assert len(CASES) >= 120
    assert sum(not case["words"] for case in CASES) >= 30


@settings(max_examples=25, deadline=None)
@given(passages)
def test_dates_are_in_order_and_quote_the_article(
    coder: Coder, parts: list[tuple[str, str, str, bool]]
) -> None:
    text = " ".join(
        f"{time.capitalize()}, {who[0].lower()}{who[1:]} {did}." if fronted and time
        else f"{who} {did} {time}".strip() + "."
        for who, did, time, fronted in parts
    )  # fmt: skip
    for event in coder.code(Article(text, ARTICLE)):
        date = event.date
        assert date.start <= date.end
        assert (date.text is None) == (date.precision == "article")
        assert date.text is None or date.text in text
        if date.text is None:
            assert date.start == date.end == ARTICLE
        if event.status == "future":
            assert date.end >= ARTICLE
        if event.status == "historical":
            assert date.start <= ARTICLE


def test_why_a_time_was_taken_is_told(coder: Coder) -> None:
    text = "Gunmen attacked a hotel in Bamako on Sunday. The gunmen attacked the hotel with bombs."
    first, second = (e.explanation["date"] for e in coder.code(Article(text, ARTICLE)))
    assert first == "“Sunday”, told with it"
    assert second == "the same deed in sentence 0"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("CARACAS, May 28 — ", dt.date(2019, 5, 28)),
        ("CARACAS, Venezuela, 29 May 2019 (Reuters) - ", dt.date(2019, 5, 29)),
        ("CARACAS — ", ARTICLE),
        ("CARACAS, Jan. 3 — ", ARTICLE),  # too long before the article to be its day
        ("CARACAS, June 3 — ", ARTICLE),  # not yet come
    ],
)
def test_times_count_from_the_day_of_the_dateline(head: str, day: dt.date) -> None:
    article = Article(f"{head}Police fired yesterday.", ARTICLE, masked=((0, len(head)),))
    assert reference_day(article) == day


def test_yesterday_is_the_day_before_the_dateline(coder: Coder) -> None:
    head = "KABUL, May 28 — "
    text = f"{head}The Taliban attacked a police post in Ghazni yesterday."
    (event,) = coder.code(Article(text, ARTICLE, masked=((0, len(head)),)))
    assert event.date.start == dt.date(2019, 5, 27)


@pytest.mark.parametrize(("told", "status"), [("near", "actual"), ("past", "historical")])
def test_what_was_told_of_the_last_year_is_not_historical(told: str, status: str) -> None:
    shares = {"actual": 0.1, "negated": 0.0, "future": 0.0, "hypothetical": 0.0, "historical": 0.9}
    assert weigh("actual", "", "ASSAULT", Heard(shares, {}), told)[0] == status  # type: ignore[arg-type]
