"""What the shipped model must keep to on the corpus's test part."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from crisiswire.coding.encoder import EventModel
from crisiswire.pipeline import Coder
from crisiswire.training.examples import gold_examples, proposed_examples, read_corpus, split_of
from crisiswire.training.measuring import measure
from crisiswire.training.telling import measure_telling

FLOORED = ("type_micro_f1", "type_macro_f1", "proposed_micro_f1", "status_macro_f1",
           "attribution_accuracy", "mode_accuracy", "speaker_f1", "told_kind_accuracy",
           "told_status_macro_f1")  # fmt: skip


def corpus_digest(folder: Path) -> str:
    """Digest of the corpus's rows."""
    hashed = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.glob("*.jsonl")):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def figures_of(coder: Coder, model: EventModel, folder: Path) -> dict[str, Any]:
    """The model's figures on the test part, with the frames that the coder proposes now, and the
    coder's own for who says so and whether."""
    rows = [r for r in read_corpus([folder]) if split_of(r["text"]) == "test"]
    gold = [e for row in rows for e in gold_examples(row, pairs=False)]
    figures = measure(model, gold + list(proposed_examples(coder, rows)))
    return figures | measure_telling(coder, model, rows)
