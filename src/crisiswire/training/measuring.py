"""Figures of a trained model on a part of the corpus."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from crisiswire.coding.encoder import NONE, EventModel, Prediction
from crisiswire.training.examples import Example

Pairs = list[tuple[str, str]]  # (gold, predicted)


def measure(model: EventModel, examples: list[Example]) -> dict[str, Any]:
    """Shares from 0 to 1: micro- and macro-F1 of the type given gold trigger and parties, micro-F1
    over the frames that the coder proposes, mode, status and attribution given gold frames,
    expected calibration error over proposed frames, and the ten commonest confusions."""
    frames, said = [e.frame for e in examples], [e.lexicon for e in examples]
    pairs = list(zip(examples, model.predict(frames, said), strict=True))
    gold = [(e, p) for e, p in pairs if e.source == "gold"]
    proposed = [(e, p) for e, p in pairs if e.source == "proposed"]
    types = [(e.labels.type, p.type) for e, p in gold]
    whole = [(e, p) for e, p in gold if e.labels.whole]
    confused = Counter(pair for pair in types if pair[0] != pair[1])
    return {
        "gold_frames": len(gold),
        "type_micro_f1": micro(types),
        "type_macro_f1": macro([(g, p) for g, p in types]),
        "type_f1": per_label(types),
        "proposed_frames": len(proposed),
        "proposed_micro_f1": micro([(e.labels.type, p.type) for e, p in proposed]),
        "mode_accuracy": share([(e.labels.mode or "") == (p.mode or "") for e, p in whole]),
        "cameo_accuracy": share(
            [e.labels.cameo == p.cameo for e, p in whole if e.labels.cameo is not None]
        ),
        "status_macro_f1": macro([(e.labels.status, p.status) for e, p in whole]),
        "attribution_accuracy": share([e.labels.attribution == p.attribution for e, p in whole]),
        "contexts_micro_f1": _contexts(whole),
        "calibration_error": calibration_error(
            [(p.scores[p.type], p.type == e.labels.type) for e, p in proposed]
        ),
        "confusions": [[g, p, n] for (g, p), n in confused.most_common(10)],
    }


def micro(pairs: Pairs) -> float:
    """Micro-F1 over the events; NONE is no event on either side."""
    hits = sum(g == p != NONE for g, p in pairs)
    told, found = sum(g != NONE for g, _ in pairs), sum(p != NONE for _, p in pairs)
    return round(2 * hits / max(1, told + found), 4)


def per_label(pairs: Pairs) -> dict[str, float]:
    """F1 of each label that occurs in gold."""
    scores = {}
    for label in sorted({g for g, _ in pairs}):
        hits = sum(g == p == label for g, p in pairs)
        wrong = sum((g == label) != (p == label) for g, p in pairs)
        scores[label] = round(2 * hits / max(1, 2 * hits + wrong), 4)
    return scores


def macro(pairs: Pairs) -> float:
    """Macro-F1 over the labels that occur in gold."""
    scores = per_label(pairs).values()
    return round(sum(scores) / max(1, len(scores)), 4)


def calibration_error(pairs: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over equal-width bins of (confidence, right) pairs."""
    total = 0.0
    for b in range(bins):
        inside = [(c, ok) for c, ok in pairs if math.floor(min(c, 0.9999) * bins) == b]
        if inside:
            confidence = sum(c for c, _ in inside) / len(inside)
            right = sum(ok for _, ok in inside) / len(inside)
            total += len(inside) / len(pairs) * abs(confidence - right)
    return round(total, 4)


def share(right: list[bool]) -> float:
    """The share that is right."""
    return round(sum(right) / max(1, len(right)), 4)


def _contexts(pairs: list[tuple[Example, Prediction]]) -> float:
    hits = sum(len(set(e.labels.contexts) & set(p.contexts)) for e, p in pairs)
    both = sum(len(e.labels.contexts) + len(p.contexts) for e, p in pairs)
    return round(2 * hits / max(1, both), 4)
