"""One event, many reports: which events of different articles are one and the same.

>>> from crisiswire.analysing.stories import stories, update_stories
>>> with open_store("events.db") as store:               # doctest: +SKIP
...     update_stories(store)
...     for story in stories(store, EventQuery(place_country="KEN")):
...         print(story.id, story.event_type, story.when, len(story.documents))
...         for version in story.versions("dead"):
...             print("  ", version.value, "according to", version.tellers)

A story keeps every report. What reports tell differently (tolls, days, places, parties) stands
side by side with who says so; nothing is averaged. A denial stands with what it denies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from crisiswire.analysing.story_shelf import LATEST, Shelf, story_ids_of
from crisiswire.analysing.story_traits import Traits, names_of, report_traits, traits_of
from crisiswire.model import Actor, Article, Event, EventType, Place, When
from crisiswire.storing import EventQuery, Store
from crisiswire.storing.records import StoredEvent
from crisiswire.storing.stories import StoredReport, Stories, StoryPlace, WaitingArticle

_BATCH = 500  # articles placed in one transaction
_ALL = EventQuery()
_Value = TypeVar("_Value")
_PRECISE = ("at", "near")
TOLLS = ("dead", "injured", "missing", "arrested", "displaced")


@dataclass(frozen=True, slots=True)
class Version:
    """What some reports tell of an event: the value in words, the reports' tellers (a speaker
    with the outlet, or the outlet alone) and the events that tell it."""

    value: str
    tellers: tuple[str, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Story:
    """An event with all that is reported of it, in the order it came."""

    id: str
    reports: tuple[StoredReport, ...]

    @cached_property
    def told(self) -> tuple[StoredEvent, ...]:
        """The events that say it happened, or will; all of them where it is only denied."""
        events = tuple(report.stored for report in self.reports)
        return tuple(s for s in events if not denies(s.event)) or events

    @property
    def denials(self) -> tuple[StoredEvent, ...]:
        """The events that deny it."""
        return tuple(r.stored for r in self.reports if denies(r.stored.event))

    @property
    def event_type(self) -> EventType:
        """The type most reports have; of equals the first told."""
        return _most(s.event.event_type for s in self.told)

    @property
    def mode(self) -> str | None:
        """The mode most reports of that type have."""
        modes = (s.event.mode for s in self.told if s.event.event_type == self.event_type)
        return _most(modes)

    @cached_property
    def when(self) -> When:
        """The time most reports give; what they say in words comes before the article's date."""
        exact = [s.event.date for s in self.told if s.event.date.precision == "day"]
        said = [s.event.date for s in self.told if s.event.date.precision != "article"]
        times = exact or said or [s.event.date for s in self.told]
        chosen = _most((time.start, time.end) for time in times)
        return next(time for time in times if (time.start, time.end) == chosen)

    @cached_property
    def place(self) -> Place | None:
        """The place most reports name; a place of the sentence before one of the context, a town
        before its country."""
        places = [s.event.place for s in self.told if s.event.place is not None]
        sure = [place for place in places if place.precision in _PRECISE] or places
        close = [place for place in sure if place.kind not in ("country", "admin1")] or sure
        if not close:
            return None
        chosen = _most(place.name for place in close)
        return next(place for place in close if place.name == chosen)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The actors most reports name."""
        return _parties(s.event.actors for s in self.told)

    @property
    def recipients(self) -> tuple[Actor, ...]:
        """The recipients most reports name."""
        return _parties(s.event.recipients for s in self.told)

    @property
    def documents(self) -> tuple[str, ...]:
        """The articles that tell it, in the order they came."""
        return tuple(dict.fromkeys(r.stored.event.document_id for r in self.reports))

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it, in the order they came, those of copies with their first."""
        return tuple(dict.fromkeys(o for r in self.reports for o in r.stored.outlets))

    def versions(self, what: str) -> tuple[Version, ...]:
        """What reports tell of ``what``, each version with who says so, in the order they came.

        ``what`` is a kind of quantity ("dead", "arrested", "money" …), "date", "place",
        "actors", "recipients" or "status".
        """
        values = _FIELDS.get(what) or (lambda event: _amounts(event, what))
        found: dict[str, list[StoredEvent]] = {}
        for report in self.reports:
            for value in values(report.stored.event):
                found.setdefault(value, []).append(report.stored)
        return tuple(
            Version(
                value,
                tuple(dict.fromkeys(map(teller, stored))),
                tuple(s.event for s in stored),
            )
            for value, stored in found.items()
        )

    def span(self, kind: str) -> tuple[float, float] | None:
        """The lowest and the highest number of a kind of quantity that is told."""
        numbers = [q.value for s in self.told for q in s.event.quantities if q.kind == kind]
        return (min(numbers), max(numbers)) if numbers else None


