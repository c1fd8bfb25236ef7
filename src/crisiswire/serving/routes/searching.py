"""Searching the words of articles and events, and the names of actors and places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request, Response

from crisiswire.analysing.actor_pages import actors
from crisiswire.analysing.places import places
from crisiswire.errors import StoreError
from crisiswire.knowledge.folding import fold
from crisiswire.serving.answers import Answer, article_head, event_answers
from crisiswire.serving.documented import answers
from crisiswire.serving.gate import Refusal
from crisiswire.serving.params import SearchParams
from crisiswire.serving.routes.events import check_cursor
from crisiswire.serving.service import Service, reply
from crisiswire.serving.shapes import SearchAnswer
from crisiswire.storing import EventQuery
from crisiswire.storing.records import FoundArticle
from crisiswire.storing.searching import matches, parse_search

router = APIRouter(tags=["search"])
_FEW = 8  # actors, places and events beside the articles
_ALL = EventQuery()
_Named = TypeVar("_Named")


@router.get("/search", **answers("GET /api/search", SearchAnswer))
def one_search(request: Request, asked: Annotated[SearchParams, Query()]) -> Response:
    """Articles whose text or title holds the words, the newest first; with the first page also
    actors, places and events."""
    check_cursor(asked.after)
    try:
        parse_search(asked.q)
    except StoreError as error:
        raise Refusal(400, "bad_parameter", f"q: {error}", parameter="q") from error

    def make(service: Service) -> Any:
        page = service.store.search(asked.q, after=asked.after, limit=asked.limit)
        found: Answer = {"articles": [_found(one) for one in page.items], "next": page.next}
        if asked.after is not None:
            return found | {"actors": [], "places": [], "events": []}
        known = service.kept("actors", lambda store: actors(store, _ALL))
        where = service.kept("places", lambda store: places(store, _ALL)[0])
        told = service.store.event_page(EventQuery(text=asked.q), limit=_FEW, newest_first=True)
        return found | {
            "actors": _named(known, asked.q, lambda actor: actor.name),
            "places": _named(where, asked.q, lambda place: place.name),
            "events": event_answers(service.store, told.items),
        }

    return reply(request, make)


def _found(one: FoundArticle) -> Answer:
    start = one.snippet_start
    end = start + len(one.snippet)
    marks = [match for match in one.matches if start <= match[0] and match[1] <= end]
    return article_head(one.article) | {"snippet": one.snippet, "start": start, "marks": marks}


def _named(known: Sequence[_Named], words: str, name: Callable[[_Named], str]) -> list[_Named]:
    """The first of ``known`` in whose name the words stand, any of them or all as they are."""
    search, plain = parse_search(words), fold(words)
    met = (one for one in known if plain in fold(name(one)) or matches(name(one), search))
    return list(islice(met, _FEW))
