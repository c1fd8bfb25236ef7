"""Hard days of a store in short; ``eval/store_trials.py`` has the long ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from eval.store_broken import Calm, calm, filled, killed, small_disk
from eval.store_mingled import damage, edition, mingled

from crisiswire.errors import StoreError
from crisiswire.storing import Store, open_store

ARTICLES = 60


def test_writers_and_readers_do_not_disturb_each_other(url: str) -> None:
    told = mingled(url, seconds=5)
    for toll in (*told.writers, *told.readers):
        assert toll.wrong == ()
        assert toll.done > 0
    assert told.wrong == ()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Calm:
    """An ingest that nobody disturbed."""
    return calm(tmp_path_factory.mktemp("calm"), ARTICLES, made=True)


def test_a_killed_ingest_taken_up_again_is_as_if_it_never_stopped(run: Calm, url: str) -> None:
    told = killed(url, run, kills=3, seed=7)
    assert len(told.kept) == 3
    assert told.same


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of twelve megabytes; SQLite's journal alone takes four."""
    try:
        with small_disk(tmp_path / "disk", 12_000) as folder:
            yield folder
    except PermissionError as error:
        pytest.skip(f"not tested on a full disk: {error}")


def fill(disk: Path, spare: int = 0) -> Path:
    """Leave ``spare`` bytes free."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - spare))
    return ballast


def test_an_ingest_onto_a_full_disk_says_so_and_can_be_taken_up(run: Calm, disk: Path) -> None:
    told = filled(disk, run, spare=1_050_000)
    assert told.status == 1
    assert f"{disk / 'events.db'}: " in told.message
    assert f"no space is left in {disk}" in told.message
    assert told.kept < ARTICLES
    assert told.same


def refused(disk: Path) -> pytest.RaisesExc[StoreError]:
    """Expects the error of a full disk."""
    return pytest.raises(StoreError, match=f"{disk}/events.db: .*no space is left in {disk};")


def test_a_store_on_a_full_disk(disk: Path) -> None:
    path = disk / "events.db"
    ballast = fill(disk)
    with refused(disk):
        open_store(path)
    ballast.unlink()
    with open_store(path) as store:
        store.save(*edition("a", 1))
    fill(disk)
    for create in (True, False):
        with refused(disk):
            open_store(path, create=create)
    ballast.unlink()
    with open_store(path) as store:
        store.save(*edition("b", 1))
        fill(disk)
        with refused(disk):
            save_until_full(store)
        kept = store.counts().articles
        assert kept >= 2
        ballast.unlink()
        store.save(*edition("z", 1))
        assert store.counts().articles == kept + 1
    assert damage(path) == []


def save_until_full(store: Store) -> None:
    """Save more than the disk can take."""
    for number in range(1000):
        store.save(*edition(f"c{number}", number))
