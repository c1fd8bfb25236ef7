"""The store in a SQLite file."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    column,
    create_engine,
    event,
    inspect,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.pool import NullPool, Pool, QueuePool

from crisiswire.errors import StoreError, StoreLocked, StoreReadOnly
from crisiswire.storing.backends import Field
from crisiswire.storing.searching import AllOf, AnyOf, Search, Term
from crisiswire.storing.tables import ArticleRow, EventRow

BUSY_TIMEOUT = 10.0  # seconds
_SMALLEST = 512  # bytes of a database that is not empty
_CACHE = 16_000  # KiB of the file that a connection keeps in memory
_LITTLE = 1_000_000  # bytes without which SQLite cannot even make the files that it reads with
_WRITES = "crisiswire_writes"
_EFFECTIVE = os.access in os.supports_effective_ids
_ELSEWHERE = "change its permissions or choose another store (CRISISWIRE_STORE)"
_SEARCHED: dict[Field, tuple[str, InstrumentedAttribute[int]]] = {
    "sentence": ("event_search", EventRow.pk),
    "article": ("article_search", ArticleRow.pk),
}
_WAL_WRITE_LOCK = 120  # the byte of the -shm file that a writer locks (SQLite file format)


class Sqlite:
    """A SQLite file at ``path``. ``timeout`` in seconds: how long a writer waits for another."""

    def __init__(self, path: Path, timeout: float, readonly: bool) -> None:
        self.path = path
        self.timeout = timeout
        self.readonly = readonly or (path.exists() and not _may_write(path))
        self._watch = threading.Lock()
        self._watcher: sqlite3.Connection | None = None

    @classmethod
    def of(cls, url: URL) -> Sqlite:
        """The file that ``url`` names; options ``mode=ro`` and ``timeout=SECONDS``."""
        if not url.database or url.database == ":memory:":
            raise StoreError("SQLite in memory keeps nothing; give the path of a file")
        options = dict(url.query)
        mode, timeout = options.pop("mode", None), options.pop("timeout", str(BUSY_TIMEOUT))
        if options or mode not in (None, "ro", "rw"):
            raise StoreError(f"{url}: the options are mode=ro and timeout=SECONDS")
        try:
            return cls(Path(url.database).absolute(), float(str(timeout)), mode == "ro")
        except ValueError as error:
            raise StoreError(f"{url}: timeout must be a number of seconds") from error

    @property
    def place(self) -> str:
        return str(self.path)

    @property
    def url(self) -> URL:
        options = {"timeout": str(self.timeout), "mode": "ro" if self.readonly else "rw"}
        return URL.create("sqlite", database=str(self.path), query=options)

    @cached_property
    def engine(self) -> Engine:
        # A reader of a store that it may not write decides anew at each connection
        # how it can be read, so connections are not kept.
        return self._engine(NullPool if self.readonly else QueuePool, foreign_keys=True)

    def reading(self) -> Engine:
        return self.engine

    def writing(self) -> Engine:
        return self.engine.execution_options(**{_WRITES: True})

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        self._use_wal()
        # Foreign keys are off so that a migration that rebuilds a table does not
        # delete the rows that depend on it.
        engine = self._engine(NullPool, foreign_keys=False)
        with engine.execution_options(**{_WRITES: True}).begin() as connection:
            yield connection

    def keep_copy(self, revision: str) -> Path:
        copy = _free(self.path.with_name(f"{self.path.name}.{revision}.bak"))
        part = copy.with_name(f"{copy.name}.part")
        try:
            with closing(self._connect()) as source, closing(sqlite3.connect(part)) as target:
                source.backup(target)
            part.replace(copy)
        except (sqlite3.Error, OSError) as error:
            part.unlink(missing_ok=True)
            raise StoreError(
                f"{self.path}: holds tables of an older crisiswire and cannot be copied to {copy} "
                f"before they are changed ({error}); nothing was changed; make "
                f"{_megabytes(self.path)} MB of space in {self.path.parent}"
            ) from error
        return copy

    def state(self) -> str:
        # The pragma's number changes when another connection writes; this one never does.
        with self._watch:
            if self._watcher is None:
                self._watcher = self._connect()
            return str(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        with self._watch:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self.engine.dispose()

    def lock_article(self, connection: Connection, article_id: str) -> None:
        """Nothing to do: a transaction that writes holds the whole file."""

    def strangers(self, connection: Connection) -> list[str]:
        return inspect(connection).get_table_names()

    def matching(self, search: Search, field: Field, frequent: bool) -> ColumnElement[bool]:
        name, key = _SEARCHED[field]
        index = table(name, column("rowid"))
        matches = literal_column(name).op("MATCH")(literal(_expression(search)))
        found = select(index.c.rowid).where(matches)
        if frequent:
            return found.where(index.c.rowid == key).correlate(key.parent).exists()
        return key.in_(found)

    def prepare(self, *, create: bool) -> None:
        if self.path.is_dir():
            raise StoreError(f"{self.path}: is a folder; give the path of a file in it")
        if self.path.exists():
            if not os.access(self.path, os.R_OK, effective_ids=_EFFECTIVE):
                raise StoreError(f"{self.path}: may not be read; change its permissions")
            # SQLite itself takes a file of a few bytes for an empty database. The file must not be
            # opened here to look: to close it again would take away the locks of all this
            # process's connections to it.
            if 0 < self.path.stat().st_size < _SMALLEST:
                raise StoreError(self._no_database())
        elif not create or self.readonly:
            raise StoreError(f"{self.path}: no such store; code articles into it first")
        else:
            self._make_folder(self.path.parent)

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            refused = isinstance(error, PermissionError) or error.errno == errno.EROFS
            kind = StoreReadOnly if refused else StoreError
            raise kind(f"{folder}: cannot be made ({error.strerror}); {_ELSEWHERE}") from error
        if not _writable(folder):
            raise StoreReadOnly(f"{folder}: may not be written; {_ELSEWHERE}")

    def failure(self, error: BaseException, action: str) -> StoreError:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        match code:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return StoreLocked(self._locked_message(action))
            case sqlite3.SQLITE_READONLY:
                return StoreReadOnly(
                    f"{self.path}: {action} failed, the file or its folder may not be written; "
                    f"{_ELSEWHERE}"
                )
            case sqlite3.SQLITE_FULL:
                return StoreError(self._full_message(action))
            case sqlite3.SQLITE_IOERR:
                if shutil.disk_usage(self.path.parent).free < _LITTLE:
                    return StoreError(self._full_message(action))
                return StoreError(
                    f"{self.path}: {action} failed, the disk refuses ({error}); what was saved "
                    "before is whole; look at the disk's health and rights, then do it again"
                )
            case sqlite3.SQLITE_NOTADB:
                return StoreError(self._no_database())
            case sqlite3.SQLITE_CORRUPT:
                return StoreError(
                    f"{self.path}: {action} failed, the file is damaged ({error}); put back a "
                    "copy, or save what can be read with: sqlite3 FILE .recover"
                )
            case sqlite3.SQLITE_CANTOPEN if self.readonly:
                return StoreReadOnly(
                    f"{self.path}: was not closed by its last writer and its folder may not be "
                    "written; copy the file and its -wal file to another folder and open it there"
                )
        return StoreError(f"{self.path}: {action} failed ({error})")

    def _engine(self, pool: type[Pool], *, foreign_keys: bool) -> Engine:
        engine = create_engine(
            "sqlite+pysqlite://", creator=lambda: self._connect(foreign_keys), poolclass=pool
        )
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self, foreign_keys: bool = True) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(self.path))}?{self._mode()}",
            uri=True,
            timeout=self.timeout,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _mode(self) -> str:
        if not self.readonly:
            return "mode=rwc"
        wal, index = (self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))
        # Reading in WAL mode needs those two files. Where no writer has made them
        # and we may not, the file alone is the whole store and stands still.
        alone = not wal.exists() or (not index.exists() and wal.stat().st_size == 0)
        return "mode=ro&immutable=1" if alone else "mode=ro"

    def _use_wal(self) -> None:
        """Switch the file to WAL. SQLite does not wait by itself for the lock on this."""
        deadline = time.monotonic() + self.timeout
        connection = self._connect()
        try:
            while True:
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                    return
                except sqlite3.OperationalError as error:
                    busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                    if not busy or time.monotonic() > deadline:
                        raise self.failure(error, "opening the store") from error
                    time.sleep(0.02)
        finally:
            connection.close()

    def _no_database(self) -> str:
        return f"{self.path}: is not a SQLite database; give another path"

    def _full_message(self, action: str) -> str:
        return (
            f"{self.path}: {action} failed, no space is left in {self.path.parent}; nothing of "
            "this was written, what was saved before is whole; free space there and do it again"
        )

    def _locked_message(self, action: str) -> str:
        holder = _writer_of(self.path)
        who = f"process {holder} has" if holder else "another process has"
        return (
            f"{self.path}: {action} waited {self.timeout:g} s, but {who} it locked for writing; "
            "let that process finish or stop it, then do it again"
        )


def _expression(search: Search) -> str:
    """A search in the language of FTS5; every word stands in quotes."""
    match search:
        case Term():
            return '"{}"{}'.format(search.words, "*" if search.prefix else "")
        case AnyOf():
            return f"({' OR '.join(map(_expression, search.parts))})"
        case AllOf():
            wanted = f"({' AND '.join(map(_expression, search.parts))})"
            if not search.without:
                return wanted
            return f"({wanted} NOT {_expression(AnyOf(search.without))})"


def _begin(connection: Connection) -> None:
    """Open the transaction ourselves: the driver would not put DDL into one, and a
    writer must take the lock first, as a reader that turns writer cannot wait for it."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _free(path: Path) -> Path:
    """``path``, or with a number behind it where there is such a file already."""
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(2))
    return next(one for one in chain([path], numbered) if not one.exists())


def _megabytes(path: Path) -> int:
    """Room that a copy of a file and the change of it need."""
    return 3 * path.stat().st_size // 1_000_000 + 1


def _may_write(path: Path) -> bool:
    return _writable(path) and _writable(path.parent)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=_EFFECTIVE)


def _writer_of(path: Path) -> str | None:
    """Id and name of the process that holds the write lock, where Linux tells it."""
    try:
        inode = path.with_name(path.name + "-shm").stat().st_ino
        locks = Path("/proc/locks").read_text()
    except OSError:
        return None
    for line in locks.splitlines():
        # 1: POSIX ADVISORY WRITE 4711 fd:00:123456 120 120
        fields = line.split()
        if len(fields) != 8 or fields[3] != "WRITE" or not fields[5].endswith(f":{inode}"):
            continue
        if int(fields[4]) > 0 and int(fields[6]) <= _WAL_WRITE_LOCK and fields[7] != "EOF":
            try:
                name = Path(f"/proc/{fields[4]}/comm").read_text().strip()
            except OSError:
                return fields[4]
            return f"{fields[4]} ({name})"
    return None
