"""Checks of the corpus: size, breadth, near-duplicates, and no closeness to evaluation texts.

    python -m training.check            # prints the figures, exit status 1 when one is broken

Near-duplicates are pairs of sentences whose sets of word trigrams have a Jaccard similarity
above 0.6 (candidates by MinHash, then counted exactly). A sentence is too close to an
evaluation text when they share nine words in a row or half of its trigrams.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from crisiswire.knowledge.files import cameo_codes
from crisiswire.training.examples import read_corpus

ROOT = Path(__file__).resolve().parents[1]
CORPUS, UNLABELLED = ROOT / "training" / "corpus", ROOT / "training" / "unlabelled"
NEAR, CLOSE, ROW = 0.6, 0.5, 9


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def grams(text: str, size: int) -> set[tuple[str, ...]]:
    """All runs of ``size`` words."""
    tokens = words(text)
    return {tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)}


def near_duplicates(texts: list[str]) -> list[tuple[int, int, float]]:
    """(i, j, Jaccard) of the pairs above NEAR."""
    from rensa import RMinHash, RMinHashLSH

    sets = [grams(t, 3) for t in texts]
    index = RMinHashLSH(threshold=NEAR, num_perm=128, num_bands=32)
    prints = []
    for i, trigrams in enumerate(sets):
        made = RMinHash(num_perm=128, seed=1)
        made.update([" ".join(g) for g in trigrams])
        index.insert(i, made)
        prints.append(made)
    pairs = {(min(i, j), max(i, j)) for i, p in enumerate(prints) for j in index.query(p) if i != j}
    out = []
    for i, j in sorted(pairs):
        union = len(sets[i] | sets[j])
        if union and len(sets[i] & sets[j]) / union > NEAR:
            out.append((i, j, len(sets[i] & sets[j]) / union))
    return out


def evaluation_texts() -> list[str]:
    """All texts of CRISISWIRE_EVAL and the articles beside it, where they are."""
    folder = Path(os.environ.get("CRISISWIRE_EVAL", ROOT.parent / "shared" / "eval"))
    out = [p.read_text("utf-8") for p in sorted((folder.parent / "articles").glob("*.txt"))]
    for path in sorted((folder / "data").glob("*.jsonl")):
        rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
        out += [str(r.get("text", "")) for r in rows]
    return out


def close_to_evaluation(texts: list[str], others: list[str]) -> list[str]:
    """The sentences too close to an evaluation text."""
    rows = {g for t in others for g in grams(t, ROW)}
    trigrams: dict[tuple[str, ...], set[int]] = {}
    for n, t in enumerate(others):
        if len(words(t)) < 120:  # whole articles hold too many trigrams to compare so
            for g in grams(t, 3):
                trigrams.setdefault(g, set()).add(n)
    out = []
    for text in texts:
        own = grams(text, 3)
        shared = Counter(n for g in own for n in trigrams.get(g, ()))
        most = max(shared.values(), default=0)
        if grams(text, ROW) & rows or (own and most / len(own) > CLOSE):
            out.append(text)
    return out


def figures(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts of sentences, events, types, modes, statuses and lengths."""
    events = [e for r in rows for e in r["events"]]
    lengths = sorted(len(r["text"].split()) for r in rows)
    triggers: dict[str, set[str]] = {}
    for r in rows:
        for e in (e for e in r["events"] if e["trigger"]):
            start, end = e["trigger"]
            triggers.setdefault(e["type"], set()).add(r["text"][start:end].lower())
    return {
        "sentences": len(rows),
        "events": len(events),
        "without_event": sum(not r["events"] for r in rows),
        "types": dict(Counter(e["type"] for e in events).most_common()),
        "trigger_words": {t: len(w) for t, w in sorted(triggers.items())},
        "modes": dict(Counter(f"{e['type']}/{e['mode']}" for e in events if e["mode"])),
        "cameo_codes_under_25": {
            code: count
            for code in cameo_codes()
            if (count := sum(e.get("cameo") == code for e in events)) < 25
        },
        "statuses": dict(Counter(e["status"] for e in events)),
        "attributions": dict(Counter(e["attribution"] for e in events)),
        "words": {
            "mean": round(sum(lengths) / max(1, len(lengths)), 1),
            "fifth": lengths[len(lengths) // 5],
            "four_fifths": lengths[len(lengths) * 4 // 5],
        },
    }


def main() -> int:
    """Command line."""
    rows = read_corpus([CORPUS])
    texts = [r["text"] for r in rows]
    found = figures(rows)
    duplicates = near_duplicates(texts)
    spare = [p.read_text("utf-8").splitlines() for p in sorted(UNLABELLED.glob("*.txt"))]
    lines = [line for part in spare for line in part]
    found["unlabelled"] = len(lines)
    close = close_to_evaluation([*texts, *lines], evaluation_texts())
    found["near_duplicate_share"] = round(len(duplicates) / max(1, len(texts)), 4)
    found["close_to_evaluation"] = len(close)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    for i, j, score in duplicates:
        sys.stderr.write(f"near {score:.2f}: {rows[i]['id']} {rows[j]['id']}\n")
    for text in close:
        sys.stderr.write(f"close to evaluation: {text}\n")
    return int(bool(close) or found["near_duplicate_share"] >= 0.01)


if __name__ == "__main__":
    sys.exit(main())
