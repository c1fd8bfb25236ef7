"""Trains the event encoder from the corpus and writes it into the package: ``make train``.

    python -m training.train --output src/crisiswire/models --epochs 4 --seed 7

Fixed seeds; CPU, or a GPU where torch finds one. ``--rows N`` trains on the first N sentences
of the training part, for the learning curve.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from crisiswire import Coder
from crisiswire.coding.framing import Encoded, encode
from crisiswire.config import DEFAULTS, load_config
from training.examples import (
    NONE,
    Example,
    gold_examples,
    proposed_examples,
    read_corpus,
    split_of,
)
from training.export import write_model
from training.network import EventEncoder, base_model_path, label_sets

BATCH = 32
Batch = tuple[Tensor, Tensor, Tensor, dict[str, Tensor]]


def log(message: str) -> None:
    sys.stderr.write(message + "\n")


def load_tokenizer() -> Tokenizer:
    """The base model's tokenizer, without padding or truncation of its own."""
    tokenizer = Tokenizer.from_file(str(base_model_path() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def make_examples(rows: int | None, folder: Path | None, seed: int) -> dict[str, list[Example]]:
    """Examples of each split; ``rows`` limits the training sentences (shuffled first)."""
    corpus = read_corpus(folder) if folder else read_corpus()
    random.Random(seed).shuffle(corpus)
    parts: dict[str, list[dict[str, object]]] = {"train": [], "validation": [], "test": []}
    for row in corpus:
        parts[split_of(str(row["text"]))].append(row)
    if rows is not None:
        parts["train"] = parts["train"][:rows]
    settings = load_config(DEFAULTS)
    plain = settings.coder.model_copy(update={"model": "none"})
    coder = Coder(settings.model_copy(update={"coder": plain}))
    out: dict[str, list[Example]] = {}
    for name, part in parts.items():
        gold = [e for row in part for e in gold_examples(row, pairs=True)]
        out[name] = gold + list(proposed_examples(coder, part))
        none = sum(e.labels.type == NONE for e in out[name])
        log(f"{name}: {len(part)} sentences, {len(out[name])} frames, {none} without event")
    return out


def collate(examples: Sequence[Example], encoded: Sequence[Encoded]) -> Batch:
    """One padded batch; labels that do not count for a frame are -100."""
    labels = label_sets()
    width = max(len(e.ids) for e in encoded)
    ids = torch.tensor([e.ids + [0] * (width - len(e.ids)) for e in encoded])
    mask = torch.tensor([[1] * len(e.ids) + [0] * (width - len(e.ids)) for e in encoded])
    marks = torch.tensor([e.marks for e in encoded])

    def column(values: list[int]) -> Tensor:
        return torch.tensor(values)

    real = [e.labels.type != NONE and e.labels.whole for e in examples]
    modes = [f"{e.labels.type}/{e.labels.mode}" if e.labels.mode else "" for e in examples]
    targets = {
        "type": column([labels["type"].index(e.labels.type) for e in examples]),
        "mode": column([labels["mode"].index(m) if r else -100
                        for m, r in zip(modes, real, strict=True)]),
        "status": column([labels["status"].index(e.labels.status) if r else -100
                          for e, r in zip(examples, real, strict=True)]),
        "attribution": column([labels["attribution"].index(e.labels.attribution) if r else -100
                               for e, r in zip(examples, real, strict=True)]),
        "contexts": torch.tensor([[float(c in e.labels.contexts) for c in labels["contexts"]]
                                  for e in examples]),
        "real": torch.tensor(real),
    }  # fmt: skip
    return ids, mask, marks, targets


def draw(examples: list[Example], rng: random.Random) -> list[int]:
    """Indices of one epoch: every frame without event, and of each event one of its frames (gold,
    proposed, or the bare pair), so that no event counts more than once."""
    events: dict[str, list[int]] = {}
    chosen = []
    for i, e in enumerate(examples):
        if e.labels.type == NONE:
            chosen.append(i)
        else:
            events.setdefault(e.event or e.id, []).append(i)
    return chosen + [rng.choice(group) for group in events.values()]


def batches(
    examples: list[Example], encoded: list[Encoded], rng: random.Random | None
) -> Iterator[Batch]:
    """Batches of like length; shuffled when ``rng`` is given."""
    order = sorted(range(len(examples)), key=lambda i: len(encoded[i].ids))
    if rng is not None:
        order = sorted(range(len(examples)), key=lambda i: len(encoded[i].ids) + rng.random() * 8)
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    if rng is not None:
        rng.shuffle(groups)
    for group in groups:
        yield collate([examples[i] for i in group], [encoded[i] for i in group])


def loss_of(outputs: tuple[Tensor, ...], targets: dict[str, Tensor]) -> Tensor:
    """Weighted sum of the heads' losses."""
    logits = dict(zip(label_sets(), outputs, strict=True))
    total = F.cross_entropy(logits["type"], targets["type"], label_smoothing=0.05)
    real = targets["real"]
    if bool(real.any()):
        total = total + 0.5 * F.cross_entropy(logits["mode"], targets["mode"], ignore_index=-100)
        for name, weight in (("status", 0.4), ("attribution", 0.3)):
            total = total + weight * F.cross_entropy(logits[name], targets[name], ignore_index=-100)
        total = total + 0.8 * F.binary_cross_entropy_with_logits(
            logits["contexts"][real], targets["contexts"][real]
        )
    return total


def fit(model: EventEncoder, data: list[Example], encoded: list[Encoded], args: argparse.Namespace,
        device: torch.device) -> None:  # fmt: skip
    """AdamW with warm-up and linear decay; the heads learn faster than the body."""
    body = list(model.body.parameters())
    heads = [p for n, p in model.named_parameters() if not n.startswith("body.")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": args.rate},
                                   {"params": heads, "lr": args.rate * 10}],
                                  weight_decay=0.01)  # fmt: skip
    steps = args.epochs * ((len(draw(data, random.Random(0))) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(s / max(1, steps * 0.06), max(0.0, (steps - s) / (steps * 0.94)))
    )
    rng, done, begin = random.Random(args.seed), 0, time.monotonic()
    model.train()
    for epoch in range(args.epochs):
        running = 0.0
        chosen = draw(data, rng)
        drawn, ready = [data[i] for i in chosen], [encoded[i] for i in chosen]
        for ids, mask, marks, targets in batches(drawn, ready, rng):
            outputs = model(ids.to(device), mask.to(device), marks.to(device))
            loss = loss_of(outputs, {k: v.to(device) for k, v in targets.items()})
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            running += float(loss)
            done += 1
            if done % 50 == 0:
                log(f"epoch {epoch + 1} step {done}/{steps} loss {running / 50:.3f} "
                    f"{time.monotonic() - begin:.0f} s")  # fmt: skip
                running = 0.0


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rows", type=int)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = load_tokenizer()
    parts = make_examples(args.rows, args.corpus, args.seed)
    encoded = {n: [encode(tokenizer, e.frame) for e in part] for n, part in parts.items()}
    model = EventEncoder().to(device)
    fit(model, parts["train"], encoded["train"], args, device)
    write_model(model.cpu().eval(), tokenizer, parts, encoded, args.output)


if __name__ == "__main__":
    main()
