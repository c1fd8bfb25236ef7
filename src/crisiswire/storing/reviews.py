"""Keeping judgements in a store, and the events as the judgements have them.

``Store.reviews`` is the way in. What a person says is written once and kept for good; the events
that readers ask for are brought up to date in the same transaction, here and whenever an article
is saved anew, so that every reader sees the record as corrected.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from crisiswire.errors import ReviewConflict, ReviewError
from crisiswire.model import Event
from crisiswire.storing.backends import Backend
from crisiswire.storing.judgements import (
    FIELDS,
    Judgement,
    Verdict,
    check_changes,
    check_mode,
    in_force,
)
from crisiswire.storing.review_rows import ReviewRows, Subject

Begin = Callable[[str, bool], AbstractContextManager[Session]]


class ReviewRepository:
    """The judgements of a store. Every method raises what the store's own methods raise."""

    def __init__(self, backend: Backend, begin: Begin) -> None:
        self._backend, self._begin = backend, begin

    def judge(
        self,
        event_id: str,
        verdict: Verdict,
        *,
        by: str,
        changes: Mapping[str, Any] | None = None,
        why: str | None = None,
        seen: str | None = None,
        blind: bool = False,
    ) -> Judgement:
        """Keep what ``by`` says of an event ("confirm", "reject" or "change") and apply it.

        ``event_id`` may be its first six characters. ``changes`` are new values of FIELDS in the
        form of the event record. ``seen`` is the id of the judgement that held of the event when
        the person looked at it ("" for none): where another holds by now, ReviewConflict is
        raised and nothing is kept. ``blind``: see :class:`Judgement`.

        Raises ReviewError for an unknown event, field or value.
        """
        if verdict not in ("confirm", "reject", "change"):
            raise ReviewError(f"verdict {verdict!r}: an event is confirmed, rejected or changed")
        given = _checked(verdict, changes)
        with self._begin(f"judging event {event_id}", True) as session:
            rows = self._rows(session)
            subject = self._locked(session, rows, event_id)
            if seen is not None and not blind:
                _check_seen(subject, seen)
            record = _own_record(subject, blind)
            changes = _differing(subject, record, verdict, given, blind)
            judgement = _new(
                by, why, verdict, subject.document_id,
                event_id=subject.event_id,
                subject=subject.name or _subject_of(subject.document_id, subject.event_id),
                record=record, changes=changes, blind=blind,
            )  # fmt: skip
            rows.add(judgement)
            if not blind:
                rows.bring_up(subject.document_id)
        return judgement

    def add(self, event: Event, *, by: str, why: str | None = None) -> Judgement:
        """Keep an event that the coder has missed, in an article of the store.

        Raises ReviewError when the article is not in the store, or has the event already.
        """
        check_changes({"event_type": event.event_type, "mode": event.mode, "status": event.status})
        with self._begin(f"adding an event to {event.document_id}", True) as session:
            rows = self._rows(session)
            self._backend.lock_article(session.connection(), event.document_id)
            if rows.article(event.document_id) is None:
                raise ReviewError(f"document {event.document_id}: is not in the store")
            if rows.subject(event.event_id) is not None:
                raise ReviewError(
                    f"event {event.event_id}: the store has it already; change or confirm that one"
                )
            judgement = _new(
                by, why, "add", event.document_id,
                event_id=event.event_id,
                subject=_subject_of(event.document_id, event.event_id),
                record=replace(event, reviewed="added").to_record(),
            )  # fmt: skip
            rows.add(judgement)
            rows.bring_up(event.document_id)
        return judgement

    def complete(self, document_id: str, *, by: str, why: str | None = None) -> Judgement:
        """Keep that all events of an article were judged and all missed ones added."""
        with self._begin(f"marking {document_id}", True) as session:
            rows = self._rows(session)
            if rows.article(document_id) is None:
                raise ReviewError(f"document {document_id}: is not in the store")
            judgement = _new(by, why, "complete", document_id)
            rows.add(judgement)
        return judgement

    def undo(self, judgement_id: str, *, by: str, why: str | None = None) -> Judgement:
        """Take a judgement back; the one before it about the same event holds again.

        Raises ReviewError when there is no such judgement or it was taken back already.
        """
        with self._begin(f"undoing judgement {judgement_id}", True) as session:
            rows = self._rows(session)
            found = rows.judgement(judgement_id)
            if found is None or found.verdict == "undo":
                raise ReviewError(
                    f"judgement {judgement_id!r}: none of that id can be taken back; "
                    "list them with: crisiswire review --list"
                )
            self._backend.lock_article(session.connection(), found.document_id)
            if all(j.id != found.id for j in in_force(rows.of(found.document_id))):
                raise ReviewError(f"judgement {judgement_id}: was taken back already")
            judgement = _new(
                by, why, "undo", found.document_id,
                event_id=found.event_id, subject=found.subject, undoes=found.id,
            )  # fmt: skip
            rows.add(judgement)
            rows.bring_up(found.document_id)
        return judgement

    def take(self, judgements: Iterable[Judgement]) -> int:
        """Keep judgements that another store has kept, those that are here already aside, and say
        how many were new. They hold in the order of the days on which they were made."""
        new = 0
        by_document: dict[str, list[Judgement]] = {}
        for judgement in sorted(judgements, key=lambda j: j.at):
            by_document.setdefault(judgement.document_id, []).append(judgement)
        for document, listed in by_document.items():
            with self._begin(f"taking judgements of {document}", True) as session:
                self._backend.lock_article(session.connection(), document)
                rows = self._rows(session)
                unknown = [j for j in listed if rows.judgement(j.id) is None]
                for judgement in unknown:
                    rows.add(judgement)
                rows.bring_up(document)
                new += len(unknown)
        return new

    def judgements(
        self, *, document_id: str | None = None, by: str | None = None
    ) -> Iterator[Judgement]:
        """All judgements, oldest first, also those that hold no more; of one document, person."""
        with self._begin("reading judgements", False) as session:
            yield from self._rows(session).find(document_id, by)

    def judgements_of(self, event_id: str) -> list[Judgement]:
        """All about one event, oldest first, whatever its ids were. Raises ReviewError for an
        event that neither store nor judgement knows."""
        with self._begin(f"reading judgements of {event_id}", False) as session:
            rows = self._rows(session)
            found = rows.subject(event_id)
            name = rows.named(event_id) if found is None else found.name
            if found is None and name is None:
                raise _unknown(event_id)
            return [] if name is None else rows.of_subject(name)

    def subject(self, event_id: str) -> Subject:
        """An event as shown and as coded, with the judgement that holds; also a rejected one.

        Raises ReviewError for an event that the store does not have.
        """
        with self._begin(f"reading event {event_id}", False) as session:
            return _known(self._rows(session), event_id)

    def subjects(self) -> list[Subject]:
        """All judged events that stand in the articles as they are coded now."""
        with self._begin("reading judged events", False) as session:
            return list(self._rows(session).subjects())

    def adrift(self) -> list[Judgement]:
        """The judgements that would hold but fit nothing of the articles as coded now."""
        with self._begin("reading judgements", False) as session:
            return self._rows(session).adrift()

    def apply(self, document_id: str | None = None) -> int:
        """Lay the judgements about one article, or all, over its events anew, and say over how
        many articles. The store does this by itself; doing it again changes nothing."""
        with self._begin("reading judgements", False) as session:
            documents = {j.document_id for j in self._rows(session).find(document_id, None)}
        return sum(self._apply(document) for document in sorted(documents))

    def _rows(self, session: Session) -> ReviewRows:
        return ReviewRows(session, self._backend.matching)

    def _apply(self, document_id: str) -> bool:
        with self._begin(f"applying judgements to {document_id}", True) as session:
            self._backend.lock_article(session.connection(), document_id)
            return self._rows(session).bring_up(document_id)

    def _locked(self, session: Session, rows: ReviewRows, event_id: str) -> Subject:
        """The event, its article locked; read again, since another may have judged meanwhile."""
        found = _known(rows, event_id)
        self._backend.lock_article(session.connection(), found.document_id)
        session.expire_all()
        return _known(rows, found.event_id)


