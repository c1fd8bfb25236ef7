"""Scores crisiswire on the development gold, one table: ``make eval``.

The gold is not part of the project; its folder is named by CRISISWIRE_EVAL (default
``../shared/eval`` beside the checkout). It holds ``score.py`` and ``data/``.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crisiswire import Article, Coder
from crisiswire.coding.relating import relate
from crisiswire.reading import ArticleDefaults, read_articles
from crisiswire.resolving.phrases import resolve_phrase

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def code(coder: Coder, gold: list[Row]) -> list[Row]:
    """Predicted events of rows with id, text and date."""
    articles = [Article(r["text"], dt.date.fromisoformat(r["date"]), r["id"]) for r in gold]
    return [e.to_record() for _, events in coder.code_many(articles) for e in events]


def relations(coder: Coder, gold: list[Row]) -> list[Row]:
    found = (relate(coder, r["text"], r["actor"], r["recipient"]) for r in gold)
    return [{"id": r["id"], "event_type": f.event_type} for r, f in zip(gold, found, strict=True)]


def actors(coder: Coder, gold: list[Row]) -> list[Row]:
    out = []
    for r in gold:
        found = resolve_phrase(
            coder,
            r["phrase"],
            dt.date.fromisoformat(r["date"]),
            r.get("context") or "",
            r.get("known_country") or None,
        )
        actor = found.actor if found else None
        out.append(
            {
                "id": r["id"],
                "country": actor.country if actor else None,
                "sectors": list(actor.sectors) if actor else [],
            }
        )
    return out


def story(coder: Coder, path: Path, folder: Path) -> list[Row]:
    """Predicted events of the article that a story file names."""
    gold = json.loads(path.read_text("utf-8"))
    defaults = ArticleDefaults(dt.date.fromisoformat(gold["date"]), gold["outlet"])

    def refuse(error: Exception) -> None:
        raise error

    source = folder.parent / gold["article"]
    articles = read_articles(
        [source], defaults=defaults, on_error=refuse, on_warning=lambda _: None
    )
    return [e.to_record() for a in articles for e in coder.code(a)]


def score(folder: Path, task: str, gold: Path, predicted: list[Row], errors: int) -> Row:
    """The scorer's figures. Gold rows that leave a field out are given it as null first."""
    with tempfile.TemporaryDirectory() as scratch:
        pred, whole = Path(scratch) / "pred.jsonl", Path(scratch) / gold.name
        pred.write_text("".join(json.dumps(p) + "\n" for p in predicted), "utf-8")
        if task == "actors":
            filled = [{"country": None, "sector": None, **r} for r in rows(gold)]
            whole.write_text("".join(json.dumps(r) + "\n" for r in filled), "utf-8")
            gold = whole
        command = [
            sys.executable,
            str(folder / "score.py"),
            task,
            str(gold),
            str(pred),
            "--errors",
            str(errors),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    sys.stderr.write(done.stderr)
    figures: Row = json.loads(done.stdout)
    return figures


def main() -> int:
    """Prints the table; ``--errors N`` also prints misses; names of tasks limit the run."""
    folder = Path(os.environ.get("CRISISWIRE_EVAL", ROOT.parent / "shared" / "eval"))
    if not (folder / "score.py").is_file():
        print(f"no evaluation data at {folder}; name its folder in CRISISWIRE_EVAL")
        return 0
    words = sys.argv[1:]
    errors = int(words[words.index("--errors") + 1]) if "--errors" in words else 0
    wanted = {w for w in words if w.isalpha()}
    coder, data = Coder(), folder / "data"
    tasks: list[tuple[str, str, Callable[[Path], list[Row]]]] = [
        ("relation", "relation_dev.jsonl", lambda p: relations(coder, rows(p))),
        ("coding", "coding_dev.jsonl", lambda p: code(coder, rows(p))),
        ("whowhom", "whowhom_dev.jsonl", lambda p: code(coder, rows(p))),
        ("actors", "actors_dev.jsonl", lambda p: actors(coder, rows(p))),
    ]
    stories = sorted(data.glob("story_*.json"))
    tasks += [("story", p.name, lambda p: story(coder, p, folder)) for p in stories]
    print(f"{'task':10} {'headline':>8}  details ({coder.version})")
    for task, name, predict in tasks:
        if wanted and task not in wanted:
            continue
        figures = score(folder, task, data / name, predict(data / name), errors)
        rest = {k: v for k, v in figures.items() if k not in ("headline", "per_type")}
        print(f"{task:10} {figures['headline']:8.3f}  {json.dumps(rest)}")
        if "per_type" in figures:
            worst = sorted(figures["per_type"].items(), key=lambda x: x[1])
            print(" " * 21 + "per type " + " ".join(f"{k} {v:.2f}" for k, v in worst))
    return 0


if __name__ == "__main__":
    sys.exit(main())
