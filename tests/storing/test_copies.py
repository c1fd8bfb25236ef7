"""Copies of one report: linked to the first that came, their events counted once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from eval.copies import measure, read_table

from crisiswire.analysing.stories import stories, update_stories
from crisiswire.model import Article, Event
from crisiswire.storing import EventQuery, Store, open_store

from .samples import DAY, article, event

ALL = EventQuery()
WIRE = (
    "Rebels seized the mining town of Tambura on Monday after two days of fighting with government "
    "troops, residents said.\n\n"
    "The army withdrew towards the river and left behind vehicles and ammunition, a local official "
    "said.\n\n"
    "The United Nations said 12,000 people had fled to the neighbouring district of Ezo."
)
ADDED = "\n\nFrance's foreign minister condemned the attack and recalled her ambassador."
FOLLOW_UP = WIRE.replace("12,000", "31,000").replace("on Monday", "on Thursday")


def told(name: str, text: str, outlet: str | None = None, day: int = 0) -> Article:
    return article(name, text=text, outlet=outlet, date=DAY + dt.timedelta(days=day))


def events_of(one: Article) -> list[Event]:
    """An event a paragraph."""
    return [
        event(one.id, f"{one.id}-{number}", sentence=number, sentence_text=paragraph)
        for number, paragraph in enumerate(one.text.split("\n\n"))
    ]


def save(store: Store, *articles: Article) -> list[str | None]:
    return [store.save(one, events_of(one)) for one in articles]


def ids(store: Store, query: EventQuery = ALL) -> set[str]:
    return {stored.event.event_id for stored in store.events(query)}


FIRST = told("a", WIRE, "Wire")
CUT = told("b", WIRE[: WIRE.rindex("\n\n")].replace("towards", "toward"), "Post", 1)
LONGER = told("c", "TAMBURA (Agency) - " + WIRE + ADDED, "Courier", 2)


def test_the_table_of_agency_copies(tmp_path: Path) -> None:
    table = read_table()
    halves = [[one for one in table if one.group % 2 == half] for half in (0, 1)]
    for number, half in enumerate(halves):
        found = measure(half, tmp_path, seed=number)
        assert found.precision >= 0.98, sorted(found.wrong)
        assert found.recall >= 0.90, sorted(found.missed)
    assert len({one.group for one in table}) >= 60


class TestEvents:
    def test_those_of_copies_count_once(self, store: Store) -> None:
        assert save(store, FIRST, CUT) == [None, "a"]
        assert ids(store) == {"a-0", "a-1", "a-2"}
        assert ids(store, EventQuery(copies=True)) == {"a-0", "a-1", "a-2", "b-0", "b-1"}
        counts = store.counts()
        assert (counts.articles, counts.copies, counts.events) == (2, 1, 3)

    def test_what_only_the_copy_tells_counts_too(self, store: Store) -> None:
        save(store, FIRST, LONGER)
        assert ids(store) == {"a-0", "a-1", "a-2", "c-3"}

    def test_they_tell_in_which_outlets_they_ran(self, store: Store) -> None:
        save(store, FIRST, CUT, LONGER, told("d", WIRE, None))
        found = store.event("a-0")
        assert found is not None
        assert (found.copies, found.outlets) == (3, ("Wire", "Post", "Courier"))
        copied = store.event("b-0")
        assert copied is not None
        assert (copied.copy_of, copied.copies) == ("a", 0)

    def test_those_of_a_copy_are_given_when_it_is_asked_for(self, store: Store) -> None:
        save(store, FIRST, CUT)
        assert ids(store, EventQuery(document_id="b")) == {"b-0", "b-1"}
        assert ids(store, EventQuery(outlet="Post")) == {"b-0", "b-1"}
        assert ids(store, EventQuery(outlet="Wire")) == {"a-0", "a-1", "a-2"}

    def test_an_outlet_that_repeats_itself_tells_once(self, store: Store) -> None:
        save(store, FIRST, told("b", WIRE, "Wire"))
        assert ids(store, EventQuery(outlet="Wire")) == {"a-0", "a-1", "a-2"}

    def test_unknown_parties_of_copies_are_left_out(self, store: Store) -> None:
        for one in (FIRST, CUT):
            store.save(one, events_of(one))
        assert {mention.document_id for mention in store.unresolved_parties()} == {"a"}


class TestFirst:
    def test_the_order_of_arrival_decides(self, store: Store) -> None:
        assert save(store, CUT, FIRST) == [None, "b"]
        assert ids(store) == {"b-0", "b-1", "a-2"}

    def test_a_later_run_finds_it(self, url: str) -> None:
        with open_store(url) as store:
            save(store, FIRST)
        with open_store(url) as store:
            assert save(store, CUT) == ["a"]

    def test_a_copy_of_a_copy_is_one_of_the_first(self, store: Store) -> None:
        assert save(store, LONGER, FIRST, CUT) == [None, "c", "c"]

    def test_saving_again_changes_nothing(self, store: Store) -> None:
        save(store, FIRST, CUT, LONGER)
        once = list(store.events(EventQuery(copies=True)))
        assert save(store, CUT, FIRST, LONGER) == ["a", None, "a"]
        assert list(store.events(EventQuery(copies=True))) == once

    def test_when_it_is_deleted_the_next_takes_its_place(self, store: Store) -> None:
        save(store, FIRST, CUT, LONGER)
        store.delete_article("a")
        assert ids(store) == {"b-0", "b-1", "c-2", "c-3"}
        found = store.event("b-0")
        assert found is not None
        assert found.outlets == ("Post", "Courier")

    def test_when_it_gets_another_text_its_copies_are_none(self, store: Store) -> None:
        save(store, FIRST, CUT)
        save(store, told("a", "The parliament of Norway passed the budget.", "Wire"))
        assert ids(store) == {"a-0", "b-0", "b-1"}

    def test_a_copy_that_gets_another_text_is_none(self, store: Store) -> None:
        save(store, FIRST, CUT)
        assert save(store, told("b", FOLLOW_UP, "Post", 3)) == [None]
        assert store.counts().copies == 0


@pytest.mark.parametrize(
    "other",
    [
        told("z", FOLLOW_UP, day=3),
        told("z", WIRE.replace("Tambura", "Maridi").replace("Ezo", "Ibba")),
        told("z", WIRE, day=7),
        told("z", "Rebels seized the mining town of Tambura."),
        told("z", ""),
    ],
    ids=["new figures", "another town", "a week later", "too short", "empty"],
)
def test_no_copy(store: Store, other: Article) -> None:
    assert save(store, FIRST, other) == [None, None]


def test_articles_not_coded_say_why(store: Store) -> None:
    store.save(told("es", "Los rebeldes.", "Diario"), [], not_coded="language 'es' is not coded")
    save(store, FIRST)
    (listed,) = store.not_coded()
    assert (listed.id, listed.outlet, listed.reason) == (
        "es",
        "Diario",
        "language 'es' is not coded",
    )
    assert store.counts().not_coded == 1
    save(store, told("es", "Los rebeldes."))
    assert list(store.not_coded()) == []


def test_in_stories_a_copy_counts_once_and_its_outlet_is_named(store: Store) -> None:
    save(store, FIRST, CUT)
    update_stories(store)
    reports = [report for one in stories(store) for report in one.reports]
    assert {report.stored.event.document_id for report in reports} == {"a"}
    assert {one.outlets for one in stories(store)} == {("Wire", "Post")}
