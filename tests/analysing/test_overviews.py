"""Events over time, on the map, between parties, and what has turned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crisiswire.analysing.actor_pages import actor_page, actors
from crisiswire.analysing.changes import changes, windows
from crisiswire.analysing.choices import choices
from crisiswire.analysing.filters import Filters
from crisiswire.analysing.networks import network
from crisiswire.analysing.places import places
from crisiswire.analysing.series import By, bar_of, bucket, series
from crisiswire.analysing.statements import statements
from crisiswire.knowledge.names import name_index
from crisiswire.model import Actor, Attribution, Event, Place, When
from crisiswire.storing import EventQuery, Store, open_store
from storing.samples import article, event, when

ALL = EventQuery()
RUS = Actor("Russia", 0, 6, "Russia", "RUS", (), "rus")
VEN = Actor("Venezuela", 0, 9, "Venezuela", "VEN", (), "ven")
MADURO = Actor("Maduro", 0, 6, "Nicolas Maduro", "VEN", ("GOV",), "nicolas-maduro")
TROOPS = Actor("100 troops", 0, 10, "100 troops", "RUS", ("MIL",), "rus-mil")
NOBODY = Actor("Ana Gil", 0, 7, "Ana Gil", None)
QUADS = {"AID": ("material cooperation", 10.0), "COERCE": ("material conflict", -7.0)}


def day(month: int, number: int) -> dt.date:
    return dt.date(2019, month, number)


def told(kind: str, on: dt.date, *sides: Actor, **more: Any) -> Event:
    """An event between two parties."""
    quad, intensity = QUADS[kind]
    plain = {"event_type": kind, "quad_class": quad, "intensity": intensity, "date": when(on),
             "actors": sides[:1], "recipients": sides[1:]}  # fmt: skip
    return event(**plain | more)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "events.db") as opened:
        yield opened


def fill(store: Store, events: Sequence[Event]) -> Store:
    """Each event in an article of its own, published on the event's day."""
    for n, one in enumerate(events):
        own = replace(one, document_id=f"a{n}", event_id=f"{n:016x}")
        store.save(article(f"a{n}", date=one.date.start), [own])
    return store


def test_a_series_counts_where_events_begin(empty: Store) -> None:
    year = When("in 2019", day(1, 1), day(12, 31), "year")
    fill(empty, [
        told("AID", day(5, 6), RUS, VEN), told("AID", day(5, 12), RUS, VEN),
        told("COERCE", day(5, 13), RUS, VEN), told("AID", day(6, 1), RUS, VEN),
        told("COERCE", day(1, 1), RUS, VEN, date=year),
    ])  # fmt: skip
    found = series(empty, ALL, "week")
    assert found.buckets == [day(5, 6), day(5, 13), day(5, 27)]
    assert {line.key: line.counts for line in found.lines} == {
        "material conflict": [0, 1, 0], "material cooperation": [2, 0, 1],
    }  # fmt: skip
    assert found.lines[0].intensity == [None, -7.0, None]
    assert found.left_out == 1
    whole = series(empty, ALL, "month", "none")
    assert (whole.buckets, whole.lines[0].counts) == ([day(5, 1), day(6, 1)], [3, 1])
    assert whole.lines[0].intensity == [4.33, 10.0]
    by_type = series(empty, EventQuery(event_types=("AID",)), "day", "type")
    assert [(line.key, sum(line.counts)) for line in by_type.lines] == [("AID", 3)]


