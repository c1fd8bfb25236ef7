"""The tables are made, brought up and brought down by the migrations."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from crisiswire.errors import StoreError, StoreReadOnly
from crisiswire.storing import Store, open_store, schema
from crisiswire.storing.backends import backend_of
from crisiswire.storing.tables import Base

from .samples import article, event

NEXT = {"head": schema.HEAD, "next": f"{int(schema.HEAD) + 1:04}"}
SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{next}", "{head}"
def upgrade():
    with op.batch_alter_table("events") as batch:
        batch.add_column(sa.Column("note", sa.Text))
        batch.alter_column("mode", new_column_name="way")
    {end}
"""


def test_the_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda thing, name, kind, *_: (
                    not name.startswith(("event_search", "ix_events_search", "crisiswire_version"))
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


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The migrations, with one more that each test writes."""
    copy = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copy)
    monkeypatch.setattr(schema, "MIGRATIONS", copy)
    monkeypatch.setattr(schema, "HEAD", NEXT["next"])
    return copy / "versions" / f"{NEXT['next']}_next.py"


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
    newer.write_text(SECOND.format(**NEXT, end=""))
    open_store(path).close()
    assert {"note", "way"} <= set(columns(path))
    assert rows(path) == [1, 1, 2]


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path, newer: Path) -> None:
    newer.write_text(SECOND.format(**NEXT, end='op.execute("SELECT * FROM nowhere")'))
    before = columns(path)
    with pytest.raises(StoreError, match=r"opening the store failed.*nowhere"):
        open_store(path)
    assert columns(path) == before
    assert rows(path) == [1, 1, 2]


def test_an_older_store_that_may_not_be_written(path: Path, newer: Path) -> None:
    newer.write_text(SECOND.format(**NEXT, end=""))
    with pytest.raises(StoreReadOnly, match=r"older.*open it once where it can be written"):
        open_store(f"sqlite:///{path}?mode=ro")


def test_alembic_is_not_needed_to_open_a_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("migrated")

    monkeypatch.setattr(schema, "_config", forbidden)
    with open_store(path) as store:
        assert store.counts().events == 1
