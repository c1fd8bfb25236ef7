"""The version of a store's tables, and bringing an older store up to it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from crisiswire.errors import StoreError, StoreReadOnly, StoreVersion
from crisiswire.storing.backends import Backend
from crisiswire.storing.records import Upgrade

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "crisiswire_version"
HEAD = "0008"
_MIGRATING = threading.Lock()  # Alembic has one connection at a time for all threads


def revision(connection: Connection) -> str | None:
    """The revision of the tables, None where no store was made yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return found


def ensure_current(backend: Backend, *, create: bool) -> Upgrade | None:
    """Make the tables, or bring older ones up to :data:`HEAD`, in one transaction.

    A SQLite store is copied first. Gives what was brought up, None when nothing was.

    Raises StoreVersion for tables of a newer crisiswire, StoreReadOnly when they are
    older and may not be changed, StoreError for a database that others made or that
    is empty while ``create`` is False.
    """
    with backend.reading().connect() as connection:
        found = revision(connection)
        if found == HEAD:
            return None
        if found is None:
            _check_empty(backend, connection)
    if found is None and not create:
        raise StoreError(f"{backend.place}: holds no events yet; code articles into it first")
    if backend.readonly:
        raise StoreReadOnly(
            f"{backend.place}: holds tables of an older crisiswire ({found or 'none'}, not "
            f"{HEAD}), which may not be changed here; open it once where it can be written"
        )
    if found is not None and found not in _known_revisions():
        raise StoreVersion(
            f"{backend.place}: was made by a newer crisiswire (tables {found}, this one knows "
            f"{HEAD}) and was left as it is; pip install --upgrade crisiswire"
        )
    with backend.migrating() as connection:
        found = revision(connection)  # another process may have been quicker
        if found == HEAD:
            return None
        copy = None if found is None else backend.keep_copy(found)
        try:
            upgrade(connection)
        except BaseException:
            if copy is not None:
                copy.unlink()  # the transaction is undone: the store is still the same
            raise
    return None if found is None else Upgrade(found, HEAD, copy)


def upgrade(connection: Connection, target: str = "head") -> None:
    """Bring the tables up to revision ``target`` within the connection's transaction."""
    from alembic import command

    with _MIGRATING:
        command.upgrade(_config(connection), target)


def downgrade(connection: Connection, target: str) -> None:
    """Bring the tables down to revision ``target`` ("base": none), losing what it lacks."""
    from alembic import command

    with _MIGRATING:
        command.downgrade(_config(connection), target)


def _check_empty(backend: Backend, connection: Connection) -> None:
    strangers = [name for name in backend.strangers(connection) if name != VERSION_TABLE]
    if strangers:
        raise StoreError(
            f"{backend.place}: holds tables that crisiswire did not make "
            f"({', '.join(sorted(strangers)[:5])}); give another path or database"
        )


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _known_revisions() -> frozenset[str]:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config())
    return frozenset(script.revision for script in scripts.walk_revisions())
