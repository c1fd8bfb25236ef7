"""What the store asks of a database; :mod:`sqlite` and :mod:`postgres` answer it.

All that differs between the two databases stands in those two modules and in the
migrations.
"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Protocol

from sqlalchemy import URL, ColumnElement, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from crisiswire.errors import StoreError
from crisiswire.storing.searching import Search

STORE_VARIABLE = "CRISISWIRE_STORE"
FILE_NAME = "events.db"
Field = Literal["sentence", "article"]  # what is searched; an article: its text and title


class Backend(Protocol):
    """A database that can hold a store."""

    @property
    def place(self) -> str:
        """The store in words for messages, without a password."""

    @property
    def url(self) -> URL:
        """What leads to it again."""

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written."""

    @property
    def engine(self) -> Engine:
        """Connections whose transactions are as the database makes them."""

    def prepare(self, *, create: bool) -> None:
        """Make ready for the first connection. Raises StoreError when there is nothing
        to connect to and ``create`` is False, StoreReadOnly when it cannot be made."""

    def reading(self) -> Engine:
        """Connections whose transactions see one unchanging state of the store."""

    def writing(self) -> Engine:
        """Connections whose transactions wait for other writers, then write."""

    def migrating(self) -> AbstractContextManager[Connection]:
        """A connection in a transaction that no other process migrates beside."""

    def keep_copy(self, revision: str) -> Path | None:
        """Copy the store, whose tables are of ``revision``, before they are changed; None
        where that is for the database's keeper. Raises StoreError when it cannot be made."""

    def state(self) -> str:
        """A word that is another after every transaction of others that wrote."""

    def lock_article(self, connection: Connection, article_id: str) -> None:
        """Make other writers of this article wait for the end of the transaction."""

    def close(self) -> None:
        """Give the connections back."""

    def strangers(self, connection: Connection) -> list[str]:
        """Tables that forbid to make a store here, because others made them."""

    def matching(self, search: Search, field: Field, frequent: bool) -> ColumnElement[bool]:
        """The condition that an event's sentence, or an article, meets ``search``;
        ``frequent`` when very many do."""

    def failure(self, error: BaseException, action: str) -> StoreError:
        """What ``error`` of the driver, met at ``action``, means to the user."""


def default_url() -> str:
    """The URL of the user's store.

    ``CRISISWIRE_STORE`` (a URL, or the path of a SQLite file) comes first, then
    ``events.db`` in the platform's folder for a user's data.
    """
    chosen = os.environ.get(STORE_VARIABLE, "").strip()
    if "://" in chosen:
        return chosen
    path = Path(chosen).expanduser() if chosen else _data_folder() / FILE_NAME
    return f"sqlite:///{path.absolute()}"


def _data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "crisiswire"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "crisiswire"
    shared = Path(os.environ.get("XDG_DATA_HOME", ""))
    # The XDG rules say that a relative path is to be ignored.
    base = shared if shared.is_absolute() else Path.home() / ".local" / "share"
    return base / "crisiswire"


def backend_of(url: str | Path | None) -> Backend:
    """The backend for a URL or path; None means :func:`default_url`.

    Raises StoreError for a URL that names no supported database.
    """
    address = _parsed(default_url() if url is None else url)
    if address.drivername in ("sqlite", "sqlite+pysqlite"):
        from crisiswire.storing.sqlite import Sqlite

        return Sqlite.of(address)
    if address.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        from crisiswire.storing.postgres import Postgres

        return Postgres(address)
    raise StoreError(
        f"{address.render_as_string()}: not a database that holds a store; give the path of "
        "a SQLite file, sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"
    )


def _parsed(url: str | Path) -> URL:
    if isinstance(url, Path) or "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"store URL: {error}") from error
