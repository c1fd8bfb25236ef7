"""Events, and who says what in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from crisiswire.analysing.reasons import reasons
from crisiswire.analysing.statements import statements
from crisiswire.errors import StoreError
from crisiswire.serving.answers import event_answer, event_answers
from crisiswire.serving.cursors import decoded, encoded
from crisiswire.serving.documented import answers
from crisiswire.serving.gate import Refusal
from crisiswire.serving.params import EventParams, Key
from crisiswire.serving.service import Service, reply
from crisiswire.serving.shapes import EventDetail, EventPage, StatementPage
from crisiswire.storing import Judgement, StoredEvent
from crisiswire.storing.paging import parse_cursor

router = APIRouter(tags=["events"])
_STATEMENT = (dt.date, str, int, int, str)


@router.get("/events", **answers("GET /api/events", EventPage))
def list_events(request: Request, asked: Annotated[EventParams, Query()]) -> Response:
    """Events that meet the filters, by the day they begin."""
    check_cursor(asked.after)

    def make(service: Service) -> Any:
        query = asked.query()
        page = service.store.event_page(
            query, after=asked.after, limit=asked.limit, newest_first=asked.order == "desc"
        )
        total = service.store.number(query) if asked.after is None else None
        return {
            "items": event_answers(service.store, page.items),
            "next": page.next,
            "total": total,
        }

    return reply(request, make)


@router.get("/events/{event_id}", **answers("GET /api/events/{id}", EventDetail, 404, 409))
def one_event(request: Request, event_id: Key) -> Response:
    """An event, why it was coded so, and what reviewers said of it."""

    def make(service: Service) -> Any:
        try:
            stored = service.store.event(event_id)
        except StoreError as error:
            raise Refusal(409, "ambiguous", str(error)) from error
        if stored is None:
            raise Refusal(404, "not_found", f"no event {event_id!r} in the store")
        told = service.store.reviews.judgements_of(stored.event.event_id)
        (story,) = service.store.story_ids([stored])
        return event_detail(stored, told) | {"story": story}

    return reply(request, make)


def event_detail(stored: StoredEvent, judgements: Iterable[Judgement] = ()) -> dict[str, Any]:
    """An event with its reasons and what was judged of it."""
    return event_answer(stored) | {
        "reasons": list(reasons(stored)),
        "explanation": dict(stored.event.explanation),
        "judgements": [judgement.to_record() for judgement in judgements],
    }


@router.get("/quotes", **answers("GET /api/quotes", StatementPage))
def list_statements(request: Request, asked: Annotated[EventParams, Query()]) -> Response:
    """Sentences in which somebody says something, by the date of the article."""
    place = decoded(asked.after, *_STATEMENT)

    def make(service: Service) -> Any:
        items, more = statements(
            service.store,
            asked.query(),
            after=place,
            limit=asked.limit,
            newest_first=asked.order == "desc",
        )
        return {"items": items, "next": None if more is None else encoded(more)}

    return reply(request, make)


def check_cursor(after: str | None) -> None:
    """Refuse a cursor that no page gave, as an error of the one who asks."""
    try:
        parse_cursor(after)
    except StoreError as error:
        raise Refusal(400, "bad_parameter", f"after: {error}", parameter="after") from error
