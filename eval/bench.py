"""Speed, memory and start-up, each from one run: ``make bench``.

CPU time of ``Coder.code_many`` is set against a bare spaCy parse of the same texts in the same
process, one core. Texts are the articles of CRISISWIRE_EVAL where they are, else the examples.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crisiswire.knowledge.known import Known

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[1]


def articles() -> list[tuple[str, str]]:
    """(text, date) pairs to time."""
    folder = Path(os.environ.get("CRISISWIRE_EVAL", ROOT.parent / "shared" / "eval"))
    path = folder / "data" / "articles_dev.jsonl"
    files = [path] if path.is_file() else sorted((ROOT / "examples").glob("*.jsonl"))
    lines = [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]
    return [(r["text"], r["date"]) for r in lines]


def startup() -> float:
    """Best of five wall-clock times of ``crisiswire --version``, in seconds."""
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "crisiswire", "--version"], check=True, capture_output=True
        )
        times.append(time.perf_counter() - begin)
    return min(times)


def peak_memory() -> float:
    """Peak resident memory in MB of a process of its own that codes the texts."""
    command = [sys.executable, __file__, "--memory"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def code_all() -> None:
    """Code the texts and print this process's peak resident memory in MB."""
    from crisiswire import Article, Coder

    made = (Article(text, dt.date.fromisoformat(date)) for text, date in articles())
    for _ in Coder().code_many(made):
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def timed(work: Callable[[], Any]) -> float:
    """Least wall-clock seconds of three runs."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def synthetic_names(count: int) -> list[tuple[str, Known]]:
    """So many names of two made-up words, each a person of its own."""
    from crisiswire.knowledge.known import EARLIEST, LATEST, Known, Term

    term = Term("USA", ("GOV",), "", EARLIEST, LATEST, "", "bench")
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "en", "il", "or", "un")]
    draw = random.Random(0)

    def word() -> str:
        return "".join(draw.choices(syllables, k=3)).capitalize()

    names = {f"{word()} {word()}" for _ in range(count)}
    return [(name, Known(name, name, "person", [term])) for name in sorted(names)]


def names(texts: list[str], coding: float) -> None:
    """Prints the figures of the name index; ``coding`` is the CPU time of coding the texts."""
    from crisiswire.errors import DataError
    from crisiswire.knowledge.names import NameIndex, load_index, name_index, packed_index

    shipped, made = name_index(), NameIndex(synthetic_names(100_000), (), ())
    try:
        print(f"name index, baked                {timed(packed_index):.3f} s, {shipped.size} names")
    except DataError as error:
        print(f"name index, baked                not in use: {error}")
    print(f"name index, from the tables      {timed(load_index):.2f} s")
    for index in (shipped, shipped.extended(made)):
        took = timed(lambda index=index: [index.find(text) for text in texts])  # type: ignore[misc]
        share = took / coding
        print(f"finding {index.size:>7} names            {took:.2f} s, {share:.1%} of coding")


def main() -> None:
    """Prints one line a figure."""
    print(f"start-up (crisiswire --version)  {startup():.2f} s")
    from crisiswire import Article, Coder

    begin = time.perf_counter()
    coder = Coder()
    print(f"loading the coder                {time.perf_counter() - begin:.2f} s")
    texts = articles()
    made = [Article(text, dt.date.fromisoformat(date)) for text, date in texts]
    coder.code(made[0])
    nlp = coder.parser.pipeline
    list(nlp.pipe([texts[0][0]]))

    begin = time.process_time()
    piped = nlp.pipe([t for t, _ in texts], batch_size=coder.config.parser.batch_size)
    sentences = sum(len(list(doc.sents)) for doc in piped)
    bare = time.process_time() - begin

    begin, wall = time.process_time(), time.perf_counter()
    events = sum(len(found) for _, found in coder.code_many(made))
    full, took = time.process_time() - begin, time.perf_counter() - wall

    print(f"articles, sentences, events      {len(texts)}, {sentences}, {events}")
    print(f"sentences a second, one core     {sentences / took:.0f}")
    print(f"CPU: code {full:.2f} s, bare parse {bare:.2f} s, ratio {full / bare:.2f}")
    names([text for text, _ in texts], full)
    print(f"peak memory of coding them       {peak_memory():.0f} MB")


if __name__ == "__main__":
    code_all() if "--memory" in sys.argv else main()
