"""What can go wrong with a SQLite file, and what the user is told."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from crisiswire.errors import StoreError, StoreLocked, StoreReadOnly, StoreVersion
from crisiswire.storing import EventQuery, Store, open_store
from helpers import ROOT

from .samples import article, event


@contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Hold the write lock of a store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """A store in a folder that this process may not write, as any user but root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "folder"
        with open_store(folder / "events.db") as store:
            store.save(article(), [event()])
        Path(name).chmod(0o755)
        folder.chmod(0o555)
        (folder / "events.db").chmod(0o444)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield folder / "events.db"
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def assert_only_readable(store: Store) -> None:
    assert store.readonly
    assert [stored.event for stored in store.events(EventQuery(text="aid"))] == [event()]
    with pytest.raises(StoreReadOnly, match=r"saving article b.*CRISISWIRE_STORE"):
        store.save(article("b"), [])
    with pytest.raises(StoreReadOnly, match="deleting article a"):
        store.delete_article("a")
    assert store.counts().articles == 1


class TestSettings:
    def test_a_store_writes_ahead_waits_and_keeps_its_references(self, path: Path) -> None:
        with open_store(path) as store, store.engine.connect() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
            }
        normal = 1
        assert found == {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "busy_timeout": 10_000,
            "synchronous": normal,
        }

    def test_search_ignores_accents(self, path: Path) -> None:
        accented = event(event_id="x", sentence_text="Juan Guaidó spoke in Bogotá.")
        with open_store(path) as store:
            store.save(article(), [accented])
            for text in ("guaido bogota", "GUAIDÓ"):
                assert [found.event for found in store.events(EventQuery(text=text))] == [accented]


class TestLocked:
    def test_a_locked_store_names_who_and_what_to_do(self, path: Path) -> None:
        with open_store(f"sqlite:///{path}?timeout=0.05") as store:
            with write_lock(path), pytest.raises(StoreLocked) as caught:
                store.save(article("b"), [])
            assert str(path) in str(caught.value)
            assert "waited 0.05 s" in str(caught.value)
            if sys.platform == "linux":
                assert f"process {os.getpid()}" in str(caught.value)
            store.save(article("b"), [])
            assert store.counts().articles == 2

    def test_a_locked_store_can_be_read(self, path: Path) -> None:
        with open_store(path) as store, write_lock(path):
            assert store.counts().events == 1
            with open_store(path) as other:
                assert other.event("event-1") is not None


class TestReadOnly:
    def test_asked_for_by_url(self, path: Path) -> None:
        with open_store(f"sqlite:///{path}?mode=ro") as store:
            assert_only_readable(store)

    def test_a_file_and_folder_that_may_not_be_written(self, unwritable: Path) -> None:
        with open_store(unwritable) as store:
            assert_only_readable(store)
        assert list(unwritable.parent.iterdir()) == [unwritable]

    def test_no_store_can_be_made_in_such_a_folder(self, unwritable: Path) -> None:
        for path in (unwritable.with_name("new.db"), unwritable.parent / "deeper" / "new.db"):
            with pytest.raises(StoreReadOnly, match=r"folder.*CRISISWIRE_STORE"):
                open_store(path)

    def test_what_a_live_writer_saves_is_seen(self, path: Path) -> None:
        with open_store(path) as writer:
            writer.save(article("b"), [])
            with open_store(f"sqlite:///{path}?mode=ro") as reader:
                assert reader.counts().articles == 2
                writer.save(article("c"), [])
                assert reader.counts().articles == 3

    def test_what_a_crashed_writer_left_is_not_passed_over(self, path: Path) -> None:
        left = path.parent.parent / "left"
        with open_store(path) as writer:
            writer.save(article("b"), [])
            left.mkdir()
            for suffix in ("", "-wal"):
                shutil.copy(f"{path}{suffix}", left)
        with open_store(left / path.name) as store:
            assert store.counts().articles == 2

    def test_a_missing_file_is_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="no such store"):
            open_store(f"sqlite:///{tmp_path / 'new.db'}?mode=ro")
        assert list(tmp_path.iterdir()) == []


class TestDamaged:
    @pytest.mark.parametrize("content", [b"not a database" * 100, b"\x00" * 5000, b"x"])
    def test_a_file_that_is_no_database(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "notes.txt"
        path.write_bytes(content)
        with pytest.raises(StoreError, match=r"notes.txt.*not a SQLite database"):
            open_store(path)
        assert path.read_bytes() == content

    def test_a_damaged_store(self, path: Path) -> None:
        with open_store(path) as store:
            store.save(article("b", text="long " * 20_000), [])
        content = path.read_bytes()
        path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
        with pytest.raises(StoreError, match=r"events.db.*damaged.*recover"), open_store(path) as s:
            list(s.events())

    def test_a_database_that_others_made_is_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "places.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE bookmarks (url)")
        before = path.read_bytes()
        with pytest.raises(StoreError, match=r"places.sqlite.*bookmarks"):
            open_store(path)
        assert path.read_bytes() == before

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="is a folder"):
            open_store(tmp_path)

    def test_an_empty_file_becomes_a_store(self, tmp_path: Path) -> None:
        (tmp_path / "empty.db").touch()
        with open_store(tmp_path / "empty.db") as store:
            assert store.counts().articles == 0

    def test_a_newer_store(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE crisiswire_version SET version_num = '9999'")
        with pytest.raises(StoreVersion, match=r"events.db.*newer.*9999.*upgrade"):
            open_store(path)


def test_a_full_disk_keeps_what_was_saved(path: Path) -> None:
    with open_store(path) as store:
        with store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(StoreError) as caught:
            store.save(article("b", text="x" * 100_000), [event("b", "event-2")])
        message = str(caught.value)
        assert str(path.parent) in message
        assert "article b" in message
        assert "nothing of this was written" in message
        assert store.article("b") is None
        assert store.event("event-2") is None
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        store.save(article("b", text="x" * 100_000), [event("b", "event-2")])
        assert store.counts().events == 2


@pytest.mark.parametrize("name", ["with space.db", "100%.db", "Größe#1?.db", "x%20y.db"])
def test_any_file_name(tmp_path: Path, name: str) -> None:
    with open_store(tmp_path / name) as store:
        store.save(article(), [event()])
    assert (tmp_path / name).is_file()
    with open_store(tmp_path / name, create=False) as store:
        assert store.counts().events == 1


def test_opened_twice_in_one_process_it_keeps_its_locks(path: Path) -> None:
    # Whoever finds no lock takes itself for the last reader and takes the log away as it leaves.
    come = "import sys; from crisiswire.storing import open_store; open_store(sys.argv[1]).close()"
    with open_store(path) as store:
        assert store.counts().articles == 1
        open_store(path).close()
        subprocess.run(
            [sys.executable, "-c", come, path],
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
        with open_store(path) as other:
            other.save(article("b"), [])
        assert store.counts().articles == 2
