"""Training examples from the corpus: gold frames, and the frames that the parser proposes.

A proposed frame whose trigger and parties fit a gold event takes its labels; any other is
"none", so that the model learns to refuse what the rules propose wrongly.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crisiswire.coding.encoder import NONE
from crisiswire.coding.framing import Frame, SpanRange
from crisiswire.coding.judging import frame_of
from crisiswire.coding.parties import Parties
from crisiswire.coding.proposing import propose
from crisiswire.parsing.clauses import Clauses
from crisiswire.pipeline import Coder
from crisiswire.resolving.records import Background
from crisiswire.training.rows import check_row

_DAY = dt.date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Labels:
    """What is to be learned of a frame; ``type`` is NONE for no event."""

    type: str
    mode: str | None = None
    status: str = "actual"
    attribution: str = "outlet"
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    whole: bool = True  # False where the corpus gives the type alone


@dataclass(frozen=True, slots=True)
class Example:
    """A frame with its labels; ``lexicon`` is the rules' own type for it, if any; ``source`` is
    gold, proposed, pair (no trigger marked) or unlabelled."""

    id: str
    frame: Frame
    labels: Labels
    source: str
    lexicon: str | None = None
    event: str = ""  # the gold event that the frame tells, if it tells one


def read_corpus(places: Sequence[Path]) -> list[dict[str, Any]]:
    """All rows of the .jsonl files, given or in the folders given, by file and line; each sentence
    once. Raises DataError naming the line of a row that is none."""
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()
    files = [f for p in places for f in (sorted(p.glob("*.jsonl")) if p.is_dir() else [p])]
    for path in files:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            row = check_row(line, f"{path.name}:{number}")
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
                  tuple(event["contexts"]), event["cameo"])  # fmt: skip


def proposed_examples(coder: Coder, rows: list[dict[str, Any]]) -> Iterator[Example]:
    """The coder's candidates for each sentence, with the labels of the gold event they fit."""
    rows = [r for r in rows if all(e["trigger"] for e in r["events"])]  # fully marked
    for n, start, frame, lexicon in _proposals(coder, [r["text"] for r in rows]):
        row = rows[n]
        told = _fitting(frame, start, row["events"])
        labels = Labels(NONE) if told is None else labels_of(row["events"][told])
        event = "" if told is None else f"{row['id']}#{told}"
        key = f"{row['id']}~{start}.{frame.trigger}{lexicon}"
        yield Example(key, frame, labels, "proposed", lexicon, event)


def unlabelled_examples(coder: Coder, files: Sequence[Path]) -> Iterator[Example]:
    """The coder's candidates for each line of text files, without labels."""
    for path in files:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        for n, start, frame, lexicon in _proposals(coder, lines):
            key = f"{path.stem}:{n}~{start}.{frame.trigger}{lexicon}"
            yield Example(key, frame, Labels(NONE, whole=False), "unlabelled", lexicon)


def _proposals(coder: Coder, texts: Sequence[str]) -> Iterator[tuple[int, int, Frame, str | None]]:
    """(number of the text, where the sentence begins, frame, the lexicon's type) of every
    candidate."""
    parsed = coder.parser.parse_many((text, ()) for text in texts)
    for n, (text, sentences) in enumerate(zip(texts, parsed, strict=True)):
        hits = coder.names.find(text)
        for sentence in sentences:
            clauses = Clauses(sentence)
            parties = Parties(clauses, coder.resolver, hits, _DAY, Background())
            found = propose(clauses, parties, coder.lexicon, coder.operators, open_frames=True)
            for c in found:
                yield n, sentence.start, frame_of(c, sentence, text), c.type or None


def _spans(pairs: Iterable[Iterable[int]]) -> tuple[SpanRange, ...]:
    return tuple(tuple(p) for p in pairs)  # type: ignore[misc]


def _fitting(frame: Frame, shift: int, events: list[dict[str, Any]]) -> int | None:
    """Number of the gold event with the same trigger (or, some words away, the same parties on
    the same sides); None where there is no such event. ``shift``: where the frame's sentence
    begins in the row."""
    if frame.trigger is None:
        return None
    trigger = _moved(frame.trigger, shift)
    doers, others = ([_moved(s, shift) for s in side] for side in (frame.actors, frame.recipients))
    for number, event in enumerate(events):
        a, r = _spans(event["actors"]), _spans(event["recipients"])
        turned = _meet(doers, r) and not _meet(doers, a)
        fits = (not a or not doers or _meet(doers, a)) and not turned
        if fits and _meet([trigger], [tuple(event["trigger"])]):
            return number
        near = abs(trigger[0] - event["trigger"][0]) <= 40
        if near and a and r and _meet(doers, a) and _meet(others, r):
            return number
    return None


def _moved(span: SpanRange, shift: int) -> SpanRange:
    return span[0] + shift, span[1] + shift


def _meet(a: Iterable[SpanRange], b: Iterable[SpanRange]) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)
