"""Fits an event encoder to examples: batches, losses, the loop."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from crisiswire.coding.encoder import NONE, arrays
from crisiswire.coding.framing import Window, windows
from crisiswire.training.examples import Example
from crisiswire.training.network import Base, EventEncoder, label_sets

Log = Callable[[str], None]
Soft = Mapping[str, np.ndarray]  # a teacher's logits of the types, by the frame's id
Inputs = tuple[Tensor, Tensor, Tensor, Tensor]
Batch = tuple[Inputs, dict[str, Tensor]]
SENTENCES, FRAMES = 24, 96  # in one batch, at most
HIDE_PARTY, HIDE_TOKEN = 0.2, 0.03  # chances that a party, or a token, is hidden in training
WARMTH = 2.0  # temperature at which a student follows its teacher


@dataclass(frozen=True, slots=True)
class Pace:
    """How long and how fast to learn."""

    epochs: int
    rate: float
    seed: int


def fit(
    model: EventEncoder, data: list[Example], pace: Pace, log: Log, soft: Soft | None = None
) -> None:
    """AdamW with warm-up and linear decay; new weights learn faster than pretrained ones. With
    ``soft`` the types are learned from a teacher as well."""
    device = next(model.parameters()).device
    tokenizer, rng, begin = model.base.tokenizer(), random.Random(pace.seed), time.monotonic()
    optimiser = _optimiser(model, pace.rate)
    schedule: Any = None
    for epoch in range(pace.epochs):
        drawn = draw(data, rng)
        ready = windows(tokenizer, [e.frame for e in drawn], model.base.ends)
        groups = list(_groups(ready, rng))
        if schedule is None:
            schedule = _schedule(optimiser, pace.epochs * len(groups))
        running = 0.0
        model.train()
        for group in groups:
            _hide(group, model.base, rng)
            inputs, wanted = batch(group, drawn, soft or {})
            with precision(device):
                outputs = model(*(x.to(device) for x in inputs))
            loss = loss_of(outputs, {k: v.to(device) for k, v in wanted.items()})
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            running += loss.item()
        log(f"epoch {epoch + 1} of {pace.epochs}: loss {running / len(groups):.3f}, "
            f"{time.monotonic() - begin:.0f} s")  # fmt: skip


def teach(model: EventEncoder, examples: list[Example]) -> Soft:
    """The model's logits of the types for each frame."""
    device = next(model.parameters()).device
    model.eval()
    ready = windows(model.base.tokenizer(), [e.frame for e in examples], model.base.ends)
    out: dict[str, np.ndarray] = {}
    for group in _groups(ready, None):
        inputs, _ = batch(group, examples, {})
        with torch.no_grad(), precision(device):
            types = model(*(x.to(device) for x in inputs))[0].float().cpu().numpy()
        numbers = [n for w in group for n in w.frames]
        out.update({examples[n].id: row for n, row in zip(numbers, types, strict=True)})
    return out


def draw(examples: list[Example], rng: random.Random) -> list[Example]:
    """One epoch: every frame without event or without label, and of each event one of its frames
    (gold, proposed, or the bare pair), so that no event counts more than once."""
    events: dict[str, list[Example]] = {}
    chosen = []
    for e in examples:
        if e.labels.type == NONE:
            chosen.append(e)
        else:
            events.setdefault(e.event or e.id, []).append(e)
    return chosen + [rng.choice(group) for group in events.values()]


def _groups(ready: list[Window], rng: random.Random | None) -> Iterator[list[Window]]:
    """Batches of sentences of like length, shuffled with ``rng``."""
    stir = rng.random if rng is not None else lambda: 0.0
    ready = sorted(ready, key=lambda w: len(w.ids) + stir() * 8)
    groups: list[list[Window]] = [[]]
    for window in ready:
        full = len(groups[-1]) == SENTENCES
        crowded = sum(len(w.frames) for w in groups[-1]) + len(window.frames) > FRAMES
        if groups[-1] and (full or crowded):
            groups.append([])
        groups[-1].append(window)
    if rng is not None:
        rng.shuffle(groups)
    yield from groups


