"""Judgements and judged events within one session."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from crisiswire.model import Article, Event
from crisiswire.storing.corrections import Kept, overlay
from crisiswire.storing.judgements import FIELDS, Judgement, Verdict, standing
from crisiswire.storing.mapping import article_of, event_values, stored_event
from crisiswire.storing.plain import packed, unpacked
from crisiswire.storing.queries import Matcher, event_rows
from crisiswire.storing.records import EventQuery
from crisiswire.storing.repositories import PREFIX_LENGTH, Events
from crisiswire.storing.story_rows import StoryEventRow
from crisiswire.storing.tables import (
    ArticleRow,
    ContextRow,
    EventRow,
    JudgementRow,
    PartyRow,
    QuantityRow,
    ReviewedRow,
)
from crisiswire.storing.writing import write_events, write_parts

_BATCH = 500  # rows held at a time


@dataclass(frozen=True, slots=True)
class Subject:
    """An event that can be judged. ``shown`` is what readers see (None: rejected), ``coded`` the
    coder's own record (None: only people have found it), ``judgement`` the one that holds.
    ``name`` is the subject of the judgements about it, None before the first."""

    document_id: str
    event_id: str
    name: str | None
    shown: Event | None
    coded: Event | None
    judgement: Judgement | None


class ReviewRows:
    """The judgements of a store and the events that they are about."""

    def __init__(self, session: Session, matching: Matcher) -> None:
        self._session, self._matching = session, matching

    def add(self, judgement: Judgement) -> None:
        """Write one more."""
        record = None if judgement.record is None else json.dumps(judgement.record)
        self._session.add(
            JudgementRow(
                id=judgement.id,
                document_id=judgement.document_id,
                event_id=judgement.event_id,
                subject=judgement.subject,
                verdict=judgement.verdict,
                changes=json.dumps(judgement.changes),
                record=record,
                judge=judgement.by,
                at=judgement.at.isoformat(),
                why=judgement.why,
                blind=judgement.blind,
                undoes=judgement.undoes,
            )
        )
        self._session.flush()

    def find(self, document_id: str | None, by: str | None) -> Iterator[Judgement]:
        """Judgements in the order in which they were made."""
        statement = select(JudgementRow).order_by(JudgementRow.at, JudgementRow.pk)
        if document_id is not None:
            statement = statement.where(JudgementRow.document_id == document_id)
        if by is not None:
            statement = statement.where(JudgementRow.judge == by)
        streaming = {"yield_per": _BATCH}
        for row in self._session.scalars(statement, execution_options=streaming):
            yield _judgement(row)

    def of(self, document_id: str) -> list[Judgement]:
        """All about one article."""
        return list(self.find(document_id, None))

    def about(self, document_id: str) -> bool:
        """Whether there is any about this article."""
        statement = select(JudgementRow.pk).where(JudgementRow.document_id == document_id)
        return self._session.scalar(statement.limit(1)) is not None

    def judgement(self, judgement_id: str) -> Judgement | None:
        """The one of this id."""
        row = self._session.scalar(select(JudgementRow).where(JudgementRow.id == judgement_id))
        return None if row is None else _judgement(row)

    def named(self, event_id: str) -> str | None:
        """The subject of the latest judgement about an event of this id."""
        statement = select(JudgementRow.subject).where(JudgementRow.event_id == event_id)
        return self._session.scalar(statement.order_by(JudgementRow.pk.desc()).limit(1))

    def of_subject(self, subject: str) -> list[Judgement]:
        """All about one subject, in the order in which they were made."""
        statement = select(JudgementRow).where(JudgementRow.subject == subject)
        ordered = statement.order_by(JudgementRow.at, JudgementRow.pk)
        return [_judgement(row) for row in self._session.scalars(ordered)]

    def article(self, document_id: str) -> Article | None:
        """The article of this id."""
        found = self._article_row(document_id)
        return None if found is None else article_of(found)

    def subject(self, event_id: str) -> Subject | None:
        """The event of this id, or the only one whose id begins so (6 characters or more).

        Raises StoreError when several are meant.
        """
        stored = Events(self._session, self._matching).get(event_id)
        shown = None if stored is None else stored.event
        row = self._reviewed_row(event_id, shown)
        if row is not None:
            return _subject(*row, shown, self.judgement(row[0].judgement_id))
        if shown is None:
            return None
        past = [j.subject for j in self.of(shown.document_id) if j.event_id == shown.event_id]
        return Subject(
            shown.document_id, shown.event_id, past[-1] if past else None, shown, shown, None
        )

    def subjects(self) -> Iterator[Subject]:
        """All judged events that stand in their articles, article by article."""
        judged = Events(self._session, self._matching).find(EventQuery(reviewed=True))
        shown = {(s.event.document_id, s.event.event_id): s.event for s in judged}
        statement = (
            select(ReviewedRow, ArticleRow.id, JudgementRow)
            .join(ArticleRow, ArticleRow.pk == ReviewedRow.article_pk)
            .join(JudgementRow, JudgementRow.id == ReviewedRow.judgement_id)
            .order_by(ArticleRow.id, ReviewedRow.subject)
        )
        for row, document_id, holding in self._session.execute(statement):
            event = shown.get((document_id, row.event_id))
            yield _subject(row, document_id, event, _judgement(holding))

    def adrift(self) -> list[Judgement]:
        """Judgements that would hold but whose subject is nowhere."""
        present = set(self._session.scalars(select(ReviewedRow.subject)))
        holding = standing(self.find(None, None))
        return [j for subject, j in holding.items() if subject not in present]

    def bring_up(self, document_id: str) -> bool:
        """Make the article's events what the judgements make of the coder's. False when the
        article is not there."""
        row = self._article_row(document_id)
        if row is None:
            return False
        article, key = article_of(row), row.pk
        stored = self._session.execute(event_rows().where(EventRow.article_pk == key)).all()
        keys = {event.event_id: event.pk for event, _ in stored}
        shown = {event.event_id: stored_event(event, row).event for event, _ in stored}
        before = self._session.scalars(select(ReviewedRow).where(ReviewedRow.article_pk == key))
        new = overlay(article, _as_coded(shown, before), self.of(document_id))
        self._session.expunge_all()
        self._session.execute(delete(ReviewedRow).where(ReviewedRow.article_pk == key))
        wanted = {event.event_id: event for event in new.events}
        gone = [keys[name] for name in shown.keys() - wanted.keys()]
        self._session.execute(delete(EventRow).where(EventRow.pk.in_(gone)))
        found = [event for name, event in wanted.items() if name not in shown]
        write_events(self._session, key, found)
        told_else = []
        for name in wanted.keys() & shown.keys():
            event = wanted[name]
            if shown[name] != event or shown[name].explanation != event.explanation:
                self._rewrite(keys[name], event, key)
                write_parts(self._session, {keys[name]: event})
                if any(getattr(shown[name], part) != getattr(event, part) for part in FIELDS):
                    told_else.append(keys[name])
        # They may belong to other stories now, and wait for their place.
        left = delete(StoryEventRow).where(StoryEventRow.event_pk.in_(told_else))
        self._session.execute(left)
        self._session.add_all([_reviewed_row(key, kept) for kept in new.kept])
        self._session.flush()
        return True

    def _rewrite(self, key: int, event: Event, article_key: int) -> None:
        """Write an event, its parts aside, in place of the one with this key, which it keeps."""
        for table in (ContextRow, PartyRow, QuantityRow):
            self._session.execute(delete(table).where(table.event_pk == key))
        values = event_values(event, article_key)
        self._session.execute(update(EventRow).where(EventRow.pk == key).values(values))

    def _article_row(self, document_id: str) -> ArticleRow | None:
        statement = select(ArticleRow).options(selectinload(ArticleRow.masked))
        return self._session.scalar(
            statement.where(ArticleRow.id == document_id),
            execution_options={"populate_existing": True},
        )

    def _reviewed_row(self, event_id: str, shown: Event | None) -> tuple[ReviewedRow, str] | None:
        """The judged event that readers see as ``shown``, else the rejected one of this id, or the
        only one whose id begins so; with its article's id."""
        statement = select(ReviewedRow, ArticleRow.id).join(
            ArticleRow, ArticleRow.pk == ReviewedRow.article_pk
        )
        if shown is not None:
            event_id = shown.event_id
            statement = statement.where(ArticleRow.id == shown.document_id)
        found = self._session.execute(statement.where(ReviewedRow.event_id == event_id)).first()
        if found is None and shown is None and len(event_id) >= PREFIX_LENGTH:
            begins = ReviewedRow.event_id.startswith(event_id, autoescape=True)
            several = self._session.execute(statement.where(begins).limit(2)).all()
            found = several[0] if len(several) == 1 else None
        return None if found is None else (found[0], found[1])


