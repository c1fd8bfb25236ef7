"""Stores to test with: in SQLite, and in PostgreSQL where it can be had.

The PostgreSQL is that of ``CRISISWIRE_TEST_POSTGRES`` (a URL), else a server that is made for
the tests and thrown away; see ``scripts/postgres.py``. Tests that lack it are skipped, and the
summary of the tests says so.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from scripts.postgres import Unavailable, running
from sqlalchemy import create_engine, make_url, text

from crisiswire.storing import Store, open_store

POSTGRES = "CRISISWIRE_TEST_POSTGRES"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL database in which the tests may make schemas."""
    pytest.importorskip(
        "psycopg", reason="not tested with PostgreSQL: no driver; pip install 'psycopg[binary]'"
    )
    address = os.environ.get(POSTGRES)
    if address:
        yield address
        return
    with ExitStack() as stack:
        try:
            found = stack.enter_context(running())
        except Unavailable as error:
            pytest.skip(f"not tested with PostgreSQL: {error}")
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a place without a store, in each database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'events.db'}"
        return
    base = make_url(request.getfixturevalue("server")).set(drivername="postgresql+psycopg")
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
