"""From the trained network to the files that ship: int8 ONNX, tokenizer, labels, calibration.

The temperature and the weight of the lexicon's verdict are fitted on the validation part; the
figures of the test part, measured on the very files written, go into the model card.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from crisiswire.coding.encoder import EventModel, blend
from crisiswire.coding.framing import Encoded
from training.examples import NONE, Example
from training.network import EventEncoder, label_sets

FILES = ("event-encoder.onnx", "tokenizer.json")


def write_model(
    model: EventEncoder,
    tokenizer: Tokenizer,
    parts: dict[str, list[Example]],
    encoded: dict[str, list[Encoded]],
    folder: Path,
) -> None:
    """Write the model's files, calibrate, measure, write the card."""
    folder.mkdir(parents=True, exist_ok=True)
    _export(model, folder / FILES[0])
    tokenizer.save(str(folder / FILES[1]))
    settings: dict[str, Any] = {"labels": label_sets(), "temperature": 1.0, "lexicon": 0.0}
    settings["digest"] = digest(folder)
    _save(folder, settings)
    valid = _outputs(EventModel(folder), encoded["validation"])
    settings |= _calibrate(valid, parts["validation"])
    _save(folder, settings)
    figures = measure(EventModel(folder), parts["test"], encoded["test"])
    settings["figures"] = figures
    _save(folder, settings)
    sys.stderr.write(json.dumps({**{k: settings[k] for k in ("temperature", "lexicon")},
                                 **figures}, indent=1) + "\n")  # fmt: skip


def _export(model: EventEncoder, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.ones((2, 16), dtype=torch.long)
    marks = torch.zeros((2, 3), dtype=torch.long)
    names = list(label_sets())
    axes = {"ids": {0: "batch", 1: "tokens"}, "mask": {0: "batch", 1: "tokens"},
            "marks": {0: "batch"}, **{n: {0: "batch"} for n in names}}  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(model, (ids, torch.ones_like(ids), marks), str(whole),
                          input_names=["ids", "mask", "marks"], output_names=names,
                          dynamic_axes=axes, dynamo=False)  # fmt: skip
        quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8)


def digest(folder: Path) -> str:
    """Digest of the model's files, in the order of FILES."""
    hashed = hashlib.blake2b(digest_size=8)
    for name in FILES:
        hashed.update((folder / name).read_bytes())
    return hashed.hexdigest()


def _save(folder: Path, settings: dict[str, Any]) -> None:
    (folder / "event-encoder.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


def _outputs(model: EventModel, encoded: list[Encoded]) -> np.ndarray[Any, Any]:
    """Type logits of every frame."""
    return np.concatenate([model.logits(encoded[i : i + 64])["type"]
                           for i in range(0, len(encoded), 64)])  # fmt: skip


def _calibrate(logits: np.ndarray[Any, Any], examples: list[Example]) -> dict[str, float]:
    """Temperature by likelihood, then the lexicon's weight by accuracy on proposed frames."""
    types = label_sets()["type"]
    gold = np.array([types.index(e.labels.type) for e in examples])
    real = np.array([e.source == "proposed" for e in examples])

    def likelihood(t: float) -> float:
        scaled = logits[real] / t
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        logp = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(logp[np.arange(len(logp)), gold[real]].mean())

    temperature = max((t / 20 for t in range(10, 61)), key=likelihood)
    best, weight = -1.0, 0.0
    for w in [x / 4 for x in range(13)]:
        right = []
        for i, e in enumerate(examples):
            if e.source == "proposed":
                scores = blend(logits[i] / temperature, types, e.lexicon, w)
                right.append(types[int(np.argmax(scores))] == e.labels.type)
        accuracy = sum(right) / max(1, len(right))
        if accuracy > best + 0.001:
            best, weight = accuracy, w
    return {"temperature": temperature, "lexicon": weight}


def measure(model: EventModel, examples: list[Example], encoded: list[Encoded]) -> dict[str, Any]:
    """Figures on a split: type accuracy given gold frames, micro-F1 of proposed frames, macro-F1
    of status, expected calibration error."""
    types = label_sets()["type"]
    predictions = [p for i in range(0, len(encoded), 64)
                   for p in model.predict(encoded[i : i + 64],
                                          [e.lexicon for e in examples[i : i + 64]])]  # fmt: skip
    pairs = list(zip(examples, predictions, strict=True))
    gold = [(e, p) for e, p in pairs if e.source == "gold"]
    proposed = [(e, p) for e, p in pairs if e.source == "proposed"]
    hit = sum(p.type == e.labels.type != NONE for e, p in proposed)
    said, there = (sum(p.type != NONE for _, p in proposed),
                   sum(e.labels.type != NONE for e, _ in proposed))  # fmt: skip
    forced = [(e.labels.type, max((t for t in types if t != NONE), key=lambda t: p.scores[t]))
              for e, p in gold]  # fmt: skip
    statuses = [(e.labels.status, p.status) for e, p in gold]
    return {
        "gold_frames": len(gold),
        "type_accuracy_gold_parties": round(sum(a == b for a, b in forced) / len(gold), 4),
        "type_macro_f1_gold_parties": round(macro(forced), 4),
        "proposed_frames": len(proposed),
        "proposed_micro_f1": round(2 * hit / max(1, said + there), 4),
        "status_macro_f1": round(macro(statuses), 4),
        "calibration_error": round(calibration_error(
            [(p.scores[p.type], p.type == e.labels.type) for e, p in proposed]), 4),
    }  # fmt: skip


def macro(pairs: list[tuple[str, str]]) -> float:
    """Macro-F1 over the labels that occur in gold."""
    scores = []
    for label in sorted({g for g, _ in pairs}):
        tp = sum(g == p == label for g, p in pairs)
        wrong = sum((g == label) != (p == label) for g, p in pairs)
        scores.append(2 * tp / max(1, 2 * tp + wrong))
    return sum(scores) / max(1, len(scores))


def calibration_error(pairs: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    total = 0.0
    for b in range(bins):
        inside = [(c, ok) for c, ok in pairs if math.floor(min(c, 0.9999) * bins) == b]
        if inside:
            confidence = sum(c for c, _ in inside) / len(inside)
            total += (
                len(inside) / len(pairs) * abs(confidence - sum(o for _, o in inside) / len(inside))
            )
    return total
