"""Coding a text that is not in the store."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from crisiswire.errors import ReadError
from crisiswire.model import Article
from crisiswire.pipeline import Coder
from crisiswire.reading.options import ArticleDefaults, ReadLimits
from crisiswire.reading.reader import Desk
from crisiswire.reading.rows import draft_of_row
from crisiswire.serving.answers import article_head, json_bytes, quote_answers, stored_event
from crisiswire.serving.documented import answers
from crisiswire.serving.gate import Refusal
from crisiswire.serving.routes.events import event_detail
from crisiswire.serving.service import Service, service_of
from crisiswire.serving.shapes import CodedShape, CodeRequest

router = APIRouter(tags=["work"])


@router.post("/code", **answers("POST /api/code", CodedShape))
async def code_text(request: Request, asked: CodeRequest) -> Response:
    """Code a text into events and quotes; nothing is stored."""
    service = service_of(request)
    article = _article(service, asked)
    coded = await service.room.do(lambda coder: json_bytes(_coded(coder, article)))
    headers = {"cache-control": "no-store"}
    return Response(coded, headers=headers, media_type="application/json")


def _article(service: Service, asked: CodeRequest) -> Article:
    """The article as it would be read from a row. Raises Refusal for a text that cannot be."""
    most = service.config.serve.max_text
    if len(asked.text) > most:
        raise Refusal(413, "too_large", f"text: {len(asked.text)} characters; {most} at most")
    defaults = ArticleDefaults(None)
    desk = Desk(defaults, ReadLimits(max_chars=most), lambda _: None)
    try:
        return desk.finish(draft_of_row("the text", asked.model_dump(), lambda _: None))
    except ReadError as error:
        raise Refusal(422, "bad_parameter", str(error), parameter="text") from error


def _coded(coder: Coder, article: Article) -> dict[str, Any]:
    return {
        "article": article_head(article),
        "text": article.text,
        "masked": article.masked,
        "refusal": coder.refusal(article),
        "events": [event_detail(stored_event(event, article)) for event in coder.code(article)],
        "quotes": quote_answers(coder.quotes_of(article)),
    }
