"""Running commands and checking events: what the fixtures of conftest.py give and tests name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crisiswire import Article, Event
from crisiswire.model import Span

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
        *_words(event.date.text, event.date.text_start, event.date.text_end),
        *_words(event.attribution.verb, *_verb_at(event)),
        event.evidence,
        event.evidence.trigger,
    ]
    for span in spans:
        assert 0 <= span.start < span.end, (event.event_id, span)
        assert article.text[span.start : span.end] == span.text, (event.event_id, span)
    trigger = event.evidence.trigger
    assert event.evidence.start <= trigger.start < trigger.end <= event.evidence.end
    assert event.document_id == article.id


def _verb_at(event: Event) -> tuple[int | None, int | None]:
    """Where the words of saying stand; scare quotes, a hedge without words, stand nowhere."""
    said = event.attribution
    assert (said.verb_start is None) == (said.verb is None or said.verb == "scare quotes")
    return said.verb_start, said.verb_end


def _words(text: str | None, start: int | None, end: int | None) -> list[Span]:
    """The words of a field as a span; none where the field has no words."""
    assert (start is None) == (end is None)
    if start is None or end is None:
        return []
    assert text is not None
    return [Span(text, start, end)]


def command(arguments: Sequence[str | Path]) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "crisiswire", *map(str, arguments)]