@dataclass(frozen=True, slots=True)
class Placed:
    """How many events were put into stories, and how many stories these opened."""

    events: int
    opened: int


def update_stories(store: Store, *, rebuild: bool = False) -> Placed:
    """Put the events of the store that are in no story yet into stories, by the date of their
    articles; ``rebuild`` takes all stories apart first.

    A story's id stays as it takes in more. Events that come in the same order make the same
    stories, in however many runs.
    """
    if rebuild:
        with store.placing() as stories:
            stories.forget()
    events = opened = 0
    articles = store.unplaced_articles()
    for start in range(0, len(articles), _BATCH):
        with store.placing() as stories:
            placed = _placed(stories, stories.waiting(articles[start : start + _BATCH]))
            stories.add(placed)
        events += len(placed)
        opened += sum(place.position == 0 for _, place in placed)
    return Placed(events, opened)


def stories(store: Store, query: EventQuery = _ALL) -> Iterator[Story]:
    """The stories of the store with an event that meets ``query``, with all their reports, by the
    day on which the first such event begins. The query's limit counts stories."""
    for reports in store.stories(query):
        yield _story(reports)


def story(store: Store, story_id: str) -> Story | None:
    """The story of this id, or the only one whose id begins so (6 characters or more).

    Raises StoreError when several are meant.
    """
    reports = store.story(story_id)
    return _story(reports) if reports else None


def denies(event: Event) -> bool:
    """Whether the event is told as not having happened."""
    return event.status == "negated" or event.attribution.kind == "denial"


def teller(stored: StoredEvent) -> str:
    """Who says so: the speaker and the outlet that quotes him, or the outlet."""
    speaker = stored.event.attribution.speaker
    outlet = stored.outlet or f"document {stored.event.document_id}"
    return f"{speaker.name} ({outlet})" if speaker is not None else outlet


def _story(reports: list[StoredReport]) -> Story:
    return Story(reports[0].place.story_id, tuple(reports))


def _placed(stories: Stories, waiting: list[WaitingArticle]) -> list[tuple[int, StoryPlace]]:
    """The places of all events that wait, by the events' keys."""
    shelf = Shelf()
    traits = [
        (article.waiting[one.event_id], one)
        for article in waiting
        for one in report_traits(article.article, [stored.event for stored in article.events])
        if one.event_id in article.waiting
    ]
    sought = {key for _, one in traits for key in shelf.sought(one)}
    ids = (name for _, one in traits for name in story_ids_of(one))
    for begun in stories.begun(sought, ids, LATEST):
        shelf.put(begun.id, begun.size, begun.keys, _traits(begun.events))
    return [(pk, shelf.place(one)) for pk, one in traits]


def _traits(events: Iterable[tuple[Article, StoredEvent]]) -> list[Traits]:
    return [traits_of(stored.event, article.date, names_of(article)) for article, stored in events]


def _parties(sides: Iterable[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    """The parties that most reports name, told as the first of these told them."""
    named = [side for side in sides if side]
    if not named:
        return ()
    chosen = _most(tuple(party.name for party in side) for side in named)
    return next(side for side in named if tuple(party.name for party in side) == chosen)


def _most(values: Iterable[_Value]) -> _Value:
    """The most frequent value; of equals the first."""
    return Counter(values).most_common(1)[0][0]


def _amounts(event: Event, kind: str) -> list[str]:
    return [
        f"{'about ' if q.approximate else ''}{q.value:g}" + (f" {q.unit}" if q.unit else "")
        for q in event.quantities
        if q.kind == kind
    ]


def _time(event: Event) -> list[str]:
    start, end = event.date.start, event.date.end
    words = start.isoformat() if start == end else f"{start} to {end}"
    return [f"{words} ({event.date.precision})"]


_FIELDS: dict[str, Callable[[Event], list[str]]] = {
    "date": _time,
    "place": lambda event: [event.place.name] if event.place else [],
    "actors": lambda event: [party.name for party in event.actors],
    "recipients": lambda event: [party.name for party in event.recipients],
    "status": lambda event: [event.status],
}
