"""Happenings as one or several reports tell them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from crisiswire.analysing.heads import Head
from crisiswire.analysing.stories import TOLLS, Story, denies, stories, story
from crisiswire.errors import StoreError
from crisiswire.model import Actor
from crisiswire.serving.cursors import decoded, encoded
from crisiswire.serving.documented import answers
from crisiswire.serving.gate import Refusal
from crisiswire.serving.params import Key, StoryParams
from crisiswire.serving.service import Service, reply
from crisiswire.serving.shapes import StoryDetail, StoryPage
from crisiswire.storing.records import actor_key
from crisiswire.storing.stories import StoredReport

router = APIRouter(tags=["stories"])


@router.get("/stories", **answers("GET /api/stories", StoryPage))
def list_stories(request: Request, asked: Annotated[StoryParams, Query()]) -> Response:
    """Stories with an event that meets the filters, by the day on which it begins."""
    (start,) = decoded(asked.after, int) or (0,)

    def make(service: Service) -> Any:
        store, query = service.store, asked.query()
        total = store.number_of_stories(query)
        # The store counts from the earliest; the latest come from the other end.
        first, end = start, min(start + asked.limit, total)
        if asked.order == "desc":
            first, end = max(0, total - start - asked.limit), max(0, total - start)
        found = list(stories(store, replace(query, offset=first, limit=max(0, end - first))))
        if asked.order == "desc":
            found.reverse()
        done = start + len(found)
        return {
            "items": [_item(one) for one in found],
            "next": encoded([done]) if found and done < total else None,
            "total": total if asked.after is None else None,
        }

    return reply(request, make)


@router.get("/stories/{story_id}", **answers("GET /api/stories/{id}", StoryDetail, 404, 409))
def one_story(request: Request, story_id: Key) -> Response:
    """A story with the words of every report side by side."""

    def make(service: Service) -> Any:
        try:
            found = story(service.store, story_id)
        except StoreError as error:
            raise Refusal(409, "ambiguous", str(error)) from error
        if found is None:
            raise Refusal(404, "not_found", f"no story {story_id!r} in the store")
        return _item(found) | {"reports_told": [_report(report) for report in found.reports]}

    return reply(request, make)


def _item(found: Story) -> dict[str, Any]:
    first = found.told[0].event
    same = [s.event for s in found.told if s.event.event_type == found.event_type] or [first]
    return {
        "id": found.id,
        "event_type": found.event_type,
        "quad_class": same[0].quad_class,
        "first": found.when.start,
        "last": found.when.end,
        "actors": [_head(party) for party in found.actors],
        "recipients": [_head(party) for party in found.recipients],
        "place": found.place,
        "reports": len(found.documents),
        "outlets": found.outlets,
        "tolls": [toll for kind in TOLLS if (toll := _toll(found, kind)) is not None],
        "denials": len(found.denials),
        "headline": max(same, key=lambda event: event.confidence).evidence.text,
    }


def _head(party: Actor) -> Head:
    key = actor_key(party.entity_id, party.name)
    return Head(key, party.name, party.country, party.sectors)


def _toll(found: Story, kind: str) -> dict[str, Any] | None:
    span = found.span(kind)
    if span is None:
        return None
    tellers = {
        stored.event.document_id
        for stored in found.told
        if any(quantity.kind == kind for quantity in stored.event.quantities)
    }
    return {"kind": kind, "low": span[0], "high": span[1], "reports": len(tellers)}


def _report(report: StoredReport) -> dict[str, Any]:
    place = report.place
    return {
        "event": report.stored,
        "denies": denies(report.stored.event),
        "score": place.score,
        "reasons": [f"{reason.name} {reason.points:+g}" for reason in place.reasons],
    }
