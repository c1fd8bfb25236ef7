"""Writing events, many rows at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from crisiswire.errors import StoreError
from crisiswire.model import Article, Event
from crisiswire.storing.mapping import event_values, part_values
from crisiswire.storing.tables import Base, EventRow


def check_belonging(article: Article, events: Sequence[Event]) -> None:
    """Raises StoreError when an event belongs to another document or comes twice."""
    for event in events:
        if event.document_id != article.id:
            raise StoreError(
                f"event {event.event_id}: belongs to document {event.document_id}, not to "
                f"{article.id}; save it with its own article"
            )
    for event_id, number in Counter(event.event_id for event in events).items():
        if number > 1:
            raise StoreError(
                f"event {event_id}: comes {number} times in article {article.id}; "
                "give each event of an article an id of its own"
            )


def write_events(session: Session, article_pk: int, events: Sequence[Event]) -> None:
    """Write new events of the article with this key.

    Raises StoreError when an event's explanation is not JSON.
    """
    if not events:
        return
    statement = insert(EventRow).returning(EventRow.pk, sort_by_parameter_order=True)
    rows = [event_values(event, article_pk) for event in events]
    keys = list(session.scalars(statement, rows))
    write_parts(session, dict(zip(keys, events, strict=True)))


def write_parts(session: Session, events: Mapping[int, Event]) -> None:
    """Write the parties, contexts and numbers of the events with these keys."""
    parts: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
    for key, event in events.items():
        for table, rows in part_values(event, key).items():
            parts[table] += rows
    for table, rows in parts.items():
        if rows:
            session.execute(insert(table), rows)
