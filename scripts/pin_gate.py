"""Pins the quality gate: digests of corpus and shipped model, floors a little under its figures.

Run after a model was trained and found better; a floor may only fall with a reason in
docs/accuracy.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from crisiswire import Coder
from crisiswire.training.gate import FLOORED, corpus_digest, figures_of

ROOT = Path(__file__).resolve().parents[1]
CORPUS, GATE = ROOT / "training" / "corpus", ROOT / "tests" / "training" / "gate.json"
SLACK = 0.005


def main() -> int:
    """Write the gate's file."""
    coder = Coder()
    if coder.model is None:
        sys.stderr.write("no model is shipped: run make train first\n")
        return 1
    figures = figures_of(coder, coder.model, CORPUS)
    gate = {
        "corpus": corpus_digest(CORPUS),
        "model": coder.model.digest,
        "floors": {name: round(figures[name] - SLACK, 3) for name in FLOORED},
        "calibration_error_at_most": round(figures["calibration_error"] + SLACK, 3),
    }
    GATE.write_text(json.dumps(gate, indent=1) + "\n", "utf-8")
    print(json.dumps(gate, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