@given(st.dates(), st.sampled_from(["day", "week", "month"]))
def test_a_bucket_begins_on_or_before_its_days(date: dt.date, by: By) -> None:
    first = bucket(date, by)
    assert first <= date
    assert bucket(first, by) == first
    assert (date - first).days < {"day": 1, "week": 7, "month": 31}[by]


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_a_bar_s_events_are_those_it_counts(empty: Store, by: By) -> None:
    vague = [
        When("in May", day(5, 1), day(5, 31), "month"),
        When("that week", day(5, 6), day(5, 12), "week"),
        When("from Sunday to Monday", day(5, 5), day(5, 6), "day"),
    ]
    exact = [told("AID", day(5, n), RUS, VEN) for n in (5, 6, 12, 13)]
    fill(empty, exact + [told("AID", day(5, 6), RUS, VEN, date=one) for one in vague])
    found = series(empty, ALL, by, "none")
    for first, count in zip(found.buckets, found.lines[0].counts, strict=True):
        asked = Filters(bucket=f"{by}.{first}")
        assert len(list(empty.events(asked.query()))) == count
    assert bar_of("month.2024-02-07").last == dt.date(2024, 2, 29)
    narrow = Filters(bucket="month.2019-05-01", until=day(5, 5)).query()
    assert narrow.date_to == day(5, 5)


@pytest.mark.parametrize("text", ["2019-05-13", "year.2019-01-01", "week.soon", "week."])
def test_what_is_no_bar_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="bucket"):
        Filters(bucket=text)


def test_places_are_told_apart_by_the_gazetteer(empty: Store) -> None:
    caracas = Place("C", 0, 1, "Caracas", "VEN", None, 10.4, -66.8, 1, "capital", "at")
    near = replace(caracas, text="x", precision="near")
    strange = Place("y", 0, 1, "Elbow", None, None, None, None, None, "site", "at")
    events = [told("AID", day(5, 1), RUS, VEN, place=place) for place in
              (caracas, near, strange, None)]  # fmt: skip
    found, placeless = places(fill(empty, events), ALL)
    assert [(p.name, p.events, dict(p.precisions)) for p in found] == [
        ("Caracas", 2, {"at": 1, "near": 1}), ("Elbow", 1, {"at": 1}),
    ]  # fmt: skip
    assert placeless == 1


def test_edges_count_each_pair_of_parties_once(empty: Store) -> None:
    pair = told("AID", day(5, 1), RUS, VEN, actors=(RUS, TROOPS), recipients=(VEN, MADURO))
    fill(empty, [pair, told("COERCE", day(5, 2), VEN, RUS)])
    found = network(empty, ALL)
    assert [(e.source, e.target, e.events, e.intensity) for e in found.edges] == [
        ("RUS", "VEN", 1, 10.0), ("VEN", "RUS", 1, -7.0),
    ]  # fmt: skip
    by_actor = network(empty, ALL, "actor", limit=3)
    assert (len(by_actor.edges), by_actor.left_out) == (3, 2)
    assert {n.id: n.name for n in network(empty, ALL, "actor").nodes} == {
        "rus": "Russia", "ven": "Venezuela", "nicolas-maduro": "Nicolas Maduro",
        "rus-mil": "Russia MIL",
    }  # fmt: skip


def test_a_line_s_events_are_those_it_counts(empty: Store) -> None:
    pair = told("AID", day(5, 1), RUS, VEN, actors=(RUS, TROOPS), recipients=(VEN, MADURO))
    more = [told("COERCE", day(5, 2), *sides) for sides in
            ((VEN, RUS), (RUS, MADURO), (RUS, NOBODY), (NOBODY, RUS))]  # fmt: skip
    fill(empty, [pair, *more])
    for edge in network(empty, ALL, "actor").edges:
        asked = Filters(party=edge.source, role="actor", counterpart=edge.target)
        assert len(list(empty.events(asked.query()))) == edge.events
        back = Filters(party=edge.target, role="recipient", counterpart=edge.source)
        assert list(empty.events(back.query())) == list(empty.events(asked.query()))
    either = Filters(party="rus", counterpart="ven").query()
    assert len(list(empty.events(either))) == 2


@pytest.mark.parametrize("role", [None, "speaker"])
def test_a_counterpart_faces_a_party(role: Any) -> None:
    with pytest.raises(ValidationError, match="give the party that it faces"):
        Filters(counterpart="ven", role=role, party="rus" if role else None)


