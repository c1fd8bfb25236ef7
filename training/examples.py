"""Training examples from the corpus: gold frames, and the frames that the parser proposes.

A proposed frame whose trigger and parties fit a gold event takes its labels; any other is
"none", so that the model learns to refuse what the rules propose wrongly.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crisiswire import Coder
from crisiswire.coding.candidates import CandidateMaker
from crisiswire.coding.framing import Frame, SpanRange
from crisiswire.coding.matching import Matcher
from crisiswire.coding.parties import Parties
from crisiswire.coding.records import Candidate
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Sentence
from crisiswire.resolving.records import Background, Resolved

CORPUS = Path(__file__).parent / "corpus"
NONE = "NONE"
_DAY = dt.date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Labels:
    """What is to be learned of a frame; ``type`` is NONE for no event."""

    type: str
    mode: str | None = None
    status: str = "actual"
    attribution: str = "outlet"
    contexts: tuple[str, ...] = ()
    whole: bool = True  # False where the corpus gives the type alone


@dataclass(frozen=True, slots=True)
class Example:
    """A frame with its labels; ``lexicon`` is the rules' own type for it, if any; ``source`` is
    gold, proposed or pair (no trigger marked)."""

    id: str
    frame: Frame
    labels: Labels
    source: str
    lexicon: str | None = None
    event: str = ""  # the gold event that the frame tells, if it tells one


def read_corpus(folder: Path = CORPUS) -> list[dict[str, Any]]:
    """All rows of the corpus, by file and line; each sentence once."""
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            key = " ".join(row["text"].lower().split())
            if key not in seen:
                seen.add(key)
                rows.append(row)
    return rows


def split_of(text: str) -> str:
    """train, validation or test, by a digest of the sentence: fixed for ever."""
    bucket = hashlib.blake2b(" ".join(text.split()).encode(), digest_size=2).digest()[0] % 10
    return "test" if bucket == 0 else "validation" if bucket == 1 else "train"


def gold_examples(row: dict[str, Any], *, pairs: bool) -> Iterator[Example]:
    """One example a gold event; with ``pairs`` also one without the trigger marked, where the
    event has both parties and no other event of the sentence has the same."""
    events = row["events"]
    for n, event in enumerate(events):
        trigger = tuple(event["trigger"]) if event["trigger"] else None
        frame = Frame(row["text"], _spans(event["actors"]), _spans(event["recipients"]), trigger)
        key = f"{row['id']}#{n}"
        if trigger is not None:
            yield Example(key, frame, labels_of(event), "gold", event=key)
        twins = sum(_spans(e["actors"]) == frame.actors and
                    _spans(e["recipients"]) == frame.recipients for e in events)  # fmt: skip
        if pairs and frame.actors and frame.recipients and twins == 1:
            bare = Frame(frame.text, frame.actors, frame.recipients)
            yield Example(f"{key}p", bare, labels_of(event), "pair", event=key)


def labels_of(event: dict[str, Any]) -> Labels:
    if event["status"] is None:
        return Labels(event["type"], whole=False)
    return Labels(event["type"], event["mode"], event["status"], event["attribution"],
                  tuple(event["contexts"]))  # fmt: skip


def proposed_examples(coder: Coder, rows: list[dict[str, Any]]) -> Iterator[Example]:
    """The rules' candidates for each sentence, with the labels of the gold event they fit."""
    rows = [r for r in rows if all(e["trigger"] for e in r["events"])]  # fully marked
    texts = ((row["text"], ()) for row in rows)
    for row, sentences in zip(rows, coder.parser.parse_many(texts), strict=True):
        for sentence in sentences:
            for n, candidate in enumerate(candidates(coder, sentence, row["text"])):
                frame = frame_of(candidate, sentence, row["text"])
                told = _fitting(frame, row["events"])
                labels = Labels(NONE) if told is None else labels_of(row["events"][told])
                event = "" if told is None else f"{row['id']}#{told}"
                yield Example(f"{row['id']}~{sentence.index}.{n}", frame, labels, "proposed",
                              candidate.type, event)  # fmt: skip


def candidates(coder: Coder, sentence: Sentence, text: str) -> list[Candidate]:
    """All candidates of a sentence, before any is dropped."""
    clauses = Clauses(sentence)
    matches = Matcher(coder.lexicon, clauses).matches()
    hits = coder.names.find(text)
    parties = Parties(clauses, coder.resolver, hits, _DAY, Background())
    return CandidateMaker(clauses, parties, matches, coder.operators).candidates()


def frame_of(candidate: Candidate, sentence: Sentence, text: str) -> Frame:
    """The frame of a candidate, over the whole text of the row."""
    token = sentence.tokens[candidate.trigger]
    return Frame(text, _sides(candidate.actors), _sides(candidate.recipients),
                 (token.start, token.end))  # fmt: skip


def _sides(side: Iterable[Resolved]) -> tuple[SpanRange, ...]:
    return tuple(dict.fromkeys((r.actor.start, r.actor.end) for r in side))


def _spans(pairs: Iterable[Iterable[int]]) -> tuple[SpanRange, ...]:
    return tuple(tuple(p) for p in pairs)  # type: ignore[misc]


def _fitting(frame: Frame, events: list[dict[str, Any]]) -> int | None:
    """Number of the gold event with the same trigger (or, some words away, the same parties on
    the same sides); None where there is no such event."""
    for number, event in enumerate(events):
        a, r = _spans(event["actors"]), _spans(event["recipients"])
        turned = _meet(frame.actors, r) and not _meet(frame.actors, a)
        fits = (not a or not frame.actors or _meet(frame.actors, a)) and not turned
        same = frame.trigger is not None and _meet((frame.trigger,), (tuple(event["trigger"]),))
        if same and fits:
            return number
        near = frame.trigger is not None and abs(frame.trigger[0] - event["trigger"][0]) <= 40
        if near and a and r and _meet(frame.actors, a) and _meet(frame.recipients, r):
            return number
    return None


def _meet(a: Iterable[SpanRange], b: Iterable[SpanRange]) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)
