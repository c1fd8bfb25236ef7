"""Several processes write at once, and a writer is killed at any moment."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from crisiswire.storing import EventQuery, open_store

from .writers import EVENTS, write, write_forever

SPAWN = multiprocessing.get_context("spawn")
MINUTE = 60


def test_two_processes_write_beside_each_other(url: str) -> None:
    """They even make the store at the same time."""
    writers = [SPAWN.Process(target=write, args=(url, name, 200)) for name in ("left", "right")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(MINUTE)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with open_store(url) as store:
        counts = store.counts()
        assert (counts.articles, counts.events) == (400, 400 * EVENTS)
        found = [stored.event.event_id for stored in store.events()]
        assert len(set(found)) == len(found) == 400 * EVENTS


def test_one_article_written_by_two_processes_stands_once(url: str) -> None:
    writers = [SPAWN.Process(target=write, args=(url, "same", 30)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(MINUTE)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with open_store(url) as store:
        assert (store.counts().articles, store.counts().events) == (30, 30 * EVENTS)


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_writer_leaves_whole_articles(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "events.db"
    reading, writing = SPAWN.Pipe(duplex=False)
    writer = SPAWN.Process(target=write_forever, args=(str(path), "a", writing))
    writer.start()
    writing.close()
    assert reading.poll(MINUTE)
    time.sleep(random.Random(seed).uniform(0, 0.15))
    writer.kill()
    writer.join(MINUTE)
    saved = set()
    try:
        while True:
            saved.add(reading.recv())
    except (EOFError, OSError):  # the pipe's end, or a report cut in two
        reading.close()
    assert saved

    with open_store(path) as store:
        articles = {article.id for article in store.articles()}
        assert saved <= articles
        found = [stored.event for stored in store.events(EventQuery(text="aid"))]
        assert {event.document_id for event in found} == articles
        assert len(found) == store.counts().events == len(articles) * EVENTS
        assert all(event.actors[0].sectors == ("MIL", "GOV") for event in found)
        store.save(next(store.articles()), [])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO event_search(event_search) VALUES ('integrity-check')")
