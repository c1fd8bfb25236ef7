"""The record as a whole: over time, on the map, between whom, and what has turned."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from crisiswire.analysing.changes import changes
from crisiswire.analysing.choices import choices
from crisiswire.analysing.filters import Filters
from crisiswire.analysing.networks import network
from crisiswire.analysing.places import PlaceEvents, place_key, places
from crisiswire.analysing.series import series
from crisiswire.serving.cursors import decoded, page_of
from crisiswire.serving.documented import answers
from crisiswire.serving.params import ChangeParams, NetworkParams, PlaceParams, SeriesParams
from crisiswire.serving.service import Service, reply
from crisiswire.serving.shapes import Changes, Choices, Network, PlacePage, Series

router = APIRouter(tags=["overviews"])


@router.get("/places", **answers("GET /api/places", PlacePage))
def list_places(request: Request, asked: Annotated[PlaceParams, Query()]) -> Response:
    """Where the events that meet the filters happened, the places of most events first."""
    decoded(asked.after, int, str)

    def make(service: Service) -> Any:
        found, placeless = places(service.store, asked.query())
        items, more = page_of(found, asked.after, asked.limit, _place)
        total = len(found) if asked.after is None else None
        return {"items": items, "next": more, "total": total, "placeless": placeless}

    return reply(request, make)


def _place(place: PlaceEvents) -> tuple[int, str]:
    return -place.events, place_key(place)


@router.get("/series", **answers("GET /api/series", Series))
def one_series(request: Request, asked: Annotated[SeriesParams, Query()]) -> Response:
    """Events over time."""
    return reply(request, lambda it: series(it.store, asked.query(), asked.by, asked.split))


@router.get("/networks", **answers("GET /api/networks", Network))
def one_network(request: Request, asked: Annotated[NetworkParams, Query()]) -> Response:
    """Who acts toward whom."""

    def make(service: Service) -> Any:
        return network(service.store, asked.query(), asked.level, ego=asked.ego, limit=asked.limit)

    return reply(request, make)


@router.get("/changes", **answers("GET /api/changes", Changes))
def list_changes(request: Request, asked: Annotated[ChangeParams, Query()]) -> Response:
    """What has turned in the last window of the record."""

    def make(service: Service) -> Any:
        narrow = asked if asked.status else asked.model_copy(update={"status": ("actual",)})
        return changes(
            service.store,
            narrow.query(),
            asked.window,
            as_of=asked.as_of,
            level=asked.level,
            limit=asked.limit,
        )

    return reply(request, make)


@router.get("/choices", **answers("GET /api/choices", Choices))
def list_choices(request: Request, asked: Annotated[Filters, Query()]) -> Response:
    """The values that filters may take, with the events that each gives."""
    return reply(request, lambda service: choices(service.store, asked.query()))
