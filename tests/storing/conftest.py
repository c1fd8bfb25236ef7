"""Stores to test with: SQLite always, PostgreSQL when a URL is given."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from crisiswire.storing import Store, open_store

POSTGRES = "CRISISWIRE_TEST_POSTGRES"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a place without a store, in each database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'events.db'}"
        return
    address = os.environ.get(POSTGRES)
    if not address:
        pytest.skip(f"set {POSTGRES} to a PostgreSQL URL to run this")
    from sqlalchemy import create_engine, make_url, text

    base = make_url(address).set(drivername="postgresql+psycopg")
    schema = f"test_{uuid.uuid4().hex}"
    engine = create_engine(base)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    named = base.update_query_dict({"options": f"-c search_path={schema}"})
    yield named.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store in each database."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a SQLite store that holds one article with one event."""
    from .samples import article, event

    path = tmp_path / "folder" / "events.db"
    with open_store(path) as opened:
        opened.save(article(), [event()])
    return path
