"""Articles, and searching their words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from crisiswire.serving.answers import article_head, event_answers
from crisiswire.serving.documented import answers
from crisiswire.serving.gate import Refusal
from crisiswire.serving.params import ArticleParams, Key
from crisiswire.serving.routes.events import check_cursor
from crisiswire.serving.service import Service, reply
from crisiswire.serving.shapes import ArticleDetail, ArticlePage
from crisiswire.storing import EventQuery

router = APIRouter(tags=["articles"])
_TEXTS = 100  # articles, whose texts are read too, of a page


@router.get("/articles", **answers("GET /api/articles", ArticlePage))
def list_articles(request: Request, asked: Annotated[ArticleParams, Query()]) -> Response:
    """Articles by date, each with the number of its events."""
    check_cursor(asked.after)

    def make(service: Service) -> Any:
        store = service.store
        days = {"published_from": asked.since, "published_to": asked.until}
        page = store.article_page(
            **days,
            outlet=asked.outlet,
            after=asked.after,
            limit=min(asked.limit, _TEXTS),
            newest_first=asked.order == "desc",
        )
        numbers = store.events_of_articles([article.id for article in page.items])
        total = None
        if asked.after is None:
            total = store.number_of_articles(**days, outlet=asked.outlet)
        items = [article_head(a) | {"events": numbers.get(a.id, 0)} for a in page.items]
        return {"items": items, "next": page.next, "total": total}

    return reply(request, make)


@router.get("/articles/{article_id:path}", **answers("GET /api/articles/{id}", ArticleDetail, 404))
def one_article(request: Request, article_id: Key) -> Response:
    """An article's text with its events in the order of the text."""

    def make(service: Service) -> Any:
        article = service.store.article(article_id)
        if article is None:
            raise Refusal(404, "not_found", f"no article {article_id!r} in the store")
        events = service.store.events(EventQuery(document_id=article_id))
        in_order = sorted(events, key=lambda s: (s.event.sentence, s.event.evidence.trigger.start))
        return article_head(article) | {
            "date_known": article.date_known,
            "text": article.text,
            "masked": article.masked,
            "events": event_answers(service.store, in_order),
        }

    return reply(request, make)
