"""The trained event model: type, mode, contexts, status and attribution kind of marked frames.

A small transformer encoder as int8 ONNX, run by onnxruntime; made by ``training/train.py``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crisiswire.coding.framing import Encoded, Frame, encode
from crisiswire.errors import ModelError

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SHIPPED = Path(__file__).parents[1] / "models"
NONE = "NONE"
_FILES = ("event-encoder.onnx", "tokenizer.json")
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says of a frame. ``scores``: probability of every type and of NONE, after
    the lexicon's verdict is weighed in; ``type`` has the highest."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: str
    attribution: str
    scores: dict[str, float]


def available(folder: Path = SHIPPED) -> bool:
    """Whether a model lies in the folder."""
    return (folder / "event-encoder.json").is_file()


class EventModel:
    """A loaded model. Raises ModelError when a file is missing or not the one described."""

    def __init__(self, folder: Path = SHIPPED, threads: int = 1) -> None:
        try:
            settings = json.loads((folder / "event-encoder.json").read_text("utf-8"))
            hashed = hashlib.blake2b(digest_size=8)
            for name in _FILES:
                hashed.update((folder / name).read_bytes())
        except (OSError, ValueError) as error:
            raise ModelError(
                f"event model in {folder}: {error}; reinstall crisiswire or name another model"
            ) from error
        damaged = ModelError(f"event model in {folder}: its files are damaged or of two versions")
        try:
            self.digest: str = settings["digest"]
            self.labels: dict[str, list[str]] = settings["labels"]
            self.temperature: float = settings["temperature"]
            self.lexicon: float = settings["lexicon"]
        except (KeyError, TypeError) as error:
            raise damaged from error
        if hashed.hexdigest() != self.digest:
            raise damaged
        self._load(folder, threads)

    def _load(self, folder: Path, threads: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / _FILES[0]), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / _FILES[1]))

    def encode(self, frame: Frame) -> Encoded:
        """Ids and mark places of a frame."""
        return encode(self.tokenizer, frame)

    def logits(self, encoded: Sequence[Encoded]) -> dict[str, Array]:
        """Raw outputs of every head for one batch."""
        import numpy as np

        width = max(len(e.ids) for e in encoded)
        ids = np.zeros((len(encoded), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, e in enumerate(encoded):
            ids[row, : len(e.ids)] = e.ids
            mask[row, : len(e.ids)] = 1
        marks = np.array([e.marks for e in encoded], dtype=np.int64)
        outputs = self._session.run(None, {"ids": ids, "mask": mask, "marks": marks})
        return dict(zip(self.labels, outputs, strict=True))

    def predict(
        self, encoded: Sequence[Encoded], lexicon: Sequence[str | None]
    ) -> list[Prediction]:
        """Predictions in the order given; ``lexicon`` holds the rules' own type of each."""
        out: dict[int, Prediction] = {}
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
        for first in range(0, len(order), _BATCH):
            group = order[first : first + _BATCH]
            logits = self.logits([encoded[i] for i in group])
            for row, i in enumerate(group):
                out[i] = self._prediction({k: v[row] for k, v in logits.items()}, lexicon[i])
        return [out[i] for i in range(len(encoded))]

    def _prediction(self, logits: dict[str, Array], lexicon: str | None) -> Prediction:
        types = self.labels["type"]
        scores = blend(logits["type"] / self.temperature, types, lexicon, self.lexicon)
        best = types[int(scores.argmax())]
        kind = best if best != NONE else max((t for t in types if t != NONE),
                                             key=lambda t: scores[types.index(t)])  # fmt: skip
        contexts = [c for c, x in zip(self.labels["contexts"], logits["contexts"], strict=True)
                    if x > 0]  # fmt: skip
        return Prediction(
            best, self._mode(logits["mode"], kind), tuple(contexts),
            self.labels["status"][int(logits["status"].argmax())],
            self.labels["attribution"][int(logits["attribution"].argmax())],
            {t: float(s) for t, s in zip(types, scores, strict=True)},
        )  # fmt: skip

    def _mode(self, logits: Array, kind: str) -> str | None:
        """The likeliest mode among those of the type, or none."""
        fitting = [i for i, m in enumerate(self.labels["mode"])
                   if not m or m.startswith(f"{kind}/")]  # fmt: skip
        best = self.labels["mode"][max(fitting, key=lambda i: logits[i])]
        return best.partition("/")[2] or None


def blend(logits: Array, types: Sequence[str], lexicon: str | None, weight: float) -> Array:
    """Probabilities of the types with ``weight`` added to the logit of the lexicon's type."""
    import numpy as np

    raised = np.array(logits, dtype=np.float64)
    if lexicon is not None:
        raised[list(types).index(lexicon)] += weight
    raised -= raised.max()
    exponent = np.exp(raised)
    result: Array = exponent / exponent.sum()
    return result
