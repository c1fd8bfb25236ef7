"""What a watch remembers: which pages wait, are done or failed, and when each feed is due.

A SQLite file. A feed's pages and the validators of its answer are written in one transaction,
so that a page once listed is never forgotten, wherever the process ends.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from crisiswire.errors import StoreError
from crisiswire.fetching.addresses import host_of
from crisiswire.reading.feeds import Entry

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
  name TEXT PRIMARY KEY, due REAL NOT NULL, failures INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS listings (
  feed TEXT, url TEXT, etag TEXT, modified TEXT, PRIMARY KEY (feed, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
  id TEXT PRIMARY KEY, feed TEXT NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL,
  title TEXT, date TEXT,
  content TEXT, state TEXT NOT NULL, reason TEXT, tries INTEGER NOT NULL, due REAL NOT NULL,
  rank INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ix_pages_state ON pages (state, due, rank);
"""
_VERSION = 1
_MAX_TRIES = 5
_MAX_PAUSE = 86_400.0
_FIRST_PAUSE = 300.0  # seconds before a page is tried again, doubled each time


@dataclass(frozen=True, slots=True)
class Page:
    """A page that waits to be fetched and coded; ``content`` where the feed brought it."""

    id: str
    feed: str
    url: str
    title: str | None
    date: str | None
    content: str | None


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes the next request for a listing conditional."""

    url: str
    etag: str | None
    modified: str | None

    @property
    def headers(self) -> dict[str, str]:
        """The request's conditions."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


class WatchState:
    """The memory of one watch, in the file at ``path``; one process at a time.

    Raises StoreError when the file cannot be written, is in use, or is something else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._explained():
            self._db = sqlite3.connect(path, isolation_level=None, timeout=1)
        try:
            with self._explained():
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("BEGIN EXCLUSIVE")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version not in (0, _VERSION) or (version == 0 and tables):
            raise StoreError(f"{self.path}: holds no watch state; name another file with --state")
        for statement in _SCHEMA.split(";"):
            self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {_VERSION}")
        self._db.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def due(self, feed: str) -> float:
        """When the feed is to be polled next, in seconds since the epoch; 0 for a new one."""
        found = self._one("SELECT due FROM feeds WHERE name = ?", feed)
        return float(found[0]) if found else 0.0

    def failures(self, feed: str) -> int:
        """How often in a row the feed could not be read."""
        found = self._one("SELECT failures FROM feeds WHERE name = ?", feed)
        return int(found[0]) if found else 0

    def validators(self, feed: str) -> dict[str, Validators]:
        """The validators of the feed's listings by address."""
        rows = self._all("SELECT url, etag, modified FROM listings WHERE feed = ?", feed)
        return {row[0]: Validators(*row) for row in rows}

    def listed(
        self,
        feed: str,
        entries: Iterable[tuple[str, Entry]],
        validators: Iterable[Validators],
        due: float,
    ) -> int:
        """Keep what a feed lists, with its validators; how many pages are new.

        ``entries``: each with its page's id, newest first.
        """
        new = 0
        with self._transaction():
            for rank, (identity, entry) in enumerate(entries):
                cursor = self._db.execute(
                    "INSERT OR IGNORE INTO pages VALUES (?,?,?,?,?,?,?,'waiting',NULL,0,0,?)",
                    (
                        identity,
                        feed,
                        entry.url,
                        host_of(entry.url),
                        entry.title,
                        entry.date.isoformat() if entry.date else None,
                        entry.content,
                        rank,
                    ),
                )
                new += cursor.rowcount
            for one in validators:
                self._db.execute(
                    "INSERT OR REPLACE INTO listings VALUES (?,?,?,?)",
                    (feed, one.url, one.etag, one.modified),
                )
            self._db.execute("INSERT OR REPLACE INTO feeds VALUES (?,?,0)", (feed, due))
        return new

    def unlisted(self, feed: str, due: float) -> None:
        """Note that a feed could not be read and when it is tried again."""
        with self._transaction():
            self._db.execute(
                "INSERT INTO feeds VALUES (?,?,1) ON CONFLICT (name) DO UPDATE "
                "SET due = excluded.due, failures = failures + 1",
                (feed, due),
            )

    def postpone(self, feed: str, due: float) -> None:
        """Poll a feed not before ``due``."""
        with self._transaction():
            self._db.execute(
                "INSERT INTO feeds VALUES (?,?,0) ON CONFLICT (name) DO UPDATE "
                "SET due = max(due, excluded.due)",
                (feed, due),
            )

    def waiting(self, feeds: Iterable[str], limit: int) -> list[Page]:
        """Pages of these feeds whose time has come, the newest listed first."""
        names = list(feeds)
        now = time.time()
        marks = ",".join("?" * len(names))
        rows = self._all(
            "SELECT id, feed, url, title, date, content FROM pages WHERE state = 'waiting' "
            f"AND due <= ? AND feed IN ({marks}) "
            "AND host NOT IN (SELECT host FROM hosts WHERE until > ?) ORDER BY due, rank LIMIT ?",
            now,
            *names,
            now,
            limit,
        )
        return [Page(*row) for row in rows]

    def done(self, page: str) -> None:
        """Note that a page's events are in the store."""
        with self._transaction():
            self._db.execute(
                "UPDATE pages SET state = 'done', content = NULL, reason = NULL WHERE id = ?",
                (page,),
            )

    def failed(self, page: str, reason: str, *, lasting: bool, wait: float = 0.0) -> bool:
        """Note why a page could not be had; True when it is given up."""
        found = self._one("SELECT tries FROM pages WHERE id = ?", page)
        tries = int(found[0]) + 1 if found else 1
        given_up = lasting or tries >= _MAX_TRIES
        pause = max(wait, min(_FIRST_PAUSE * 2 ** (tries - 1), _MAX_PAUSE))
        with self._transaction():
            self._db.execute(
                "UPDATE pages SET state = ?, reason = ?, tries = ?, due = ? WHERE id = ?",
                ("failed" if given_up else "waiting", reason, tries, time.time() + pause, page),
            )
        return given_up

    def pause(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while."""
        with self._transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO hosts VALUES (?,?)", (host, time.time() + seconds)
            )

    def paused(self, host: str) -> float:
        """Until when a host is to be left alone, in seconds since the epoch; 0 if it is not."""
        found = self._one("SELECT until FROM hosts WHERE host = ? AND until > ?", host, time.time())
        return float(found[0]) if found else 0.0

    def counts(self) -> dict[str, int]:
        """How many pages are waiting, done and failed."""
        return dict(self._all("SELECT state, count(*) FROM pages GROUP BY state"))

    def _one(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._all(statement, *values)
        return rows[0] if rows else None

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._explained():
            return self._db.execute(statement, values).fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._explained():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                told = "is used by another watch; let it finish or name another file with --state"
            elif code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                told = "cannot be written; name another file with --state"
            elif code == sqlite3.SQLITE_NOTADB:
                told = "holds no watch state; name another file with --state"
            else:
                told = f"failed ({error}); check space and the file"
            raise StoreError(f"{self.path}: {told}") from error
