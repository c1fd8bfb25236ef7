"""The quality gate: the shipped model, this corpus, and figures that may not sink.

After training a better model: ``python scripts/pin_gate.py``, and read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crisiswire import Coder
from crisiswire.training.gate import corpus_digest, figures_of
from helpers import ROOT

CORPUS = ROOT / "training" / "corpus"
GATE: dict[str, Any] = json.loads(Path(__file__).with_name("gate.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def figures(coder: Coder) -> dict[str, Any]:
    assert coder.model is not None, "no event model is shipped"
    return figures_of(coder, coder.model, CORPUS)


def test_the_gate_is_pinned_to_this_corpus_and_model(coder: Coder) -> None:
    assert coder.model is not None
    assert corpus_digest(CORPUS) == GATE["corpus"], "the corpus changed: make train, then pin"
    assert coder.model.digest == GATE["model"], "another model: see its figures, then pin"


@pytest.mark.parametrize("name", list(GATE["floors"]))
def test_no_figure_sinks(name: str, figures: dict[str, Any]) -> None:
    assert figures[name] >= GATE["floors"][name]


def test_confidence_means_what_it_says(figures: dict[str, Any]) -> None:
    assert figures["calibration_error"] <= GATE["calibration_error_at_most"]
