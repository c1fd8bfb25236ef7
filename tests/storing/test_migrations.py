"""The tables are made, brought up and brought down by the migrations."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from crisiswire.errors import StoreError, StoreReadOnly, StoreVersion
from crisiswire.storing import EventQuery, Store, open_store, schema
from crisiswire.storing.backends import backend_of
from crisiswire.storing.tables import Base
from helpers import Cli

from .samples import article, event, party, place

REVISIONS = [
    script.revision
    for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()
    if script.revision != schema.HEAD
]
NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9000", "{head}"
def upgrade():
    with op.batch_alter_table("events") as batch:
        batch.add_column(sa.Column("note", sa.Text))
        batch.alter_column("mode", new_column_name="way")
    {end}
"""
HEAD = schema.HEAD
SEARCH = ("event_search", "ix_events_search", "article_search", "ix_articles_search")


def test_the_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda thing, name, kind, *_: (
                    not name.startswith((*SEARCH, schema.VERSION_TABLE))
                )
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_version_in_the_code_is_the_last_migration() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    assert scripts.get_current_head() == schema.HEAD


def test_down_and_up_again(url: str) -> None:
    with open_store(url) as store:
        store.save(article(), [event()])
    backend = backend_of(url)
    with backend.migrating() as connection:
        schema.downgrade(connection, "base")
    with backend.engine.connect() as connection:
        assert inspect(connection).get_table_names() == [schema.VERSION_TABLE]
    backend.engine.dispose()
    with open_store(url) as store:
        assert store.counts().articles == 0
        store.save(article(), [event()])
        assert store.event("event-1") is not None


@contextmanager
def at(url: str, revision: str) -> Iterator[Connection]:
    """A store whose tables were brought, up or down, to ``revision``."""
    backend = backend_of(url)
    backend.prepare(create=True)
    with backend.migrating() as connection:
        if schema.revision(connection) is None:
            schema.upgrade(connection, revision)
        else:
            schema.downgrade(connection, revision)
    with backend.engine.connect() as connection:
        yield connection
    backend.engine.dispose()


def described(connection: Connection) -> list[tuple[str, ...]]:
    """Every table, column, index, trigger and function of the store, in words."""
    if connection.dialect.name == "sqlite":
        statements = [
            'SELECT m.name, c.name, c.type, c."notnull", c.pk FROM sqlite_master m '
            "JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type != 'table'",
        ]
    else:
        statements = [
            "SELECT table_name, column_name, data_type, is_nullable, collation_name, "
            "generation_expression FROM information_schema.columns "
            "WHERE table_schema = current_schema",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema",
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = current_schema::regnamespace",
            "SELECT pg_get_functiondef(oid) FROM pg_proc "
            "WHERE pronamespace = current_schema::regnamespace",
        ]
    rows = [row for statement in statements for row in connection.execute(text(statement))]
    return sorted(tuple(map(str, row)) for row in rows)


def emptied(url: str) -> None:
    """Take every table of the store away."""
    with at(url, "base") as connection:
        connection.execute(text(f"DROP TABLE {schema.VERSION_TABLE}"))
        connection.commit()


@pytest.mark.parametrize("revision", REVISIONS)
def test_tables_brought_down_are_as_they_were_made_then(url: str, revision: str) -> None:
    open_store(url).close()
    with at(url, revision) as connection:
        down = described(connection)
    emptied(url)
    with at(url, revision) as connection:
        assert described(connection) == down


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_store_of_any_version_is_brought_up_with_what_it_holds(url: str, revision: str) -> None:
    told = article(title="Aid", text="Grain for the coast. " * 9, masked=((0, 5),), outlet="One")
    second = event(event_id="event-2", sentence=1)
    first = event(contexts=("military",), place=place("VEN"), actors=(party("RUS", "MIL"),))
    with open_store(url) as store:
        assert store.upgraded is None
        store.save(told, [first, second])
        with store.engine.connect() as connection:
            fresh = described(connection)
    with at(url, revision):
        pass
    with open_store(url) as store:
        assert store.upgraded is not None
        assert (store.upgraded.before, store.upgraded.after) == (revision, schema.HEAD)
        assert store.article("a") == told
        assert [one.event for one in store.events()] == [
            first,
            event(event_id="event-2", sentence=1),
        ]
        for query in (EventQuery(text="aid"), EventQuery(search="grain -wheat")):
            assert len(list(store.events(query))) == 2
        assert len(store.search("grain aid").items) == 1
        store.save(article("b", text="Wheat came."), [event("b", "event-3")])
        assert [one.article.id for one in store.search("wheat").items] == ["b"]
        with store.engine.connect() as connection:
            assert described(connection) == fresh
    with open_store(url) as store:
        assert store.upgraded is None


