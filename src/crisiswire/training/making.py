"""From marked sentences to a model in a folder: examples, teacher, student, files."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from crisiswire.coding.encoder import NONE
from crisiswire.config import DEFAULTS, load_config
from crisiswire.pipeline import Coder
from crisiswire.training.examples import (
    Example,
    gold_examples,
    proposed_examples,
    read_corpus,
    split_of,
    unlabelled_examples,
)
from crisiswire.training.fitting import Log, Pace, Soft, fit, teach
from crisiswire.training.network import EventEncoder, large_base, small_base
from crisiswire.training.shipping import write_model


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. ``rows`` limits the training sentences, for a learning curve; with ``teacher``
    the large encoder learns first and teaches the small one, also on ``unlabelled`` sentences
    (text files, one a line)."""

    epochs: int = 7
    rate: float = 2e-4
    seed: int = 7
    rows: int | None = None
    teacher: bool = False
    teacher_epochs: int = 3
    teacher_rate: float = 8e-5
    unlabelled: tuple[Path, ...] = ()


def make_model(corpus: Sequence[Path], output: Path, recipe: Recipe, log: Log) -> dict[str, Any]:
    """Train on the marked sentences of the folders or files and write the model's files into
    ``output``; the figures of the test part are returned."""
    torch.manual_seed(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    parts = make_examples(corpus, recipe, log)
    spare = parts.pop("unlabelled")
    soft = None
    if recipe.teacher:
        soft = learn_from_teacher(parts["train"], spare, recipe, device, log)
    model = EventEncoder(small_base()).to(device)
    pace = Pace(recipe.epochs, recipe.rate, recipe.seed)
    fit(model, parts["train"] + (spare if soft else []), pace, log, soft)
    return write_model(model.cpu().eval(), parts, output)


def learn_from_teacher(
    labelled: list[Example], spare: list[Example], recipe: Recipe, device: torch.device, log: Log
) -> Soft:
    """Train the large encoder and let it judge every frame."""
    with tempfile.TemporaryDirectory() as scratch:
        teacher = EventEncoder(large_base(Path(scratch))).to(device)
        log(f"teacher: {sum(p.numel() for p in teacher.parameters()):,} weights")
        fit(teacher, labelled, Pace(recipe.teacher_epochs, recipe.teacher_rate, recipe.seed), log)
        return teach(teacher, [*labelled, *spare])


def make_examples(corpus: Sequence[Path], recipe: Recipe, log: Log) -> dict[str, list[Example]]:
    """Examples of each split: gold frames, bare pairs and what the coder proposes; and what it
    proposes in unlabelled sentences."""
    rows = read_corpus(corpus)
    random.Random(recipe.seed).shuffle(rows)
    parts: dict[str, list[dict[str, Any]]] = {"train": [], "validation": [], "test": []}
    for row in rows:
        parts[split_of(row["text"])].append(row)
    parts["train"] = parts["train"][: recipe.rows]
    plain = load_config(DEFAULTS)
    without = plain.coder.model_copy(update={"model": "none"})
    coder = Coder(plain.model_copy(update={"coder": without}))
    out: dict[str, list[Example]] = {}
    for name, part in parts.items():
        gold = [e for row in part for e in gold_examples(row, pairs=True)]
        out[name] = gold + list(proposed_examples(coder, part))
        none = sum(e.labels.type == NONE for e in out[name])
        log(f"{name}: {len(part)} sentences, {len(out[name])} frames, {none} without event")
    out["unlabelled"] = list(unlabelled_examples(coder, recipe.unlabelled))
    log(f"unlabelled: {len(out['unlabelled'])} frames")
    return out
