"""Codes three of the example articles anew for tests/golden: ``python scripts/make_golden.py``.

Run it when a change of the coder is meant to change its output, read the difference
(``git diff tests/golden``) line by line, and commit it with the change. The lexicon and the
grammar code alone here, so that a new model leaves the files as they are.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crisiswire import Article, Coder, Event
from crisiswire.config import load_config
from crisiswire.reading import ArticleDefaults, read_articles

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
# Article id → the example file that holds it.
ARTICLES = {
    "guaido-recognised": "caracas-2019.jsonl",
    "army-ousts-bashir": "khartoum-2019.jsonl",
    "haftar-orders-advance": "tripoli-2019.jsonl",
}


def articles() -> list[Article]:
    """The articles of the golden files, in their order."""

    def refuse(error: Exception) -> None:
        raise error

    paths = [ROOT / "examples" / name for name in ARTICLES.values()]
    defaults = ArticleDefaults()
    read = read_articles(paths, defaults=defaults, on_error=refuse, on_warning=lambda _: None)
    found = {a.id: a for a in read if a.id in ARTICLES}
    return [found[name] for name in ARTICLES]


def coder() -> Coder:
    """A coder without the trained model."""
    config = load_config()
    alone = config.coder.model_copy(update={"model": "none"})
    return Coder(config.model_copy(update={"coder": alone}))


def record(event: Event) -> dict[str, Any]:
    """The event's record without the version that coded it; nobody has judged it."""
    out = event.to_record()
    del out["coder"], out["reviewed"]
    return out


def lines(events: list[Event]) -> str:
    """The golden file of an article's events."""
    return "".join(json.dumps(record(e), ensure_ascii=False) + "\n" for e in events)


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for article, events in coder().code_many(articles()):
        path = GOLDEN / f"{article.id}.jsonl"
        path.write_text(lines(events), "utf-8")
        print(f"{path.relative_to(ROOT)}: {len(events)} events")


if __name__ == "__main__":
    main()