def test_a_store_of_a_newer_version_is_refused_and_left_alone(url: str) -> None:
    with open_store(url) as store:
        store.save(article(), [event()])
        with store.engine.begin() as connection:
            connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'"))
            before = described(connection)
    for create in (True, False):
        with pytest.raises(StoreVersion, match=r"newer.*9999.*left as it is.*upgrade crisiswire"):
            open_store(url, create=create)
    backend = backend_of(url)
    with backend.engine.connect() as connection:
        assert described(connection) == before
        assert connection.scalar(text("SELECT count(*) FROM events")) == 1
    backend.engine.dispose()


class TestCopy:
    """A SQLite store is copied before its tables are changed."""

    def test_the_copy_is_the_store_as_it_was(self, path: Path) -> None:
        with at(str(path), REVISIONS[0]) as connection:
            before = described(connection)
        with open_store(path) as store:
            assert store.upgraded is not None
            copy = store.upgraded.copy
        assert copy == path.with_name(f"events.db.{REVISIONS[0]}.bak")
        assert str(copy) in str(store.upgraded)
        assert sorted(path.parent.iterdir()) == [path, copy]
        backend = backend_of(copy)
        with backend.engine.connect() as connection:
            assert described(connection) == before
        backend.engine.dispose()
        assert rows(copy) == [1, 1, 2]

    def test_an_older_copy_is_kept(self, path: Path) -> None:
        for _ in range(2):
            with at(str(path), REVISIONS[0]):
                pass
            open_store(path).close()
        names = {one.name for one in path.parent.iterdir()} - {path.name}
        assert names == {f"events.db.{REVISIONS[0]}{end}" for end in (".bak", ".bak.2")}

    def test_without_a_copy_nothing_is_changed(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with at(str(path), REVISIONS[0]) as connection:
            before = described(connection)

        def full(self: Path, target: Path) -> Path:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", full)
            with pytest.raises(StoreError, match=r"events.db.*No space.*make 1 MB of space"):
                open_store(path)
        assert list(path.parent.iterdir()) == [path]
        backend = backend_of(path)
        with backend.engine.connect() as connection:
            assert described(connection) == before
        backend.engine.dispose()

    def test_commands_tell_of_it(self, path: Path, cli: Cli) -> None:
        with at(str(path), REVISIONS[0]):
            pass
        result = cli("events", "--store", path, "--format", "jsonl")
        assert (result.status, len(result.out.splitlines())) == (0, 1)
        assert f"from tables {REVISIONS[0]} to {schema.HEAD}" in result.err
        assert f"kept in {path}.{REVISIONS[0]}.bak" in result.err
        assert cli("events", "--store", path).err == ""


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The migrations, with one more that each test writes."""
    copy = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copy)
    monkeypatch.setattr(schema, "MIGRATIONS", copy)
    monkeypatch.setattr(schema, "HEAD", "9000")
    return copy / "versions" / "9000_next.py"


def columns(path: Path) -> list[str]:
    backend = backend_of(path)
    with backend.engine.connect() as connection:
        found = [column["name"] for column in inspect(connection).get_columns("events")]
    backend.engine.dispose()
    return found


def rows(path: Path) -> list[int]:
    backend = backend_of(path)
    with backend.engine.connect() as connection:
        found = [
            connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0
            for table in ("articles", "events", "parties")
        ]
    backend.engine.dispose()
    return found


def test_an_older_store_is_brought_up_on_opening(path: Path, newer: Path) -> None:
    newer.write_text(NEXT.format(head=HEAD, end=""))
    open_store(path).close()
    assert {"note", "way"} <= set(columns(path))
    assert rows(path) == [1, 1, 2]


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path, newer: Path) -> None:
    newer.write_text(NEXT.format(head=HEAD, end='op.execute("SELECT * FROM nowhere")'))
    before = columns(path)
    with pytest.raises(StoreError, match=r"opening the store failed.*nowhere"):
        open_store(path)
    assert columns(path) == before
    assert rows(path) == [1, 1, 2]
    assert list(path.parent.iterdir()) == [path]


def test_an_older_store_that_may_not_be_written(path: Path, newer: Path) -> None:
    newer.write_text(NEXT.format(head=HEAD, end=""))
    with pytest.raises(StoreReadOnly, match=r"older.*open it once where it can be written"):
        open_store(f"sqlite:///{path}?mode=ro")


def test_alembic_is_not_needed_to_open_a_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("migrated")

    monkeypatch.setattr(schema, "_config", forbidden)
    with open_store(path) as store:
        assert store.counts().events == 1


def test_threads_may_make_stores_at_once(tmp_path: Path) -> None:
    def made(number: int) -> int:
        with open_store(tmp_path / f"{number}.db") as store:
            store.save(article(), [event()])
            return store.counts().events

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(made, range(8))) == [1] * 8
