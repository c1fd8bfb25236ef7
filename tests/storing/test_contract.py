"""What every store does, whatever its database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sqlalchemy_event

from crisiswire.errors import StoreError
from crisiswire.model import Actor, Attribution, Event
from crisiswire.storing import EventQuery, PartyMention, Store, StoreCounts, open_store
from crisiswire.storing.schema import HEAD

from .samples import ARTICLES, DAY, article, event, events_of, party, place, when

MAY = dt.date(2019, 5, 1)
JUNE = dt.date(2019, 6, 1)
FULL = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def ids(store: Store, **filters: Any) -> list[str]:
    return [stored.event.event_id for stored in store.events(EventQuery(**filters))]


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The statements that the store sends meanwhile."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    sqlalchemy_event.listen(store.engine, "before_cursor_execute", note)
    yield sent
    sqlalchemy_event.remove(store.engine, "before_cursor_execute", note)


class TestRoundTrip:
    @FULL
    @given(data=st.data())
    def test_everything_comes_back_as_it_was(self, store: Store, data: st.DataObject) -> None:
        told = data.draw(ARTICLES)
        events = data.draw(events_of(told.id))
        store.save(told, events)
        assert store.article(told.id) == told
        back = {
            stored.event.event_id: stored
            for stored in store.events(EventQuery(document_id=told.id))
        }
        assert back.keys() == {one.event_id for one in events}
        for one in events:
            stored = back[one.event_id]
            assert stored.event == one
            assert stored.event.explanation == one.explanation
            assert stored.event.to_record() == one.to_record()
            assert (stored.article_date, stored.outlet) == (told.date, told.outlet)
            assert (stored.title, stored.url) == (told.title, told.url)

    def test_an_event_is_found_by_its_id(self, store: Store) -> None:
        one = event(attribution=Attribution("quote", party("USA", "GOV"), "said", True))
        store.save(article(outlet="The Paper", title="News", url="https://example.org"), [one])
        found = store.event("event-1")
        assert found is not None
        assert (found.event, found.outlet, found.title) == (one, "The Paper", "News")

    def test_what_is_not_there_is_none(self, store: Store) -> None:
        assert store.event("nothing") is None
        assert store.article("nothing") is None
        assert list(store.events()) == []
        assert list(store.articles()) == []

    def test_an_explanation_may_be_any_mapping_of_json(self, store: Store) -> None:
        told = MappingProxyType({"cues": (1, "two"), "inner": MappingProxyType({"NUL": "\x00"})})
        store.save(article(), [event(explanation=told)])
        found = store.event("event-1")
        assert found is not None
        assert found.event.explanation == {"cues": [1, "two"], "inner": {"NUL": "\x00"}}

    def test_an_explanation_that_is_not_json_is_refused(self, store: Store) -> None:
        with pytest.raises(StoreError, match=r"event-1.*explanation"):
            store.save(article(), [event(explanation={"day": DAY})])
        assert store.counts().articles == 0


def test_parties_without_country_or_entity_of_their_own(store: Store) -> None:
    unknown = Actor("Salt Front", 0, 10, "Salt Front", None, ("REB",), None)
    known = Actor("Russia", 20, 26, "Russia", "RUS", (), "rus")
    generic = Actor("Oslo police", 30, 41, "Oslo police", "NOR", ("COP",), "nor-cop")
    speaker = Attribution("quote", unknown, "said", True)
    one = event(actors=(unknown, known), recipients=(generic,), place=place("SDN"),
                attribution=speaker, sentence_text="Salt Front told Russia.")  # fmt: skip
    store.save(article(), [one])
    words = "Salt Front told Russia."
    assert list(store.unresolved_parties()) == [
        PartyMention(unknown, "a", words, 0, "SDN"),
        PartyMention(generic, "a", words, 0, "SDN"),
    ]


class TestSaving:
    def test_saving_again_replaces_and_never_doubles(self, store: Store) -> None:
        store.save(article(masked=((0, 3),)), [event(event_id="1"), event(event_id="2")])
        store.save(article(title="New"), [event(event_id="2"), event(event_id="3")])
        assert sorted(ids(store)) == ["2", "3"]
        assert store.article("a") == article(title="New")
        assert ids(store, text="Venezuela") == ids(store)

    def test_saving_the_same_again_changes_nothing(self, store: Store) -> None:
        events = [event(event_id="1", place=place("VEN")), event(event_id="2", sentence=1)]
        store.save(article(), events)
        before = list(store.events())
        store.save(article(), events)
        assert list(store.events()) == before
        assert store.counts() == StoreCounts(1, 2, DAY, DAY, HEAD)

    @pytest.mark.parametrize(
        "bad", [event(event_id="1"), event("other", "2")], ids=["twice", "other document"]
    )
    def test_an_article_is_saved_wholly_or_not_at_all(self, store: Store, bad: Event) -> None:
        store.save(article(title="Old"), [event(event_id="0")])
        with pytest.raises(StoreError, match=f"event {bad.event_id}"):
            store.save(article(title="New"), [event(event_id="1"), bad])
        assert ids(store) == ["0"]
        assert store.article("a") == article(title="Old")

    def test_a_refusal_of_the_database_leaves_what_was_there(self, store: Store) -> None:
        store.save(article(title="Old"), [event(event_id="0")])
        broken = replace(event(event_id="1"), coder=None)  # type: ignore[arg-type]
        with pytest.raises(StoreError, match="saving article a"):
            store.save(article(title="New"), [event(event_id="2"), broken])
        assert ids(store) == ["0"]
        assert store.article("a") == article(title="Old")

    def test_the_same_event_id_may_stand_in_two_articles(self, store: Store) -> None:
        store.save(article("a"), [event("a")])
        store.save(article("b"), [event("b")])
        assert store.counts().events == 2
        with pytest.raises(StoreError, match=r"in a\).*in b\)"):
            store.event("event-1")

    def test_deleting_an_article_takes_its_events_along(self, store: Store) -> None:
        store.save(article("a", masked=((0, 1),)), [event("a")])
        store.save(article("b"), [event("b", "event-2")])
        assert store.delete_article("a") is True
        assert store.delete_article("a") is False
        assert ids(store) == ids(store, text="Venezuela") == ["event-2"]
        assert store.article("a") is None

    def test_threads_share_a_store(self, store: Store) -> None:
        def save(number: int) -> None:
            store.save(article(f"a{number % 5}"), [event(f"a{number % 5}")])

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(save, range(40)))
        assert store.counts() == StoreCounts(5, 5, DAY, DAY, HEAD)


class TestIds:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("abcdef01", "abcdef01"),
            ("abcdef0", "abcdef01"),
            ("abcdef1", "abcdef10"),
            ("abcd", None),
            ("abc", "abc"),
            ("ABCDEF1", None),
            ("abcde%", None),
        ],
    )
    def test_a_prefix_of_six_characters_is_enough(
        self, store: Store, asked: str, found: str | None
    ) -> None:
        names = ["abcdef01", "abcdef10", "abc"]
        store.save(article(), [event(event_id=name) for name in names])
        stored = store.event(asked)
        assert (stored and stored.event.event_id) == found

    def test_an_ambiguous_prefix_lists_what_it_may_mean(self, store: Store) -> None:
        store.save(article(), [event(event_id=f"abcdef0{number}") for number in range(3)])
        with pytest.raises(StoreError) as caught:
            store.event("abcdef0")
        for number in range(3):
            assert f"abcdef0{number}" in str(caught.value)


FILTERS: list[tuple[dict[str, Any], str]] = [
    ({}, "3 1 2 4"),
    ({"actor_country": "RUS"}, "1 2"),
    ({"actor_country": "rus", "actor_sector": "mil"}, "2"),
    ({"actor_sector": "GOV"}, "3 1"),
    ({"actor_country": "RUS", "actor_sector": "SPY"}, ""),
    ({"recipient_country": "VEN"}, "3 1 2"),
    ({"recipient_sector": "OPP"}, "2"),
    ({"recipient_country": "USA", "recipient_sector": "OPP"}, ""),
    ({"dyad": "USA-VEN"}, "3"),
    ({"dyad": "VEN-USA"}, ""),
    ({"dyad": "ven~usa"}, "3 4"),
    ({"dyad": "USA~USA"}, ""),
    ({"dyad": "RUS~VEN"}, "1 2"),
    ({"event_types": ("SANCTION",)}, "3"),
    ({"event_types": ("SANCTION", "CONSULT")}, "3 4"),
    ({"quad_classes": ("material conflict",)}, "3"),
    ({"statuses": ("future", "negated")}, "2"),
    ({"date_from": MAY}, "1 2 4"),
    ({"date_to": dt.date(2019, 4, 30)}, "3 1"),
    ({"date_from": dt.date(2019, 5, 2), "date_to": dt.date(2019, 5, 2)}, "1"),
    ({"published_from": JUNE}, "3 4"),
    ({"published_to": DAY}, "1 2"),
    ({"outlet": "The Paper"}, "1 2"),
    ({"outlet": "Paper"}, ""),
    ({"place_country": "ven"}, "2"),
    ({"min_confidence": 0.5}, "3 1 4"),
    ({"document_id": "b"}, "3 4"),
    ({"text": "venezuela"}, "1 2"),
    ({"text": "SANCTIONS oil"}, "3"),
    ({"text": '"sanctions oil"'}, ""),
    ({"text": '"oil sanctions" on'}, "3"),
    ({"text": "sanct"}, ""),
    ({"text": "sanct*"}, "3"),
    ({"text": "don't"}, "4"),
    ({"text": "OR -NOT (NEAR"}, ""),
    ({"limit": 2}, "3 1"),
    ({"limit": 2, "offset": 1}, "1 2"),
    ({"offset": 3}, "4"),
    ({"limit": 0}, ""),
    ({"actor_country": "RUS", "statuses": ("actual",), "outlet": "The Paper"}, "1"),
]


class TestQueries:
    @pytest.fixture
    def filled(self, store: Store) -> Store:
        store.save(
            article("a", outlet="The Paper"),
            [
                event(
                    "a",
                    "1",
                    actors=(party("RUS"), party("SYR", "GOV")),
                    date=when(dt.date(2019, 4, 29), dt.date(2019, 5, 5)),
                ),
                event(
                    "a",
                    "2",
                    sentence=4,
                    actors=(party("RUS", "MIL"), party("SYR", "SPY")),
                    recipients=(party("USA"), party("VEN", "OPP")),
                    place=place("VEN"),
                    status="future",
                    confidence=0.25,
                    date=when(dt.date(2019, 5, 20)),
                ),
            ],
        )
        store.save(
            article("b", date=JUNE),
            [
                event(
                    "b",
                    "3",
                    event_type="SANCTION",
                    quad_class="material conflict",
                    actors=(party("USA", "GOV"),),
                    date=when(dt.date(2019, 1, 28)),
                    sentence_text="Washington put oil sanctions on the state company.",
                ),
                event(
                    "b",
                    "4",
                    event_type="CONSULT",
                    quad_class="verbal cooperation",
                    actors=(party("USA"), party("VEN")),
                    recipients=(),
                    date=when(dt.date(2019, 5, 20)),
                    sentence_text="They don't say when the talks begin.",
                ),
            ],
        )
        return store

    @pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=[str(f) for f, _ in FILTERS])
    def test_filters(self, filled: Store, filters: dict[str, Any], expected: str) -> None:
        assert ids(filled, **filters) == expected.split()

    def test_order_is_event_date_then_article_date_then_sentence(self, store: Store) -> None:
        for name, day in (("late", JUNE), ("early", MAY)):
            events = [
                event(name, f"{name}-{sentence}-{start}", sentence=sentence, date=when(start))
                for sentence in (11, 2)
                for start in (JUNE, MAY)
            ]
            store.save(article(name, date=day), events)
        assert ids(store) == [
            f"{name}-{sentence}-{start}"
            for start in (MAY, JUNE)
            for name in ("early", "late")
            for sentence in (2, 11)
        ]

    def test_articles_come_by_date_and_can_be_chosen(self, store: Store) -> None:
        early, late = article("z", date=MAY, outlet="One"), article("b", date=JUNE, outlet="Two")
        middle = article("m", masked=((0, 2), (5, 9)), outlet="One")
        for one in (late, middle, early):
            store.save(one, [])
        assert list(store.articles()) == [early, middle, late]
        assert list(store.articles(outlet="One")) == [early, middle]
        assert list(store.articles(published_from=DAY, published_to=DAY)) == [middle]
        assert list(store.articles(limit=1, offset=2)) == [late]

    def test_counts(self, filled: Store) -> None:
        counts = filled.counts()
        assert counts == StoreCounts(2, 4, dt.date(2019, 1, 28), dt.date(2019, 5, 20), HEAD)

    def test_the_number_of_statements_does_not_grow_with_the_events(self, store: Store) -> None:
        for number in range(3):
            name = f"a{number}"
            store.save(article(name), [event(name, str(i), contexts=("legal",)) for i in range(40)])
        with statements(store) as for_one:
            assert len(ids(store, limit=1)) == 1
        with statements(store) as for_all:
            assert len(ids(store)) == 120
        assert len(for_all) == len(for_one)

    def test_events_stream_while_others_are_saved(self, store: Store) -> None:
        store.save(article("a"), [event("a", str(number)) for number in range(3)])
        stream = store.events()
        first = next(stream)
        store.save(article("b"), [event("b", "new")])
        store.save(article("a"), [])
        rest = list(stream)
        assert [stored.event.event_id for stored in (first, *rest)] == ["0", "1", "2"]
        assert all(stored.event.actors for stored in rest)
        assert ids(store) == ["new"]

    def test_more_events_than_one_batch(self, store: Store) -> None:
        events = [event(event_id=f"{number:04}", sentence=number) for number in range(1201)]
        store.save(article(), events)
        assert [stored.event for stored in store.events()] == events


class TestOpening:
    def test_a_store_opens_again_with_what_it_held(self, url: str) -> None:
        with open_store(url) as store:
            store.save(article(), [event()])
        with open_store(url, create=False) as store:
            assert ids(store) == ["event-1"]

    def test_nothing_is_made_when_not_asked_for(self, url: str) -> None:
        for _ in range(2):
            with pytest.raises(StoreError, match="code articles into it first"):
                open_store(url, create=False)

    def test_a_closed_store_says_so(self, store: Store) -> None:
        store.close()
        with pytest.raises(StoreError, match="closed"):
            store.counts()
        with pytest.raises(StoreError, match="closed"):
            next(store.events())