def _subject(
    row: ReviewedRow, document_id: str, shown: Event | None, judgement: Judgement | None
) -> Subject:
    coded = None if row.coded is None else unpacked(row.coded)
    return Subject(document_id, row.event_id, row.subject, shown, coded, judgement)


def _as_coded(shown: Mapping[str, Event], reviewed: Iterable[ReviewedRow]) -> list[Event]:
    """The coder's own events: those shown, with its own records where a judgement holds."""
    coded = dict(shown)
    for row in reviewed:
        coded.pop(row.event_id, None)
        if row.coded is not None:
            coded[row.event_id] = unpacked(row.coded)
    return list(coded.values())


def _reviewed_row(article_pk: int, kept: Kept) -> ReviewedRow:
    return ReviewedRow(
        article_pk=article_pk,
        subject=kept.judgement.subject,
        event_id=kept.event_id,
        judgement_id=kept.judgement.id,
        coded=None if kept.coded is None else packed(kept.coded),
    )


def _judgement(row: JudgementRow) -> Judgement:
    return Judgement(
        id=row.id,
        document_id=row.document_id,
        verdict=cast(Verdict, row.verdict),
        by=row.judge,
        at=dt.datetime.fromisoformat(row.at),
        why=row.why,
        event_id=row.event_id,
        subject=row.subject,
        record=None if row.record is None else json.loads(row.record),
        changes=json.loads(row.changes),
        blind=row.blind,
        undoes=row.undoes,
    )
