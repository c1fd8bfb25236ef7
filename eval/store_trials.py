"""Hard days of a store, lived through: ``python eval/store_trials.py [TRIAL ...]``.

``mingled``: two processes write and five read at once; ``killed``: an ingest is killed at random
moments and taken up again; ``filled``: the disk is full in the middle of an ingest. The tests live
through short forms of the same. SQLite, and PostgreSQL where it can be had.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.postgres import Unavailable, running

from eval.store_broken import Calm, calm, filled, killed, small_disk
from eval.store_mingled import mingled


def _tell_mingled(url: str, seconds: float) -> bool:
    told = mingled(url, seconds)
    for name, tolls in (("writers", told.writers), ("readers", told.readers)):
        done = sum(toll.done for toll in tolls)
        slowest = max(toll.slowest for toll in tolls)
        print(f"  {name}: {done / seconds:.0f} a second, the slowest {slowest * 1000:.0f} ms")
    wrong = [*told.wrong, *(one for toll in (*told.writers, *told.readers) for one in toll.wrong)]
    print(f"  wrong: {wrong or 'nothing'}")
    return not wrong


def _tell_killed(url: str, run: Calm, kills: int, seed: int) -> bool:
    told = killed(url, run, kills=kills, seed=seed)
    print(f"  articles kept at the kills, of {run.articles}: {' '.join(map(str, told.kept))}")
    print(f"  the store in the end: {'the same' if told.same else 'DIFFERENT'}")
    return told.same


def _tell_filled(folder: Path, run: Calm) -> bool:
    with small_disk(folder / "disk", 40_000) as disk:
        told = filled(disk, run, spare=1_500_000)
    print(f"  {told.kept} of {run.articles} articles kept, status {told.status}: {told.message}")
    print(f"  the store in the end: {'the same' if told.same else 'DIFFERENT'}")
    return told.same and told.status == 1


def main() -> None:
    """Run the trials and end with status 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trials", nargs="*", default=["mingled", "killed", "filled"])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--made", action="store_true", help="with events that are made up")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        results = [
            _tried(trial, kind, Path(name), arguments)
            for trial in arguments.trials
            for kind in ("SQLite", "PostgreSQL")[: 1 if trial == "filled" else 2]
        ]
    sys.exit(not all(results))


def _tried(trial: str, kind: str, folder: Path, arguments: argparse.Namespace) -> bool:
    print(f"{trial}, {kind}, {os.cpu_count()} cores")
    inside = folder / f"{trial}-{kind}"
    inside.mkdir()
    try:
        if trial == "filled":
            return _tell_filled(inside, calm(inside, arguments.articles, made=arguments.made))
        with _place(kind, inside) as url:
            if trial == "mingled":
                return _tell_mingled(url, arguments.seconds)
            run = calm(inside, arguments.articles, made=arguments.made)
            return _tell_killed(url, run, arguments.kills, arguments.seed)
    except (Unavailable, PermissionError) as error:
        print(f"  not tried: {error}")
        return True


@contextmanager
def _place(kind: str, folder: Path) -> Iterator[str]:
    if kind == "SQLite":
        yield f"sqlite:///{folder / 'events.db'}"
    else:
        with running() as url:
            yield url


if __name__ == "__main__":
    main()
