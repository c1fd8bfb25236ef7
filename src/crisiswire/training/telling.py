"""How well the coder tells who says so and whether it happened, given type, trigger and parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from crisiswire.coding.assemble import Surroundings, assemble
from crisiswire.coding.candidates import CandidateMaker
from crisiswire.coding.encoder import EventModel
from crisiswire.coding.matching import Match, Matcher
from crisiswire.coding.parties import Parties
from crisiswire.coding.proposing import open_entry
from crisiswire.coding.quotes import Voice, find_quotes
from crisiswire.coding.records import Candidate, Heard
from crisiswire.coding.speakers import Speakers
from crisiswire.coding.status import find_status
from crisiswire.coding.when import Times
from crisiswire.coding.where import Where
from crisiswire.model import Actor, Article, Event
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Token
from crisiswire.pipeline import Coder
from crisiswire.resolving.records import Background, Resolved
from crisiswire.training.examples import gold_examples
from crisiswire.training.measuring import macro, share

_DAY = dt.date(2026, 1, 1)  # the corpus's sentences carry no date; none tells of a later year

Row = dict[str, Any]
Told = tuple[Row, Event]  # a gold event and the coder's


def measure_telling(coder: Coder, model: EventModel | None, rows: list[Row]) -> dict[str, float]:
    """Shares from 0 to 1 over the gold events of ``rows``: F1 of the speaker (its words overlap the
    gold speaker's), accuracy of the kind of attribution, macro-F1 over the statuses. Without a
    model, those of the rules alone."""
    told = list(_told(coder, model, rows))
    speakers = [(e["speaker"], found.attribution.speaker) for e, found in told]
    hits = sum(_overlap(gold, found) for gold, found in speakers)
    named = sum(gold is not None for gold, _ in speakers)
    found = sum(speaker is not None for _, speaker in speakers)
    return {
        "speaker_f1": round(2 * hits / max(1, named + found), 4),
        "told_kind_accuracy": share([e["attribution"] == f.attribution.kind for e, f in told]),
        "told_status_macro_f1": macro([(e["status"], f.status) for e, f in told]),
    }


def _overlap(gold: list[int] | None, found: Actor | None) -> bool:
    return (gold is not None and found is not None
            and found.start < gold[1] and gold[0] < found.end)  # fmt: skip


def _told(coder: Coder, model: EventModel | None, rows: list[Row]) -> Iterator[Told]:
    rows = [r for r in rows if all(e["trigger"] and e["status"] for e in r["events"])]
    parsed = coder.parser.parse_many((r["text"], ()) for r in rows)
    for row, sentences in zip(rows, parsed, strict=True):
        article = Article(row["text"], _DAY)
        hits = coder.names.find(row["text"])
        voices = []
        for sentence in sentences:
            clauses = Clauses(sentence)
            parties = Parties(clauses, coder.resolver, hits, _DAY, Background())
            voices.append(Voice(Speakers(clauses, coder.operators), parties))
        quotes = find_quotes(article, voices)
        frames = [e.frame for e in gold_examples(row, pairs=False)]
        heard: list[Heard | None] = [None] * len(frames)
        if model is not None and frames:
            said = model.predict(frames, [None] * len(frames))
            heard = [Heard(p.statuses, p.attributions) for p in said]
        for gold, verdict in zip(row["events"], heard, strict=True):
            for voice in voices:
                candidate = _candidate(coder, voice, gold)
                if candidate is not None:
                    candidate.heard = verdict
                    around = Surroundings(
                        article, voice.speakers.clauses, voice.parties, voice.speakers, quotes,
                        Where(article, []), Times(article, coder.operators), "",
                    )  # fmt: skip
                    yield gold, assemble([candidate], around)[0]
                    break


def _candidate(coder: Coder, voice: Voice, gold: Row) -> Candidate | None:
    """The gold event as a candidate of the sentence, with the rules' status; None in another
    sentence."""
    start, end = gold["trigger"]
    clauses, parties = voice.speakers.clauses, voice.parties
    token = next((t for t in clauses.tokens if t.start < end and start < t.end), None)
    if token is None:
        return None
    maker = CandidateMaker(clauses, parties, Matcher(coder.lexicon, clauses).matches(),
                           coder.operators)  # fmt: skip
    own = next((c for c in maker.candidates() if c.trigger == token.i), None)
    if own is not None:
        status, reason = own.status, own.why["status"]
    else:
        match = maker.matches.get(token.i) or Match(token.i, open_entry(token))
        status, reason = find_status(match, maker.governing, coder.operators, maker.sentence)
    actors, recipients = (_parties(voice, gold[side]) for side in ("actors", "recipients"))
    return Candidate(token.i, gold["type"], gold["mode"], (), None, actors, recipients, status, 1.0,
                     False, None, None, {"status": reason})  # fmt: skip


def _parties(voice: Voice, spans: list[list[int]]) -> list[Resolved]:
    found = (_head(voice.sentence.tokens, *span) for span in spans)
    return [r for h in found if h is not None and (r := voice.parties.at(h)) is not None]


def _head(tokens: list[Token], start: int, end: int) -> int | None:
    """The word of a span that hangs on one outside it."""
    inside = {t.i: t for t in tokens if start <= t.start < end and t.pos != "PUNCT"}
    heads = (i for i, t in inside.items() if t.head not in inside or t.head == i)
    return next(heads, None)
