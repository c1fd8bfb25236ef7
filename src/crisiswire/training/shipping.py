"""From the trained network to the files that ship: int8 ONNX, tokenizer, settings, model card.

The temperature is fitted on the validation part, under the weight that the lexicon's verdict has;
the figures are those of the test part, measured on the very files written. The folder given is
replaced in one step, when all is done.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch

from crisiswire.coding.encoder import FILES, EventModel, blend, digest
from crisiswire.training.card import model_card
from crisiswire.training.examples import Example
from crisiswire.training.measuring import calibration_error, measure
from crisiswire.training.network import EventEncoder, label_sets

# What the lexicon's type gains, in logits. Fitted on the corpus it would be 0.5, but there the
# model is at home; 1.5 was chosen on real news (docs/accuracy.md).
LEXICON_WEIGHT = 1.5


def write_model(
    model: EventEncoder, parts: dict[str, list[Example]], folder: Path
) -> dict[str, Any]:
    """Write the model's files, calibrated; the figures of the test part are returned."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".model-") as scratch:
        made = Path(scratch) / "model"
        made.mkdir()
        _export(model, made / FILES[0])
        model.base.tokenizer().save(str(made / FILES[1]))
        settings: dict[str, Any] = {"labels": label_sets(), "temperature": 1.0, "lexicon": 0.0}
        _save(made, settings)
        settings |= _calibrate(EventModel(made), parts["validation"])
        _save(made, settings)
        figures = measure(EventModel(made), parts["test"])
        sizes = {name: len({e.frame.text for e in part}) for name, part in parts.items()}
        settings["figures"] = {**figures, "sentences": sizes}
        _save(made, settings)
        (made / "README.md").write_text(model_card(settings), "utf-8")
        if folder.exists():
            folder.rename(Path(scratch) / "before")
        shutil.move(str(made), folder)
    return figures


def _export(model: EventEncoder, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.ones((2, 16), dtype=torch.long)
    example = (ids, torch.ones_like(ids), torch.tensor([0, 0, 1]),
               torch.ones((3, 16), dtype=torch.long))  # fmt: skip
    names = list(label_sets())
    sentences, frames = {0: "sentences", 1: "tokens"}, {0: "frames", 1: "tokens"}
    axes = {"ids": sentences, "mask": sentences, "owner": {0: "frames"}, "roles": frames,
            **{n: {0: "frames"} for n in names}}  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(model, example, str(whole), input_names=["ids", "mask", "owner", "roles"],
                          output_names=names, dynamic_axes=axes, dynamo=False)  # fmt: skip
        quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8)


def _save(folder: Path, settings: dict[str, Any]) -> None:
    settings["digest"] = digest(folder, settings)
    (folder / "event-encoder.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


def _calibrate(model: EventModel, examples: list[Example]) -> dict[str, float]:
    """Temperature under which proposed frames are as often right as the model is sure."""
    proposed = [e for e in examples if e.source == "proposed"]
    logits = [row["type"] for row in model.logits([e.frame for e in proposed])]
    types = label_sets()["type"]

    def error(temperature: float) -> float:
        pairs = []
        for row, example in zip(logits, proposed, strict=True):
            scores = blend(row / temperature, types, example.lexicon, LEXICON_WEIGHT)
            best = int(scores.argmax())
            pairs.append((float(scores[best]), types[best] == example.labels.type))
        return calibration_error(pairs)

    temperature = min((t / 10 for t in range(8, 21)), key=error)
    return {"temperature": temperature, "lexicon": LEXICON_WEIGHT}
