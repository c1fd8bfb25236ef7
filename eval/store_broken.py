"""An ingest that is killed, or that meets a full disk, and is taken up again."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from crisiswire.errors import StoreError
from crisiswire.model import Article, Event
from crisiswire.storing import EventQuery, open_store
from eval.store_mingled import DAY, FRESH, STATES, damage, edition

PACE = 0.005  # seconds that the made coder takes an article


class MadeCoder:
    """Stands in for the coder where only the store is tried: gives made events at once."""

    def __init__(self, *settings: object) -> None:
        pass

    def code_many(
        self,
        articles: Iterable[Article],
        jobs: int = 1,  # noqa: ARG002
    ) -> Iterator[tuple[Article, list[Event]]]:
        """Each article with four events that depend on its id alone."""
        for article in articles:
            time.sleep(PACE)
            yield article, edition(article.id, len(article.text))[1]

    def refusal(self, article: Article) -> None:
        """Every article is coded."""


@dataclass(frozen=True)
class Calm:
    """Reports in a file, whether a coder that is made up codes them, and the store that an
    undisturbed ingest makes of them."""

    source: Path
    made: bool
    store: Path
    articles: int

    def start(self, url: str, told: str | Path = os.devnull) -> ForkServerProcess:
        """Start ``crisiswire ingest`` into the store at ``url``; errors go into ``told``."""
        process = FRESH.Process(target=_ingest, args=(self.source, url, told, self.made))
        process.start()
        return process

    def finish(self, url: str) -> None:
        """Ingest to the end. Raises RuntimeError when that fails."""
        process = self.start(url)
        process.join()
        if process.exitcode:
            raise RuntimeError(f"an ingest into {url} ended with status {process.exitcode}")


def _ingest(source: Path, url: str, told: str | Path, made: bool) -> None:
    from crisiswire import pipeline
    from crisiswire.commands import main

    if made:
        pipeline.Coder = MadeCoder  # type: ignore[assignment, misc]
    sys.argv = ["crisiswire", "ingest", str(source), "--store", url, "--quiet"]
    with Path(told).open("w", encoding="utf-8") as sys.stderr, Path(os.devnull).open("w") as void:
        sys.stdout = void
        main()


def calm(folder: Path, articles: int, *, made: bool) -> Calm:
    """Write so many reports and ingest them in peace."""
    run = Calm(folder / "news.jsonl", made, folder / "calm.db", articles)
    _write_reports(run.source, articles)
    run.finish(str(run.store))
    return run


@dataclass(frozen=True)
class Killed:
    """How many articles were kept at each kill, and whether the store was the same in the end
    as that of the undisturbed run."""

    kept: tuple[int, ...]
    same: bool


def killed(url: str, run: Calm, *, kills: int, seed: int) -> Killed:
    """Kill an ingest into ``url`` at random moments, each later than the one before, let it end
    at last, and hold the store against that of the undisturbed run."""
    chance = random.Random(seed)
    moments = sorted(chance.uniform(0, run.articles) for _ in range(kills))
    kept = [_killed_at(run, url, moment, chance) for moment in moments]
    run.finish(url)
    return Killed(tuple(kept), contents(url) == contents(str(run.store)))


def _killed_at(run: Calm, url: str, moment: float, chance: random.Random) -> int:
    """Kill an ingest some moments after it has saved ``moment`` articles; how many it kept."""
    process = run.start(url)
    while process.is_alive() and _number(url) < moment:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.05))
    process.kill()
    process.join()
    return _number(url)


def _number(url: str) -> int:
    try:
        with open_store(url, create=False) as store:
            return store.counts().articles
    except StoreError:  # not made yet
        return 0


def _write_reports(path: Path, number: int) -> None:
    chance = random.Random(number)
    with path.open("w", encoding="utf-8") as lines:
        for index in range(number):
            giver, taker, host = chance.sample(STATES, 3)
            text = (
                f"{giver} sent {chance.randint(2, 900)} tons of grain to {taker} on Tuesday. "
                f"{host} accused {giver} of buying votes, and {taker} will open talks with {host}."
            )
            day = DAY + dt.timedelta(days=index % 90)
            row = {"id": f"report-{index}", "text": text, "date": day.isoformat()}
            lines.write(json.dumps(row) + "\n")


def contents(url: str) -> list[Any]:
    """All that a store holds and finds, without the keys of its rows."""
    with open_store(url, create=False) as store:
        events = [(one, one.event.explanation) for one in store.events(EventQuery(copies=True))]
        found = [one.event.event_id for one in store.events(EventQuery(search="grain"))]
        return [list(store.articles()), events, found]


@dataclass(frozen=True)
class Filled:
    """How an ingest ended on a full disk and what it said, how many articles it had kept, and
    whether the store was the undisturbed run's once there was space and it was taken up again."""

    status: int
    message: str
    kept: int
    same: bool


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of so many kilobytes. Raises PermissionError where none may be mounted."""
    folder.mkdir()
    options = f"size={kilobytes}k"
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "none", folder], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise PermissionError("no small disk can be mounted here; run as root on Linux") from error
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def filled(disk: Path, run: Calm, *, spare: int) -> Filled:
    """Ingest onto ``disk``, of which a file takes all but ``spare`` bytes, and again without it."""
    store, ballast = disk / "events.db", disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - spare))
    full = run.start(str(store), told := run.store.with_name("told"))
    full.join()
    kept = _number(str(store))
    ballast.unlink()
    run.finish(str(store))
    same = contents(str(store)) == contents(str(run.store)) and not damage(store)
    return Filled(full.exitcode or 0, told.read_text("utf-8"), kept, same)
