"""The store in a PostgreSQL database (driver psycopg 3, extra ``postgres``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Text,
    cast,
    create_engine,
    func,
    inspect,
    literal_column,
    select,
)

from crisiswire.errors import StoreError, StoreLocked, StoreReadOnly
from crisiswire.storing.backends import Field
from crisiswire.storing.searching import AllOf, AnyOf, Search, Term
from crisiswire.storing.tables import Base, EventRow

LOCK_TIMEOUT = 10  # seconds
_SCHEMA_LOCK = 0x63726973  # "cris": the advisory lock of whoever migrates
_CONFIGURATION: ColumnElement[str] = literal_column("'simple'::regconfig")  # as in the search index
_ARTICLE_WORDS: ColumnElement[Any] = literal_column("articles.article_search")


class Postgres:
    """A PostgreSQL database; the tables stand in the first schema of its search path."""

    readonly = False

    def __init__(self, url: URL) -> None:
        options = f"-c lock_timeout={LOCK_TIMEOUT}s {url.query.get('options', '')}".strip()
        self.url = url.set(drivername="postgresql+psycopg").update_query_dict({"options": options})

    @property
    def place(self) -> str:
        return f"PostgreSQL {self.url.database} on {self.url.host or 'this machine'}"

    @cached_property
    def engine(self) -> Engine:
        try:
            return create_engine(self.url, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"{self.place}: needs the driver psycopg; pip install 'crisiswire[postgres]'"
            ) from error

    def reading(self) -> Engine:
        # Events and their parts are read by several statements: all must see one state.
        return self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def writing(self) -> Engine:
        return self.engine

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
            yield connection

    def prepare(self, *, create: bool) -> None:
        """Nothing to do: the database is there, or connecting says why not."""

    def keep_copy(self, revision: str) -> None:
        """Nothing: who keeps the database makes its copies."""

    def state(self) -> str:
        with self.engine.connect() as connection:
            return str(connection.scalar(select(cast(func.pg_current_snapshot(), Text))))

    def close(self) -> None:
        self.engine.dispose()

    def lock_article(self, connection: Connection, article_id: str) -> None:
        digest = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8)
        key = int.from_bytes(digest.digest(), "big", signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(key)))

    def strangers(self, connection: Connection) -> list[str]:
        # Others may use the database too; only tables of our names are in the way.
        present = inspect(connection).get_table_names()
        return [name for name in present if name in Base.metadata.tables]

    def matching(self, search: Search, field: Field, frequent: bool) -> ColumnElement[bool]:  # noqa: ARG002
        if field == "article":
            return _ARTICLE_WORDS.bool_op("@@")(_tsquery(search))
        # Exactly the expression of the index.
        words = func.to_tsvector(_CONFIGURATION, func.crisiswire_words(EventRow.evidence_text))
        return words.bool_op("@@")(_tsquery(search))

    def failure(self, error: BaseException, action: str) -> StoreError:
        state = getattr(error, "sqlstate", None) or ""
        reason = " ".join(str(error).split())
        if state in ("55P03", "40P01"):
            return StoreLocked(
                f"{self.place}: {action} waited too long for another session's lock; let "
                "that session finish (pg_stat_activity shows it), then do it again"
            )
        if state in ("25006", "42501"):
            return StoreReadOnly(
                f"{self.place}: {action} failed, it may not be written ({reason}); ask for the "
                "right to write or choose another store (CRISISWIRE_STORE)"
            )
        if state == "53100":
            return StoreError(
                f"{self.place}: {action} failed, no space is left in the database's folder; this "
                "was not written, what was saved before is whole; free space and do it again"
            )
        return StoreError(f"{self.place}: {action} failed ({reason})")


def _tsquery(search: Search) -> ColumnElement[Any]:
    match search:
        case Term():
            return _phrase(search)
        case AnyOf():
            return _joined("||", search.parts)
        case AllOf():
            wanted = _joined("&&", search.parts)
            if not search.without:
                return wanted
            return wanted.op("&&")(func.tsquery_not(_joined("||", search.without)))


def _joined(operator: str, parts: Sequence[Search]) -> ColumnElement[Any]:
    first, *rest = map(_tsquery, parts)
    for part in rest:
        first = first.op(operator)(part).self_group()
    return first


def _phrase(term: Term) -> ColumnElement[Any]:
    if not term.prefix:
        return func.phraseto_tsquery(_CONFIGURATION, func.crisiswire_words(term.words))
    *first, last = term.words.split()
    begun = func.to_tsquery(_CONFIGURATION, func.concat("'", func.crisiswire_words(last), "':*"))
    if not first:
        return begun
    words = func.phraseto_tsquery(_CONFIGURATION, func.crisiswire_words(" ".join(first)))
    return func.tsquery_phrase(words, begun)