def test_several_countries_may_act_be_acted_on_or_be_the_place(empty: Store) -> None:
    place = Place("C", 0, 1, "Caracas", "VEN", None, 10.4, -66.8, 1, "capital", "at")
    chad = replace(MADURO, country="TCD")
    fill(empty, [told("AID", day(5, 1), RUS, VEN, place=place), told("AID", day(5, 2), VEN, RUS),
                 told("AID", day(5, 3), chad, RUS)])  # fmt: skip
    for filters, number in (
        (Filters(actor=("rus", "TCD")), 2),
        (Filters(actor=("RUS", "VEN"), recipient=("RUS",)), 1),
        (Filters(recipient=("VEN", "RUS")), 3),
        (Filters(country=("VEN", "COL")), 1),
        (Filters(country=("COL",)), 0),
    ):
        assert len(list(empty.events(filters.query()))) == number, filters
    assert len(list(empty.events(EventQuery(actor_country="rus")))) == 1


def test_an_ego_has_its_edges_and_those_among_its_counterparts(empty: Store) -> None:
    sides = [(RUS, VEN), (MADURO, RUS), (VEN, MADURO), (VEN, NOBODY), (NOBODY, TROOPS)]
    fill(empty, [told("AID", day(5, 1), *pair) for pair in sides])
    found = network(empty, ALL, "actor", ego="rus")
    assert [(e.source, e.target) for e in found.edges] == [
        ("nicolas-maduro", "rus"), ("rus", "ven"), ("ven", "nicolas-maduro"),
    ]  # fmt: skip
    assert network(empty, ALL, "actor", ego="nobody").nodes == []


def test_what_turns_is_told_with_its_sentences(empty: Store) -> None:
    before = [told("AID", day(5, n), RUS, VEN) for n in range(1, 28, 3)]
    now = [told("COERCE", day(6, n), RUS, VEN) for n in (1, 2)]
    other = [told("AID", day(5, n), VEN, RUS) for n in (4, 11, 18, 25, 29)]
    found = changes(fill(empty, before + now + other), ALL, "week", as_of=day(6, 2))
    assert (found.now.start, found.now.end) == (day(5, 27), day(6, 2))
    first, *rest = found.items
    assert (first.actor.id, first.recipient.id, first.direction) == ("RUS", "VEN", "worse")
    assert (first.events, first.tension) == (2, 14.0)
    assert first.expected < 0
    assert [s.event.event_type for s in first.behind] == ["COERCE", "COERCE"]
    assert all(abs(change.score) <= first.score for change in rest)


def test_what_has_ceased_shows_what_was_before(empty: Store) -> None:
    fill(empty, [told("COERCE", day(5, n), RUS, VEN) for n in (20, 22, 24)])
    (found,) = changes(empty, ALL, "week", as_of=day(6, 5)).items
    assert (found.events, found.direction) == (0, "better")
    assert len(found.behind) == 3


def test_an_empty_store_has_no_turns(empty: Store) -> None:
    found = changes(empty, ALL)
    assert (found.now, found.items) == (None, ())


@given(st.dates(), st.sampled_from(["day", "week", "month"]))
def test_windows_end_where_the_next_begin(end: dt.date, window: Any) -> None:
    now, before = windows(end, window)
    assert now.end == end
    assert before.start <= before.end <= now.start <= now.end
    assert end < dt.date(2, 1, 1) or before.end == now.start - dt.timedelta(1)


def test_actors_by_their_events(empty: Store) -> None:
    fill(empty, [told("AID", day(5, 1), RUS, VEN), told("COERCE", day(5, 2), NOBODY, VEN)])
    found = [(a.id, a.events, a.as_actor, a.as_recipient) for a in actors(empty, ALL)]
    assert found == [("ven", 2, 0, 2), ("rus", 1, 1, 0), ("~Ana Gil", 1, 1, 0)]