def _hide(group: list[Window], base: Base, rng: random.Random) -> None:
    """Hide now and then the parties of one frame, and single tokens: what was done is to be read
    from the words around the names."""
    for window in group:
        roles = rng.choice(window.roles)
        hidden = {r for r in (1, 2) if rng.random() < HIDE_PARTY}
        for i in range(1, len(window.ids) - 1):
            if roles[i] in hidden or rng.random() < HIDE_TOKEN:
                window.ids[i] = base.mask


def batch(group: list[Window], examples: Sequence[Example], soft: Soft) -> Batch:
    """Inputs and wanted outputs of one batch; labels that do not count are -100."""
    inputs = {k: torch.from_numpy(v) for k, v in arrays(group).items()}
    chosen = [examples[n] for w in group for n in w.frames]
    labels = label_sets()
    real = [e.labels.type != NONE and e.labels.whole for e in chosen]
    modes = [f"{e.labels.type}/{e.labels.mode}" if e.labels.mode else "" for e in chosen]

    def column(head: str, values: Sequence[str | None], counts: Sequence[bool]) -> Tensor:
        kept = zip(values, counts, strict=True)
        return torch.tensor([labels[head].index(v) if v and r else -100 for v, r in kept])

    told = [e.source != "unlabelled" for e in chosen]
    coded = [r and e.labels.cameo is not None for r, e in zip(real, chosen, strict=True)]
    missing = np.zeros(len(labels["type"]), dtype=np.float32)
    wanted = {
        "type": column("type", [e.labels.type for e in chosen], told),
        "mode": torch.tensor([labels["mode"].index(m) if r else -100
                              for m, r in zip(modes, real, strict=True)]),
        "cameo": column("cameo", [e.labels.cameo for e in chosen], coded),
        "status": column("status", [e.labels.status for e in chosen], real),
        "attribution": column("attribution", [e.labels.attribution for e in chosen], real),
        "contexts": torch.tensor([[float(c in e.labels.contexts) for c in labels["contexts"]]
                                  for e in chosen]),
        "real": torch.tensor(real),
        "taught": torch.tensor([e.id in soft for e in chosen]),
        "soft": torch.from_numpy(np.stack([soft.get(e.id, missing) for e in chosen])),
    }  # fmt: skip
    return (inputs["ids"], inputs["mask"], inputs["owner"], inputs["roles"]), wanted


def loss_of(outputs: tuple[Tensor, ...], wanted: dict[str, Tensor]) -> Tensor:
    """Weighted sum of the heads' losses; taught frames follow the teacher too."""
    logits = dict(zip(label_sets(), (o.float() for o in outputs), strict=True))
    taught, real = wanted["taught"], wanted["real"]
    total = logits["type"].new_zeros(())
    if bool((wanted["type"] >= 0).any()):
        total = total + F.cross_entropy(logits["type"], wanted["type"], label_smoothing=0.05,
                                        ignore_index=-100)  # fmt: skip
    if bool(taught.any()):
        own = F.log_softmax(logits["type"][taught] / WARMTH, dim=1)
        theirs = F.softmax(wanted["soft"][taught] / WARMTH, dim=1)
        total = 0.5 * total + WARMTH**2 * F.kl_div(own, theirs, reduction="batchmean")
    if not bool(real.any()):
        return total
    for name, weight in (("mode", 0.5), ("cameo", 0.4), ("status", 0.4), ("attribution", 0.3)):
        if bool((wanted[name] >= 0).any()):
            total = total + weight * F.cross_entropy(logits[name], wanted[name], ignore_index=-100)
    return total + 4.0 * F.binary_cross_entropy_with_logits(
        logits["contexts"][real], wanted["contexts"][real]
    )


def precision(device: torch.device) -> torch.autocast:
    """bfloat16 arithmetic where the machine has it (twice as fast on such a CPU)."""
    native = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=native)


def _optimiser(model: EventEncoder, rate: float) -> torch.optim.Optimizer:
    learning = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    body = [p for n, p in learning if n.startswith(("embeddings.", "encoder."))]
    new = [p for n, p in learning if not n.startswith(("embeddings.", "encoder."))]
    return torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": new, "lr": rate * 10}],
        weight_decay=0.01,
        fused=True,
    )


def _schedule(optimiser: torch.optim.Optimizer, steps: int) -> Any:
    """Linear warm-up over the first 6 % of the steps, then linear decay to nothing."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(s / max(1, steps * 0.06), max(0.0, (steps - s) / (steps * 0.94)))
    )
