"""Running commands and checking events: what the fixtures of conftest.py give and tests name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crisiswire import Article, Event

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Result:
    """How a command ended and what it wrote."""

    status: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")


Cli = Callable[..., Result]
Process = subprocess.Popen[bytes]
Start = Callable[..., Process]


def check_spans(event: Event, article: Article) -> None:
    """Assert that every span of the event holds the very words of the article."""
    speaker = event.attribution.speaker
    spans = [
        *event.actors,
        *event.recipients,
        *event.quantities,
        *([event.place] if event.place else ()),
        *([speaker] if speaker else ()),
        event.evidence,
        event.evidence.trigger,
    ]
    for span in spans:
        assert 0 <= span.start < span.end, (event.event_id, span)
        assert article.text[span.start : span.end] == span.text, (event.event_id, span)
    trigger = event.evidence.trigger
    assert event.evidence.start <= trigger.start < trigger.end <= event.evidence.end
    assert event.document_id == article.id


def command(arguments: Sequence[str | Path]) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "crisiswire", *map(str, arguments)]
