"""The event store: open it, save what was coded, ask for it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from crisiswire.errors import StoreError
from crisiswire.model import Article, Event
from crisiswire.storing.backends import Backend, backend_of
from crisiswire.storing.copies import Copies, sketch_of
from crisiswire.storing.records import (
    EventQuery,
    PartyMention,
    StoreCounts,
    StoredEvent,
    UncodedArticle,
    check_window,
)
from crisiswire.storing.repositories import Articles, Events
from crisiswire.storing.schema import HEAD, ensure_current

_ALL = EventQuery()


class Store:
    """Articles and the events coded from them, in SQLite or PostgreSQL.

    Threads may share a store; a process opens its own. Every method raises
    StoreLocked, StoreReadOnly or StoreError when the database refuses.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back; the store cannot be used afterwards."""
        if not self._closed:
            self._closed = True
            self._backend.engine.dispose()

    @property
    def place(self) -> str:
        """The store in words: a path, or a database and its host."""
        return self._backend.place

    @property
    def readonly(self) -> bool:
        """Whether nothing can be saved here."""
        return self._backend.readonly

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, for statements of one's own."""
        self._check_open()
        return self._backend.engine

    def save(
        self, article: Article, events: Sequence[Event], *, not_coded: str | None = None
    ) -> str | None:
        """Write an article and its events in one transaction, in place of earlier ones.

        Gives the id of the first article that told the same report, to which this one is linked as
        a copy, or None. ``not_coded`` says why an article has no events. Saving the same again
        changes nothing and keeps the article's place among those that came. Raises StoreError, and
        writes nothing, when an event belongs to another document or comes twice.
        """
        _check_belonging(article, events)
        action = f"saving article {article.id}"
        sketch = sketch_of(article)
        with self._session(self._backend.writing(), action) as session, session.begin():
            self._backend.lock_article(session.connection(), article.id)
            articles, copies = Articles(session), Copies(session)
            before = articles.key(article.id)
            articles.delete(article.id)
            pk = articles.add(article, before and before[0], not_coded)
            Events(session, self._backend.matching).add(pk, events)
            first = copies.link(pk, sketch)
            if before and before[1:] != (article.text, article.date):
                copies.link_all_anew(article.id)
            return first

    def delete_article(self, article_id: str) -> bool:
        """Delete an article and its events. False when the store has no such article."""
        action = f"deleting article {article_id}"
        with self._session(self._backend.writing(), action) as session, session.begin():
            deleted = Articles(session).delete(article_id)
            Copies(session).link_all_anew(article_id)
            return deleted

    def events(self, query: EventQuery = _ALL) -> Iterator[StoredEvent]:
        """Events that meet ``query``, by the day they begin, the article's date, the sentence.

        They stream from one state of the store: what is saved meanwhile is not seen.
        """
        with self._session(self._backend.reading(), "reading events") as session:
            yield from Events(session, self._backend.matching).find(query)

    def unresolved_parties(self) -> Iterator[PartyMention]:
        """Actors and recipients without country or entity of their own, article by article."""
        with self._session(self._backend.reading(), "reading parties") as session:
            yield from Events(session, self._backend.matching).unresolved()

    def event(self, event_id: str) -> StoredEvent | None:
        """The event of this id, or the only one whose id begins so (6 characters or more).

        Raises StoreError, listing them, when several are meant.
        """
        with self._session(self._backend.reading(), f"reading event {event_id}") as session:
            return Events(session, self._backend.matching).get(event_id)

    def has_article(self, article_id: str) -> bool:
        """Whether the store has an article of this id."""
        with self._session(self._backend.reading(), f"looking for {article_id}") as session:
            return Articles(session).has(article_id)

    def not_coded(self) -> Iterator[UncodedArticle]:
        """Articles that were kept but not coded, by date, then id."""
        with self._session(self._backend.reading(), "reading articles") as session:
            yield from Articles(session).not_coded()

    def article(self, article_id: str) -> Article | None:
        """The article of this id."""
        with self._session(self._backend.reading(), f"reading article {article_id}") as session:
            return Articles(session).get(article_id)

    def articles(
        self,
        *,
        published_from: dt.date | None = None,
        published_to: dt.date | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Article]:
        """Articles by date, then id. Both ends of the range of dates are included."""
        check_window(limit, offset)
        with self._session(self._backend.reading(), "reading articles") as session:
            yield from Articles(session).find(published_from, published_to, outlet, limit, offset)

    def counts(self) -> StoreCounts:
        """How much the store holds."""
        with self._session(self._backend.reading(), "counting") as session:
            events, first, last = Events(session, self._backend.matching).span()
            articles, copies, not_coded = Articles(session).count()
            return StoreCounts(articles, events, first, last, HEAD, copies, not_coded)

    @contextmanager
    def _session(self, engine: Engine, action: str) -> Iterator[Session]:
        self._check_open()
        with _explained(self._backend, action), Session(engine, expire_on_commit=False) as session:
            yield session

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError(f"{self.place}: the store was closed; open it again")


def open_store(url: str | Path | None = None, *, create: bool = True) -> Store:
    """Open the store at a URL or at the path of a SQLite file; None is the user's own.

    A new one is made where there is none and ``create`` is True; tables of an older
    crisiswire are brought up to date. A SQLite file that may not be written, or whose
    URL says ``?mode=ro``, is opened for reading.

    Raises StoreLocked, StoreReadOnly, StoreVersion or StoreError.
    """
    backend = backend_of(url)
    try:
        with _explained(backend, "opening the store"):
            backend.prepare(create=create)
            ensure_current(backend, create=create)
    except BaseException:
        backend.engine.dispose()
        raise
    return Store(backend)


def _check_belonging(article: Article, events: Sequence[Event]) -> None:
    for event in events:
        if event.document_id != article.id:
            raise StoreError(
                f"event {event.event_id}: belongs to document {event.document_id}, not to "
                f"{article.id}; save it with its own article"
            )
    for event_id, number in Counter(event.event_id for event in events).items():
        if number > 1:
            raise StoreError(
                f"event {event_id}: comes {number} times in article {article.id}; "
                "give each event of an article an id of its own"
            )


@contextmanager
def _explained(backend: Backend, action: str) -> Iterator[None]:
    """Turn a database's error into one that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise backend.failure(error.orig or error, action) from error
    except SQLAlchemyError as error:
        raise StoreError(f"{backend.place}: {action} failed ({error})") from error
