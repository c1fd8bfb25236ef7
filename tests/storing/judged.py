"""An article of three sentences with an event in each, for the tests of judgements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crisiswire.model import Actor, Article, Event, Evidence, Span

from .samples import DAY, article, event, when

SENTENCES = (
    ("Norway sent medics to Malta.", "sent", "AID", "Norway", "Malta"),
    ("Chad threatened Togo with war.", "threatened", "THREATEN", "Chad", "Togo"),
    ("Peru met Fiji in Lima.", "met", "CONSULT", "Peru", "Fiji"),
)
CODES = {
    "Norway": "NOR",
    "Malta": "MLT",
    "Chad": "TCD",
    "Togo": "TGO",
    "Peru": "PER",
    "Fiji": "FJI",
}
TEXT = " ".join(sentence for sentence, *_ in SENTENCES)


def told(document: str = "a", text: str = TEXT, **fields: Any) -> Article:
    """The article."""
    return article(document, text=text, **fields)


def party(words: str, text: str = TEXT) -> Actor:
    """The party that these words of the text are."""
    start = text.index(words)
    return Actor(words, start, start + len(words), words, CODES.get(words))


def coded(
    number: int, document: str = "a", text: str = TEXT, version: str = "1", **fields: Any
) -> Event:
    """The event of one of the sentences, as a version of the coder has it."""
    sentence, trigger, kind, actor, recipient = SENTENCES[number]
    start = text.index(sentence)
    at = start + sentence.index(trigger)
    evidence = Evidence(
        sentence, start, start + len(sentence), Span(trigger, at, at + len(trigger))
    )
    made = event(
        document,
        f"{document}{kind.lower()}-{version}",
        sentence=number,
        event_type=kind,
        actors=(party(actor, text),),
        recipients=(party(recipient, text),),
        evidence=evidence,
        date=when(DAY),
        coder=f"coder {version}",
        explanation={"entry": f"{kind.lower()}.yaml:1"},
    )
    return replace(made, **fields)


def all_coded(document: str = "a", version: str = "1") -> list[Event]:
    """The events of all three sentences."""
    return [coded(number, document, version=version) for number in range(len(SENTENCES))]
