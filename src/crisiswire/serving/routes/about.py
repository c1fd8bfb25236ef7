"""What is served."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from crisiswire import __version__
from crisiswire.exporting.forms import FORMS
from crisiswire.knowledge.actor_tables import country_names
from crisiswire.knowledge.files import ontology
from crisiswire.serving.answers import json_bytes
from crisiswire.serving.documented import answers
from crisiswire.serving.service import Service, reply, service_of
from crisiswire.serving.shapes import About, Health

router = APIRouter(tags=["about"])


@router.get("/about", **answers("GET /api/about", About))
def about(request: Request) -> Response:
    """Versions, the store, what this server can do, and the codes of the ontology."""
    return reply(request, _about)


@router.get("/health", **answers("GET /api/health", Health))
def health(request: Request) -> Response:
    """That the service answers and its store can be read."""
    service_of(request).store.state()
    headers = {"cache-control": "no-store"}
    return Response(json_bytes({"status": "ok"}), headers=headers, media_type="application/json")


def _about(service: Service) -> dict[str, Any]:
    counts, codes = service.store.counts(), ontology()
    return {
        "version": __version__,
        "store": "the shipped examples" if service.demo else service.store.place,
        "demo": service.demo,
        "articles": counts.articles,
        "events": counts.events,
        "first": counts.first,
        "last": counts.last,
        "record_end": service.store.latest(),
        "can_code": True,
        "can_review": not service.store.readonly,
        "has_stories": True,
        "max_code_chars": service.config.serve.max_text,
        "countries": country_names(),
        "types": {name: kind["quad"] for name, kind in codes["types"].items()},
        "modes": {name: list(kind.get("modes", ())) for name, kind in codes["types"].items()},
        "sectors": codes["sectors"],
        "contexts": codes["contexts"],
        "export_forms": list(FORMS),
    }
