"""What people judge of the events."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from crisiswire.errors import ReviewConflict, ReviewError, StoreReadOnly
from crisiswire.pipeline import Coder
from crisiswire.reviewing import Desk
from crisiswire.serving.answers import json_bytes
from crisiswire.serving.cursors import decoded, page_of
from crisiswire.serving.documented import answers
from crisiswire.serving.gate import Refusal
from crisiswire.serving.params import ReviewParams
from crisiswire.serving.service import Service, reply, service_of
from crisiswire.serving.shapes import JudgementPage, JudgementShape, ReviewRequest
from crisiswire.storing import Judgement

router = APIRouter(tags=["work"])
_READ_WITH_CODER = ("add", "change")  # their words are read as the coder reads them


@router.post("/reviews", **answers("POST /api/reviews", JudgementShape, 409, status=201))
async def judge(request: Request, asked: ReviewRequest) -> Response:
    """Keep a judgement."""
    service = service_of(request)
    row = asked.model_dump(exclude_none=True)
    try:
        if asked.verdict in _READ_WITH_CODER:
            kept = await service.room.do(lambda coder: _judged(service, row, coder))
        else:
            kept = await run_in_threadpool(_judged, service, row)
    except ReviewConflict as error:
        raise Refusal(409, "ambiguous", str(error), parameter=error.field) from error
    except ReviewError as error:
        raise Refusal(422, "bad_parameter", str(error), parameter=error.field) from error
    except StoreReadOnly as error:
        raise Refusal(403, "forbidden", "this store may not be written") from error
    headers = {"cache-control": "no-store"}
    return Response(
        json_bytes(kept.to_record()), 201, headers=headers, media_type="application/json"
    )


def _judged(service: Service, row: dict[str, Any], coder: Coder | None = None) -> Judgement:
    desk = Desk(service.store) if coder is None else Desk(service.store, lambda: coder)
    return desk.judge(row)


@router.get("/reviews", **answers("GET /api/reviews", JudgementPage))
def list_judgements(request: Request, asked: Annotated[ReviewParams, Query()]) -> Response:
    """Judgements, latest first."""
    decoded(asked.after, int, str)

    def make(service: Service) -> Any:
        kept = service.store.reviews.judgements(document_id=asked.document_id, by=asked.by)
        found = [j for j in kept if asked.event_id in (None, j.event_id)]
        items, more = page_of(sorted(found, key=_place), asked.after, asked.limit, _place)
        return {"items": [judgement.to_record() for judgement in items], "next": more}

    return reply(request, make)


def _place(judgement: Judgement) -> tuple[int, str]:
    return -int(judgement.at.timestamp() * 1_000_000), judgement.id
