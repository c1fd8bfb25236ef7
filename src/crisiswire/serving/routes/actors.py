"""Actors and their pages."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from crisiswire.analysing.actor_pages import actor_page, listed, ranked
from crisiswire.knowledge.folding import fold
from crisiswire.serving.cursors import decoded, page_of
from crisiswire.serving.documented import answers
from crisiswire.serving.gate import Refusal
from crisiswire.serving.params import ActorPageParams, ActorParams, Key
from crisiswire.serving.service import Service, reply
from crisiswire.serving.shapes import ActorDetail, ActorPage
from crisiswire.storing import EventQuery

router = APIRouter(tags=["actors"])


@router.get("/actors", **answers("GET /api/actors", ActorPage))
def list_actors(request: Request, asked: Annotated[ActorParams, Query()]) -> Response:
    """Actors and recipients of the events that meet the filters, those of most events first."""
    decoded(asked.after, int, str)

    def make(service: Service) -> Any:
        found = ranked(service.store, asked.query())
        if asked.q is not None:
            sought = fold(asked.q)
            named = {a.id for a in listed(service.store, found) if sought in fold(a.name)}
            found = [row for row in found if row.key in named]
        rows, more = page_of(found, asked.after, asked.limit, _place)
        total = len(found) if asked.after is None else None
        return {"items": listed(service.store, rows), "next": more, "total": total}

    return reply(request, make)


def _place(row: Any) -> tuple[int, str]:
    return -row.events, row.key


@router.get("/actors/{actor_id:path}", **answers("GET /api/actors/{id}", ActorDetail, 404))
def one_actor(
    request: Request, actor_id: Key, asked: Annotated[ActorPageParams, Query()]
) -> Response:
    """An actor's names, offices, events in each role, counterparts and quotes."""

    def make(service: Service) -> Any:
        query = EventQuery(date_from=asked.since, date_to=asked.until)
        page = actor_page(service.store, actor_id, query, service.names())
        if page is None:
            raise Refusal(404, "not_found", f"no actor {actor_id!r} in the events asked for")
        return page

    return reply(request, make)
