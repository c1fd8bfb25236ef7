"""Speed and memory of ``crisiswire ingest``: ``python eval/bench_ingest.py [--articles N]``.

Codes a folder of articles made up by templates, a fifth of them copies of earlier ones, once with
``code`` and once with ``ingest``, each in a process of its own on one core. Says the articles a
second by the clock and by CPU time (the fairer one on a busy machine), what saving took of it, and
the peak of memory after a tenth of the articles and after all. ``--profile`` lists the functions
that took longest outside the coder instead.
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import json
import os
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

PER_FILE = 100
COPIES = 0.2
DAYS = 60
SIDES = (
    "Sudan Chad Libya Egypt Ethiopia Kenya Somalia Yemen Iran Iraq Syria Turkey Greece Serbia "
    "Ukraine Russia Georgia Armenia India Pakistan China Japan Peru Bolivia Colombia Venezuela"
).split()
OUTLETS = tuple(f"{name} {kind}" for name in ("Morning", "Harbour", "Valley", "Northern", "River")
                for kind in ("Post", "Courier", "Herald"))  # fmt: skip
SYLLABLES = [a + b for a in "bdfgklmnrstvz" for b in ("a", "en", "il", "or", "um")]
SENTENCES = (
    "The army of {a} said on {day} that it had killed {n} rebels near {town}.",
    "{a} imposed sanctions on {m} companies of {b} over the attack on {town}.",
    "{a} recalled its ambassador from {b} after {person} accused it of backing the militia.",
    "Talks between {a} and {b} in {town} broke off without an agreement, {person} said.",
    "At least {n} people were wounded when police fired tear gas at protesters in {town}.",
    "{person}, the foreign minister, demanded that {b} withdraw its {m},000 troops from {town}.",
    "{a} will send {n} tons of food to the people who fled {town}, its aid agency said.",
    "A court in {town} sentenced {n} officers to prison for their part in a plot against {person}.",
    "The United Nations called on {a} and {b} to stop the fighting around {town}.",
    '"We will not yield to threats," {person} told reporters in {town} on {day}.',
    "Residents of {town} reported heavy shelling, and {m} houses were destroyed.",
    "{a} expelled {m} diplomats of {b} in answer to the arrest of {person}.",
    "Gunmen abducted {n} workers of a mine near {town} and asked for a ransom.",
    "{b} denied that its jets had bombed {town} and called the report a lie of {person}.",
    "{a} and {b} signed an agreement to exchange {n} prisoners of war.",
    "{person} met {other} in {town} to speak about the {m} hostages held since {month}.",
)


def filled(draw: random.Random, town: str) -> str:
    """A sentence of the templates."""
    a, b = draw.sample(SIDES, 2)
    words = {
        "a": a, "b": b, "town": town if draw.random() < 0.5 else made_up(draw),
        "n": draw.randint(11, 199), "m": draw.randint(2, 9),
        "person": f"{made_up(draw)} {made_up(draw)}", "other": f"{made_up(draw)} {made_up(draw)}",
        "day": draw.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
        "month": draw.choice(("January", "March", "April", "October")),
    }  # fmt: skip
    return draw.choice(SENTENCES).format(**words)


def made_up(draw: random.Random) -> str:
    """A name that no table has."""
    return "".join(draw.choices(SYLLABLES, k=3)).capitalize()


def row(draw: random.Random, number: int, day: dt.date) -> dict[str, str]:
    """An article of 8 to 20 sentences."""
    town = made_up(draw)
    told = [filled(draw, town) for _ in range(draw.randint(8, 20))]
    paragraphs = [" ".join(told[at : at + 2]) for at in range(0, len(told), 2)]
    return {
        "id": f"article-{number:07}",
        "text": "\n\n".join(paragraphs),
        "date": day.isoformat(),
        "outlet": draw.choice(OUTLETS),
    }


def copied(draw: random.Random, number: int, earlier: dict[str, str]) -> dict[str, str]:
    """A copy of an article in another outlet: cut, with a paragraph of its own."""
    paragraphs = earlier["text"].split("\n\n")
    kept = paragraphs[: max(2, draw.randint(len(paragraphs) // 2, len(paragraphs)))]
    kept.insert(
        draw.randint(1, len(kept)), f"Readers in {made_up(draw)} followed the news closely."
    )
    text = "\n\n".join(kept).replace("near", "close to").replace("imposed", "has imposed")
    return earlier | {
        "id": f"article-{number:07}",
        "text": text,
        "outlet": draw.choice(OUTLETS),
    }


def write_articles(folder: Path, count: int, seed: int = 1) -> int:
    """Write so many articles in files of 100; the number of copies among them."""
    draw = random.Random(seed)
    recent: list[dict[str, str]] = []
    copies = 0
    for start in range(0, count, PER_FILE):
        with (folder / f"{start:07}.jsonl").open("w", encoding="utf-8") as stream:
            for number in range(start, min(count, start + PER_FILE)):
                day = dt.date(2024, 1, 1) + dt.timedelta(days=number * DAYS // count)
                if recent and draw.random() < COPIES:
                    made = copied(draw, number, draw.choice(recent))
                    copies += 1
                else:
                    made = row(draw, number, day)
                    recent = [*recent[-49:], made]
                stream.write(json.dumps(made) + "\n")
    return copies


@dataclass(slots=True)
class Watch:
    """What one command took: seconds by the clock and of CPU, seconds of CPU in ``Store.save``,
    peak memory in MB after a tenth of the articles and after all."""

    wall: float = 0.0
    cpu: float = 0.0
    saving: float = 0.0
    early: float = 0.0
    peak: float = 0.0


def memory() -> float:
    """Peak resident memory of this process in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def run_here(command: str, folder: Path, place: Path, count: int, *, profile: bool) -> None:
    """Run a command in this process and print what it took as JSON on standard error's last line.

    The coder is loaded first, so that only the work on the articles counts.
    """
    from crisiswire import Coder
    from crisiswire.commands import main
    from crisiswire.storing import Store

    Coder()
    seen = Watch()
    saved = 0
    original: Callable[..., Any] = Store.save

    def save(*arguments: Any, **named: Any) -> Any:
        nonlocal saved
        begin = time.process_time()
        result = original(*arguments, **named)
        seen.saving += time.process_time() - begin
        saved += 1
        if saved == max(1, count // 10):
            seen.early = memory()
        return result

    Store.save = save  # type: ignore[method-assign]
    outputs = {"code": ["--output", str(place)], "ingest": ["--store", str(place)]}
    sys.argv = ["crisiswire", command, str(folder), "--quiet", *outputs[command]]
    profiler = cProfile.Profile()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        if profile:
            profiler.enable()
        main()
    except SystemExit as end:
        if end.code:
            raise
    finally:
        profiler.disable()
    seen.wall, seen.cpu = time.perf_counter() - wall, time.process_time() - cpu
    seen.peak = memory()
    if profile:
        stats = pstats.Stats(profiler, stream=sys.stderr).sort_stats("cumulative")
        stats.print_stats(
            r"crisiswire/(storing|reading|commands)|rensa|sqlalchemy/(orm|engine)", 25
        )
    sys.stderr.write(json.dumps({name: getattr(seen, name) for name in Watch.__slots__}) + "\n")


def run(command: str, folder: Path, place: Path, count: int, *, profile: bool) -> Watch:
    """Run a command in a process of its own."""
    arguments = [command, "--folder", folder, "--place", place, "--articles", str(count)]
    extra = ["--profile"] if profile else []
    done = subprocess.run(
        [sys.executable, __file__, *map(str, arguments), *extra],
        check=True,
        capture_output=True,
        text=True,
    )
    *listing, figures = done.stderr.strip().splitlines()
    if profile:
        print("\n".join(listing))
    return Watch(**json.loads(figures))


def compare(count: int, *, profile: bool) -> None:
    """Prints one line a figure."""
    from crisiswire.storing import open_store

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        folder.mkdir()
        copies = write_articles(folder, count)
        coded = run("code", folder, Path(name) / "coded.jsonl", count, profile=False)
        store = Path(name) / "store.db"
        kept = run("ingest", folder, store, count, profile=profile)
        with open_store(store) as opened:
            counts = opened.counts()
        size = store.stat().st_size / 1024
    print(f"articles, copies made, found     {count}, {copies}, {counts.copies}")
    if profile:  # which slows ingest down
        return
    for label, watch in (("code", coded), ("ingest", kept)):
        print(
            f"{label:<7} articles a second        {count / watch.wall:.2f} by the clock, "
            f"{count / watch.cpu:.2f} of CPU time"
        )
    print(
        f"ingest of code's rate            {coded.wall / kept.wall:.1%} by the clock, "
        f"{coded.cpu / kept.cpu:.1%} of CPU time"
    )
    print(f"saving                           {kept.saving / count * 1000:.1f} ms an article")
    print(
        f"ingest, peak memory              {kept.early:.0f} MB after {max(1, count // 10)}, "
        f"{kept.peak:.0f} MB after {count} ({kept.peak / kept.early - 1:+.1%})"
    )
    print(f"store                            {size / count:.1f} KiB an article")


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("command", nargs="?", choices=("code", "ingest"), help=argparse.SUPPRESS)
    options.add_argument("--articles", type=int, default=10_000, metavar="N")
    options.add_argument("--profile", action="store_true")
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.command:
        run_here(given.command, given.folder, given.place, given.articles, profile=given.profile)
    else:
        compare(given.articles, profile=given.profile)


if __name__ == "__main__":
    main()