def _subject_of(document_id: str, event_id: str) -> str:
    """The same in every store, so that two people's judgements meet when stores are merged."""
    return f"{document_id} {event_id}"


def _known(rows: ReviewRows, event_id: str) -> Subject:
    found = rows.subject(event_id)
    if found is None:
        raise _unknown(event_id)
    return found


def _unknown(event_id: str) -> ReviewError:
    return ReviewError(f"no event {event_id!r} in the store; list them with: crisiswire events")


def _checked(verdict: str, changes: Mapping[str, Any] | None) -> dict[str, Any]:
    given = dict(changes or {})
    if (verdict == "change") != bool(given):
        raise ReviewError(
            f"verdict {verdict!r}: only a change has changes, and it needs one at least"
        )
    if "event_type" in given:
        given.setdefault("mode", None)  # a mode belongs to its type
    check_changes(given)
    return given


def _own_record(subject: Subject, blind: bool) -> Mapping[str, Any]:
    """The coder's own record, or what was added where it has none."""
    if subject.coded is not None:
        return subject.coded.to_record()
    holds = subject.judgement
    if blind or holds is None or holds.record is None:
        raise ReviewError(f"event {subject.event_id}: the coder has no record of its own to judge")
    return holds.record


def _differing(
    subject: Subject,
    record: Mapping[str, Any],
    verdict: Verdict,
    given: Mapping[str, Any],
    blind: bool,
) -> dict[str, Any]:
    """In which fields the record as the person would have it differs from ``record``, with their
    values there. Raises ReviewError when type and mode do not go together."""
    if verdict == "reject":
        return {}
    seen = record if blind or subject.shown is None else subject.shown.to_record()
    wanted = {name: given.get(name, seen[name]) for name in FIELDS}
    check_mode(wanted["event_type"], wanted["mode"])
    return {name: value for name, value in wanted.items() if value != record[name]}


def _check_seen(subject: Subject, seen: str) -> None:
    holds = subject.judgement
    if (holds.id if holds is not None else "") != seen:
        who = f"{holds.by} has judged it ({holds.verdict})" if holds else "a judgement was undone"
        raise ReviewConflict(
            f"event {subject.event_id}: {who} since you looked; look again and judge anew"
        )


def _new(by: str, why: str | None, verdict: Verdict, document_id: str, **rest: Any) -> Judgement:
    name = " ".join(by.split())
    if not name:
        raise ReviewError("by: say who judges", "by")
    return Judgement(
        secrets.token_hex(8),
        document_id,
        verdict,
        name,
        dt.datetime.now(dt.UTC),
        why or None,
        **rest,
    )
