"""What a person says of an event: the record of it, and which of several holds.

A judgement is absolute: it keeps the coder's record as it was and every field in which the person
would have it otherwise, so that the two together are the record as it should be
(``Judgement.wanted``). The latest judgement about a subject holds, those that were undone aside;
nothing is ever deleted. A subject is one happening told at one spot of an article, whatever its
id is after the article was coded anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from crisiswire.errors import ReviewError
from crisiswire.knowledge.files import ontology
from crisiswire.model import Status

Verdict = Literal["confirm", "reject", "change", "add", "complete", "undo"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
FIELDS = ("event_type", "mode", "actors", "recipients", "date", "place", "status")
_ON_EVENTS = ("confirm", "reject", "change", "add")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement, as kept.

    ``verdict``: confirm (the record that the person saw is right), reject (there is no such
    event), change (it is right once changed), add (the coder has missed it), complete (all events
    of the document were judged and all missed ones added), undo (of the judgement ``undoes``).
    ``record`` is the coder's public record of the event at that time (that of the added event
    where the coder has none), ``changes`` the right values of those of its ``FIELDS`` that were
    wrong, in the same form, with those that an earlier judgement had changed. ``blind``: made on
    the coder's own record without sight of what others had said; it counts for agreement and
    changes nothing. ``at`` is in UTC.
    """

    id: str
    document_id: str
    verdict: Verdict
    by: str
    at: dt.datetime
    why: str | None = None
    event_id: str | None = None
    subject: str | None = None
    record: Mapping[str, Any] | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    blind: bool = False
    undoes: str | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        """The event's record as the person would have it; empty where there is no event."""
        if self.record is None or self.verdict == "reject":
            return {}
        return {**self.record, **self.changes}

    def to_record(self) -> dict[str, Any]:
        """The JSON form."""
        out: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return out | {"at": self.at.isoformat(), "changes": dict(self.changes)}


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those, in their order, that were not undone and undo nothing."""
    listed = list(judgements)
    undone = {j.undoes for j in listed if j.verdict == "undo"}
    return [j for j in listed if j.verdict != "undo" and j.id not in undone]


def standing(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """Subject → the judgement that holds of it."""
    return {
        j.subject: j
        for j in in_force(judgements)
        if j.subject is not None and j.verdict in _ON_EVENTS and not j.blind
    }


def positions(judgements: Iterable[Judgement]) -> dict[str, dict[str, Judgement]]:
    """Subject → person → what that person said last of it."""
    out: dict[str, dict[str, Judgement]] = {}
    for j in in_force(judgements):
        if j.subject is not None and j.verdict in _ON_EVENTS:
            out.setdefault(j.subject, {})[j.by] = j
    return out


def complete_documents(judgements: Iterable[Judgement]) -> set[str]:
    """The documents that somebody has read to the end."""
    return {j.document_id for j in in_force(judgements) if j.verdict == "complete"}


def check_changes(changes: Mapping[str, Any]) -> None:
    """Raises ReviewError, naming the field, for a field or value that no record can have."""
    for name in changes:
        if name not in FIELDS:
            _refuse(name, "cannot be changed", FIELDS)
    types = ontology()["types"]
    kind = changes.get("event_type")
    if "event_type" in changes and kind not in types:
        _refuse("event_type", f"{kind!r} is no PLOVER type", types)
    if "status" in changes and changes["status"] not in get_args(Status):
        _refuse("status", f"{changes['status']!r} is unknown", get_args(Status))
    check_mode(kind, changes.get("mode"))
    for side in ("actors", "recipients"):
        if not isinstance(changes.get(side, ()), list | tuple):
            raise ReviewError(f"{side}: give a list of parties", side)


def check_mode(kind: str | None, mode: str | None) -> None:
    """Raises ReviewError when ``kind``, or any type where it is None, has no such mode."""
    if mode is None:
        return
    types = ontology()["types"]
    modes = {m for name in ([kind] if kind else types) for m in types[name].get("modes", ())}
    if mode not in modes:
        _refuse("mode", f"{kind or 'no type'} has no mode {mode!r}" if kind else
                f"{mode!r} is unknown", sorted(modes) or ["none"])  # fmt: skip


def _refuse(name: str, fault: str, allowed: Iterable[str]) -> None:
    listed: Sequence[str] = list(allowed)
    raise ReviewError(f"{name}: {fault}; choose from {', '.join(listed)}", name)
