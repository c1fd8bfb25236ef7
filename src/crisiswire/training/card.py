"""The model card that is written beside a model."""

from __future__ import annotations

from typing import Any

_CARD = """# Event model {digest}

Reads a sentence with the places of its actor, recipient and trigger and says what was done: one
of 16 PLOVER types or no event, with mode, contexts, status and kind of attribution.

**Made from** MiniLM-L6 (22 million weights, Apache 2.0), fine-tuned by `make train` on the
project's own corpus: {train:,} sentences with something to judge to train on, {validation:,} to
calibrate on, {test:,} to test on (no choice was made on these). The corpus holds invented reports
in newswire style, no published text. Quantised to 8 bits; temperature {temperature}, weight of the
lexicon's verdict {lexicon}.

**Figures on the test part**

| figure | value |
|---|---|
{figures}

**Type by type** (F1, trigger and parties given): {types}

**Commonest confusions** (told as → taken for): {confusions}

**Limits.** English newswire. It has seen invented sentences only: on real text it is less sure and
less right (docs/accuracy.md). It reads one sentence at a time. It does not find parties: a wrong
party proposed to it gives a wrong event.
"""


def model_card(settings: dict[str, Any]) -> str:
    """The card as Markdown, from what is written in ``event-encoder.json``."""
    figures = settings["figures"]
    plain = {k: v for k, v in figures.items() if isinstance(v, (int, float))}
    lines = "\n".join(f"| {k.replace('_', ' ')} | {v:,} |" for k, v in plain.items())
    types = ", ".join(f"{t} {f:.2f}" for t, f in figures["type_f1"].items())
    confusions = ", ".join(f"{g} → {p} ({n})" for g, p, n in figures["confusions"])
    return _CARD.format(
        digest=settings["digest"],
        temperature=settings["temperature"],
        lexicon=settings["lexicon"],
        figures=lines,
        types=types,
        confusions=confusions,
        **figures["sentences"],
    )