def test_an_actor_s_page(empty: Store) -> None:
    said = Attribution("quote", MADURO, "said", quoted=True)
    fill(empty, [
        told("COERCE", day(5, 1), MADURO, NOBODY), told("AID", day(5, 3), RUS, MADURO),
        told("AID", day(5, 2), RUS, VEN, attribution=said),
    ])  # fmt: skip
    page = actor_page(empty, "nicolas-maduro", ALL, name_index())
    assert page is not None
    assert (page.name, page.kind, page.first, page.last) == (
        "Nicolas Maduro", "person", day(5, 1), day(5, 3),
    )  # fmt: skip
    assert ("president", "VEN") in {(o.office, o.country) for o in page.offices}
    assert [o.first for o in page.offices] == sorted(o.first for o in page.offices if o.first)
    assert (page.as_actor.events, page.as_recipient.events) == (1, 1)
    assert {(c.id, c.toward, c.back) for c in page.counterparts} == {
        ("~Ana Gil", 1, 0), ("rus", 0, 1),
    }  # fmt: skip
    assert [(q.verb, q.quoted) for q in page.quotes] == [("said", True)]
    assert actor_page(empty, "nobody", ALL, name_index()) is None


def test_a_sentence_of_several_events_is_one_statement(empty: Store) -> None:
    said = Attribution("statement", MADURO, "said")
    events = [replace(told("AID", day(5, 1), RUS, VEN, attribution=said), event_id=f"{n:016x}")
              for n in range(9)]  # fmt: skip
    empty.save(article("a", date=day(5, 1)), events)
    found, after = statements(empty, ALL, limit=1)
    assert (len(found), after) == (1, None)
    assert len(found[0].events) == 9


def test_choices_count_what_each_value_gives(empty: Store) -> None:
    fill(empty, [told("AID", day(5, 1), RUS, VEN), told("COERCE", day(5, 2), NOBODY, VEN)])
    found = choices(empty, ALL)
    assert [(c.value, c.name, c.events) for c in found.countries] == [
        ("VEN", "Venezuela", 2), ("RUS", "Russia", 1),
    ]  # fmt: skip
    assert {c.value for c in choices(empty, EventQuery(actor_country="RUS")).types} == {"AID"}


@pytest.mark.parametrize(
    ("asked", "name", "values"),
    [
        ({"type": ("AID",)}, "types", {"AID", "COERCE"}),
        ({"type": ("AID",)}, "countries", {"RUS", "VEN"}),
        ({"actor": ("RUS",)}, "countries", {"RUS", "VEN", "COL"}),
        ({"dyad": "RUS-VEN"}, "countries", {"RUS", "VEN", "COL"}),
        ({"quad_class": ("material conflict",)}, "quad_classes",
         {"material cooperation", "material conflict"}),
        ({"status": ("future",)}, "statuses", {"actual", "future"}),
        ({"status": ("future",)}, "types", {"COERCE"}),
        ({"country": ("VEN",)}, "place_countries", {"VEN", "COL"}),
    ],
)  # fmt: skip
def test_choices_of_a_filter_stay_when_it_is_set(
    empty: Store, asked: Any, name: str, values: set[str]
) -> None:
    bogota = Place("B", 0, 1, "Bogota", "COL", None, 4.6, -74.1, 2, "capital", "at")
    col = Actor("Colombia", 0, 8, "Colombia", "COL", (), "col")
    fill(empty, [
        told("AID", day(5, 1), RUS, VEN, place=replace(bogota, country="VEN")),
        told("COERCE", day(5, 2), col, VEN, place=bogota, status="future"),
    ])  # fmt: skip
    found = getattr(choices(empty, Filters(**asked).query()), name)
    assert {choice.value for choice in found} == values


def test_choices_of_outlets_under_a_filter_of_outlets(empty: Store) -> None:
    for n, outlet in enumerate(("Wire", "Post", "Wire")):
        told_in = article(f"a{n}", outlet=outlet)
        empty.save(told_in, [event(f"a{n}", f"{n:016x}")])
    found = [(c.value, c.events) for c in choices(empty, EventQuery()).outlets]
    assert found == [("Wire", 2), ("Post", 1)]
    narrow = choices(empty, EventQuery(outlet="Wire", search="text"))
    assert [(c.value, c.events) for c in narrow.outlets] == found
