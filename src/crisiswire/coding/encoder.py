"""The trained event model: type, mode, contexts, status and attribution kind of marked frames.

A small transformer encoder as int8 ONNX, run by onnxruntime; made by ``crisiswire.training``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crisiswire.coding.framing import Frame, Window, windows
from crisiswire.errors import ModelError
from crisiswire.knowledge.files import cameo_codes

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SHIPPED = Path(__file__).parents[1] / "models"
NONE = "NONE"
FILES = ("event-encoder.onnx", "tokenizer.json")
_BATCH = 8  # frames at once; more of them are padded to the longest sentence


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says of a frame. ``scores``: probability of every type and of NONE, after
    the lexicon's verdict is weighed in; ``type`` has the highest; ``statuses`` and
    ``attributions``: those of every status and kind of attribution."""

    type: str
    mode: str | None
    cameo: str
    contexts: tuple[str, ...]
    statuses: dict[str, float]
    attributions: dict[str, float]
    scores: dict[str, float]

    @property
    def status(self) -> str:
        """The likeliest status."""
        return max(self.statuses, key=lambda s: self.statuses[s])

    @property
    def attribution(self) -> str:
        """The likeliest kind of attribution."""
        return max(self.attributions, key=lambda a: self.attributions[a])


def available(folder: Path = SHIPPED) -> bool:
    """Whether a model lies in the folder."""
    return (folder / "event-encoder.json").is_file()


def named_model(name: str, threads: int = 1) -> EventModel | None:
    """The model of the setting ``coder.model``: "shipped", "none" or a folder; None where the
    lexicon is to judge alone."""
    if name == "none" or (name == "shipped" and not available()):
        return None
    return EventModel(SHIPPED if name == "shipped" else Path(name), threads)


def digest(folder: Path, settings: dict[str, Any]) -> str:
    """Digest of a model: its files and its settings but for the digest itself."""
    hashed = hashlib.blake2b(digest_size=8)
    for name in FILES:
        hashed.update((folder / name).read_bytes())
    rest = {k: v for k, v in settings.items() if k != "digest"}
    hashed.update(json.dumps(rest, sort_keys=True).encode())
    return hashed.hexdigest()


class EventModel:
    """A loaded model. Raises ModelError when a file is missing or not the one described."""

    def __init__(self, folder: Path = SHIPPED, threads: int = 1) -> None:
        try:
            settings = json.loads((folder / "event-encoder.json").read_text("utf-8"))
            found = digest(folder, settings)
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
        if found != self.digest:
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
            str(folder / FILES[0]), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / FILES[1]))

    def predict(
        self,
        frames: Sequence[Frame],
        lexicon: Sequence[str | None],
        strength: Sequence[float] | None = None,
    ) -> list[Prediction]:
        """Predictions in the order given; ``lexicon`` holds the rules' own type of each, and
        ``strength`` how much more than a word's that type counts (1 where not given)."""
        rows, factors = self.logits(frames), strength or [1.0] * len(frames)
        told = zip(rows, lexicon, factors, strict=True)
        return [self._prediction(row, said, factor) for row, said, factor in told]

    def logits(self, frames: Sequence[Frame]) -> list[dict[str, Array]]:
        """Raw outputs of every head for each frame, in the order given."""
        out: dict[int, dict[str, Array]] = {}
        ready = sorted(windows(self.tokenizer, frames), key=lambda w: len(w.ids))
        for batch in _batches(ready):
            outputs = self._run(batch)
            numbers = [number for window in batch for number in window.frames]
            for row, number in enumerate(numbers):
                out[number] = {name: values[row] for name, values in outputs.items()}
        return [out[number] for number in range(len(frames))]

    def _run(self, batch: list[Window]) -> dict[str, Array]:
        outputs = self._session.run(None, arrays(batch))
        return dict(zip(self.labels, outputs, strict=True))

    def _prediction(
        self, logits: dict[str, Array], lexicon: str | None, factor: float
    ) -> Prediction:
        types = self.labels["type"]
        scores = blend(logits["type"] / self.temperature, types, lexicon, self.lexicon * factor)
        best = types[int(scores.argmax())]
        kind = best if best != NONE else max((t for t in types if t != NONE),
                                             key=lambda t: scores[types.index(t)])  # fmt: skip
        contexts = [c for c, x in zip(self.labels["contexts"], logits["contexts"], strict=True)
                    if x > 0]  # fmt: skip
        return Prediction(
            best, self._mode(logits["mode"], kind), self._cameo(logits["cameo"], kind),
            tuple(contexts),
            self._shares(logits, "status"), self._shares(logits, "attribution"),
            {t: float(s) for t, s in zip(types, scores, strict=True)},
        )  # fmt: skip

    def _shares(self, logits: dict[str, Array], head: str) -> dict[str, float]:
        """Probability of each label of a head."""
        shares = blend(logits[head], self.labels[head], None, 0.0)
        return {name: float(s) for name, s in zip(self.labels[head], shares, strict=True)}

    def _cameo(self, logits: Array, kind: str) -> str:
        """The likeliest CAMEO code among those that go with the type."""
        fitting = [i for i, code in enumerate(self.labels["cameo"])
                   if kind in cameo_codes()[code]["types"]]  # fmt: skip
        return self.labels["cameo"][max(fitting, key=lambda i: logits[i])]

    def _mode(self, logits: Array, kind: str) -> str | None:
        """The likeliest mode among those of the type, or none."""
        fitting = [i for i, m in enumerate(self.labels["mode"])
                   if not m or m.startswith(f"{kind}/")]  # fmt: skip
        best = self.labels["mode"][max(fitting, key=lambda i: logits[i])]
        return best.partition("/")[2] or None


def _batches(ready: list[Window]) -> Iterator[list[Window]]:
    """Windows of like length, at most so many frames at once."""
    batch: list[Window] = []
    for window in ready:
        if batch and sum(len(w.frames) for w in batch) + len(window.frames) > _BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def arrays(batch: Sequence[Window]) -> dict[str, Array]:
    """The network's inputs: ids and mask (sentences, tokens), owner (frames), roles (frames,
    tokens)."""
    import numpy as np

    width = max(len(w.ids) for w in batch)
    ids = np.zeros((len(batch), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    owner = [n for n, w in enumerate(batch) for _ in w.frames]
    roles = np.zeros((len(owner), width), dtype=np.int64)
    row = 0
    for n, window in enumerate(batch):
        ids[n, : len(window.ids)] = window.ids
        mask[n, : len(window.ids)] = 1
        for numbers in window.roles:
            roles[row, : len(numbers)] = numbers
            row += 1
    return {"ids": ids, "mask": mask, "owner": np.array(owner, dtype=np.int64), "roles": roles}


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
