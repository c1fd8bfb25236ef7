"""The desk where judgements are handed in: what a person has written, checked and kept.

The command line, the terminal screen, bulk files and the web page all hand in rows here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from crisiswire.errors import ReviewError
from crisiswire.knowledge import scales
from crisiswire.model import (
    Actor,
    Article,
    Attribution,
    Event,
    Evidence,
    Span,
    When,
    plain,
    text_id,
)
from crisiswire.reviewing.values import Setting, date_of, party_of, place_of
from crisiswire.reviewing.words import trigger_at
from crisiswire.storing.judgements import FIELDS, VERDICTS, Judgement, check_changes, check_mode

if TYPE_CHECKING:
    from crisiswire.pipeline import Coder
    from crisiswire.storing import Store

_KEYS = frozenset(
    """event_id document_id judgement_id verdict changes trigger by why seen blind""".split()
)
_SIDES = ("actors", "recipients")


class Desk:
    """Takes judgements for a store.

    ``make_coder`` gives the coder whose parser, tables and gazetteer read names, places and
    sentences; it is made when first needed.
    """

    def __init__(self, store: Store, make_coder: Callable[[], Coder] | None = None) -> None:
        self.store = store
        self._make_coder = make_coder

    @cached_property
    def coder(self) -> Coder:
        """The coder that reads names and places."""
        if self._make_coder is not None:
            return self._make_coder()
        from crisiswire.pipeline import Coder

        return Coder()

    def judge(self, row: Mapping[str, Any]) -> Judgement:
        """Check one row and keep it; docs/corrections.md tells what a row may hold.

        Raises ReviewError naming the field that is wrong, ReviewConflict where ``seen`` is given
        and somebody else has judged the event since; nothing is kept then.
        """
        unknown = set(row) - _KEYS
        if unknown:
            name = sorted(unknown)[0]
            raise ReviewError(
                f"{name}: no such field; choose from {', '.join(sorted(_KEYS))}", name
            )
        verdict, by, why = row.get("verdict"), _text(row, "by"), row.get("why")
        if why is not None and not isinstance(why, str):
            raise ReviewError(f"why: {why!r} is no text", "why")
        reviews = self.store.reviews
        match verdict:
            case "add":
                return reviews.add(self.event(row), by=by, why=why)
            case "complete":
                return reviews.complete(_text(row, "document_id"), by=by, why=why)
            case "undo":
                return reviews.undo(_text(row, "judgement_id"), by=by, why=why)
            case "confirm" | "reject" | "change":
                event_id = _text(row, "event_id")
                given = row.get("changes") or {}
                return reviews.judge(
                    event_id, cast(Any, verdict), by=by, why=why, seen=row.get("seen"),
                    changes=self.changes(event_id, given), blind=bool(row.get("blind", False)),
                )  # fmt: skip
        listed = ", ".join(VERDICTS)
        raise ReviewError(f"verdict: {verdict!r} is unknown; choose from {listed}", "verdict")

    def changes(self, event_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Changes of an event as a person has written them, in the form of the record."""
        if not given:
            return {}
        _check_mapping(given)
        subject = self.store.reviews.subject(event_id)
        event = subject.shown or subject.coded
        article = self.store.article(subject.document_id)
        if event is None or article is None:
            raise ReviewError(f"event {event_id}: was rejected; confirm it first, then change it")
        parties = (*event.actors, *event.recipients)
        values = self._read(given, Setting(article, event.evidence, parties))
        return {name: plain(value) for name, value in values.items()}

    def event(self, row: Mapping[str, Any]) -> Event:
        """The event that a row with verdict "add" describes."""
        document = _text(row, "document_id")
        article = self.store.article(document)
        if article is None:
            raise ReviewError(f"document_id: {document!r} is not in the store", "document_id")
        given = row.get("changes") or {}
        _check_mapping(given)
        if "event_type" not in given:
            raise ReviewError("event_type: an event that is added needs one", "event_type")
        trigger = trigger_at(article.text, _text(row, "trigger"))
        index, evidence = self._evidence(article, trigger)
        values = self._read(given, Setting(article, evidence))
        if not values.get("actors") and not values.get("recipients"):
            raise ReviewError("actors: an event needs an actor or a recipient", "actors")
        return _added(article, index, evidence, values, _text(row, "by"))

    def _read(self, given: Mapping[str, Any], setting: Setting) -> dict[str, Any]:
        """The values, typed, each checked."""
        values = dict(given)
        for name in ("event_type", "mode", "status"):
            if isinstance(values.get(name), str):
                text = values[name].strip()
                values[name] = text.upper() if name == "event_type" else text.lower() or None
        for side in _SIDES:
            if side in values:
                values[side] = self._parties(values[side], side, setting)
        if "date" in values:
            values["date"] = date_of(values["date"], setting)
        if "place" in values:
            values["place"] = place_of(values["place"] or None, setting, self.coder)
        check_changes(values)
        return values

    def _parties(self, value: Any, side: str, setting: Setting) -> tuple[Actor, ...]:
        if value is None:
            return ()
        if isinstance(value, str):
            value = [part for part in value.split(";") if part.strip()]
        if not isinstance(value, list | tuple):
            raise ReviewError(f"{side}: give a list of parties, or words with ; between", side)
        return tuple(party_of(v, side, setting, self.coder) for v in value)

    def _evidence(self, article: Article, trigger: Span) -> tuple[int, Evidence]:
        """Number and words of the sentence that the trigger stands in."""
        for sentence in self.coder.parser.parse(article.text, article.masked):
            if sentence.start <= trigger.start and trigger.end <= sentence.end:
                words = article.text[sentence.start : sentence.end]
                return sentence.index, Evidence(words, sentence.start, sentence.end, trigger)
        raise ReviewError(
            f"trigger: {trigger.text!r} at {trigger.start} is not in one coded sentence; give "
            "fewer words",
            "trigger",
        )


def _added(
    article: Article, index: int, evidence: Evidence, values: Mapping[str, Any], by: str
) -> Event:
    kind, mode = values["event_type"], values.get("mode")
    check_mode(kind, mode)
    actors, recipients = values.get("actors", ()), values.get("recipients", ())
    sides = [sorted(a.start for a in side) for side in (actors, recipients)]
    return Event(
        event_id=text_id(f"{article.id}|{evidence.trigger.start}|{kind}|{sides}"),
        document_id=article.id,
        sentence=index,
        event_type=kind,
        mode=mode,
        contexts=(),
        quad_class=scales.quad_class(kind),
        intensity=scales.intensity(kind, mode),
        cameo=scales.cameo(kind, mode),
        actors=actors,
        recipients=recipients,
        date=values.get("date") or When(None, article.date, article.date, "article"),
        place=values.get("place"),
        status=values.get("status", "actual"),
        attribution=Attribution("outlet"),
        quantities=(),
        evidence=evidence,
        confidence=1.0,
        coder=f"added by {by}",
        reviewed="added",
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ReviewError(f"{name}: is missing; it must be text", name)
    return value


def _check_mapping(given: object) -> None:
    if not isinstance(given, Mapping):
        raise ReviewError("changes: give fields and their values", "changes")
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise ReviewError(
            f"{unknown[0]}: cannot be changed; choose from {', '.join(FIELDS)}", unknown[0]
        )
