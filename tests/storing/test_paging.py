"""Pages of events and articles by cursor."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from crisiswire.errors import StoreError
from crisiswire.storing import PAGE_LIMIT, EventQuery, Page, Store, repositories

from .samples import DAY, article, event, party, when

FILTERS: list[dict[str, Any]] = [
    {},
    {"actor_country": "USA"},
    {"actor_sector": "GOV"},
    {"actor_country": "VEN", "actor_sector": "OPP"},
    {"recipient_country": "USA", "actor_country": "VEN"},
    {"dyad": "USA-VEN"},
    {"dyad": "USA~VEN"},
    {"dyad": "RUS-VEN"},
    {"dyad": "RUS~VEN"},
    {"dyad": "USA~USA"},
    {"text": "aid port"},
    {"text": "aid -1", "dyad": "RUS~VEN", "date_to": DAY},
    {"search": "ships 2 OR ships 4"},
    {"search": "ships", "text": "1", "actor_country": "USA"},
]
LATER = DAY + dt.timedelta(days=1)
T = TypeVar("T")
EVENTS = EventQuery(event_types=("AID",))


@pytest.fixture
def filled(store: Store) -> Store:
    """Seven events of two days, one id in two documents, beside one of another type."""
    store.save(
        article("b", date=LATER),
        [
            *(event("b", f"e{number}", date=when(LATER)) for number in (3, 1)),
            *(event("b", f"e{number}") for number in (4, 2)),
            event("b", "other", event_type="CONSULT"),
        ],
    )
    store.save(article("a\ud800"), [event("a\ud800", name) for name in ("e4", "\x00", "z")])
    store.save(article("c"), [])
    return store


EVENT_ORDER = [  # what cannot be stored is written with a mark that stands after all letters
    *(("e2", "b"), ("e4", "a\ud800"), ("e4", "b"), ("z", "a\ud800"), ("\x00", "a\ud800")),
    *(("e1", "b"), ("e3", "b")),
]


def pages(ask: Callable[[str | None], Page[T]]) -> list[list[T]]:
    """Every page from the first on."""
    found: list[list[T]] = []
    cursor = None
    while True:
        page = ask(cursor)
        found.append(list(page.items))
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_pages_of_events_follow_each_other(filled: Store, limit: int, newest_first: bool) -> None:
    found = pages(
        lambda cursor: filled.event_page(
            EVENTS, after=cursor, limit=limit, newest_first=newest_first
        )
    )
    assert all(len(page) == limit for page in found[:-1])
    assert 0 < len(found[-1]) <= limit
    keys = [(one.event.event_id, one.event.document_id) for page in found for one in page]
    assert keys == (EVENT_ORDER[::-1] if newest_first else EVENT_ORDER)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_articles_follow_each_other(filled: Store, limit: int, newest_first: bool) -> None:
    found = pages(
        lambda cursor: filled.article_page(after=cursor, limit=limit, newest_first=newest_first)
    )
    names = [one.id for page in found for one in page]
    assert names == (["b", "c", "a\ud800"] if newest_first else ["a\ud800", "c", "b"])


@pytest.mark.parametrize("many", [0, 1, 20_000])
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_pages_hold_what_the_record_holds(
    store: Store, filters: dict[str, Any], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many events a condition meets: ``many`` decides how they are found."""
    monkeypatch.setattr(repositories, "_MANY", many)
    rus, usa, ven = party("RUS", "MIL"), party("USA", "GOV"), party("VEN", "GOV", "OPP")
    for number, (actors, recipients) in enumerate(
        [((rus,), (ven,)), ((usa, ven), ()), ((usa,), (usa, ven)), ((ven,), (rus, usa)), ((), ())]
    ):
        name = f"d{number % 3}"
        made = [
            event(name, f"{name}-{index}-{number}", actors=actors, recipients=recipients,
                  sentence_text=f"Aid came to port {index}.", date=when(DAY + dt.timedelta(index)))
            for index in range(2)
        ]  # fmt: skip
        old = [one.event for one in store.events(EventQuery(document_id=name))]
        store.save(article(name, text=f"Ships left port {number}."), [*old, *made])
    query = EventQuery(**filters)
    expected = {one.event.event_id for one in store.events(query)}
    assert {one.event.event_id for one in store.event_page(query).items} == expected
    assert expected


def test_articles_are_chosen_by_day_and_outlet(store: Store) -> None:
    for name, day, outlet in (("a", DAY, "One"), ("b", DAY, "Two"), ("c", LATER, "One")):
        store.save(article(name, date=day, outlet=outlet), [])
    chosen = store.article_page(published_to=DAY, outlet="One")
    assert ([one.id for one in chosen.items], chosen.next) == (["a"], None)


def test_a_cursor_holds_while_others_write(store: Store) -> None:
    store.save(article("a"), [event("a", "b"), event("a", "d")])
    first = store.event_page(limit=1)
    store.save(article("c"), [event("c", "a"), event("c", "c")])
    store.save(article("a"), [event("a", "b"), event("a", "d")])
    rest = store.event_page(after=first.next, limit=10)
    assert [one.event.event_id for one in rest.items] == ["c", "d"]


def test_a_cursor_outlives_its_row(store: Store) -> None:
    store.save(article("a"), [event("a", "b"), event("a", "d")])
    first = store.event_page(limit=1)
    store.save(article("a"), [event("a", "d")])
    assert [one.event.event_id for one in store.event_page(after=first.next).items] == ["d"]


def test_an_empty_store_has_one_empty_page(store: Store) -> None:
    assert store.event_page() == Page((), None)
    assert store.article_page() == Page((), None)


def coded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        *("", "!", "é", "abc", "null", "\x00", "a" * 20_000),
        coded('["2019-05-20", "x"]'),
        coded('["2019-05-20", 1, "x"]'),
        coded('["20 May", "x", "x"]'),
        coded('[5, "x", "x"]'),
        coded("3"),
        coded("[" * 5000),
        coded("{}"),
    ],
)
def test_what_is_no_cursor_is_refused(store: Store, cursor: str) -> None:
    for ask in (store.event_page, store.article_page):
        with pytest.raises(StoreError, match=r"cursor .*begin without a cursor"):
            ask(after=cursor)


@pytest.mark.parametrize("limit", [0, -1, PAGE_LIMIT + 1])
def test_a_limit_out_of_range_is_refused(store: Store, limit: int) -> None:
    for ask in (store.event_page, store.article_page):
        with pytest.raises(StoreError, match=f"limit {limit}"):
            ask(limit=limit)


@pytest.mark.parametrize("query", [EventQuery(limit=3), EventQuery(offset=3)])
def test_a_query_with_a_window_of_its_own_is_refused(store: Store, query: EventQuery) -> None:
    with pytest.raises(StoreError, match="no limit and no offset"):
        store.event_page(query)
