"""The application: routes, their errors, the page's files, the gate before all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from crisiswire import __version__
from crisiswire.analysing.filters import reason_of
from crisiswire.errors import ConfigError, CrisiswireError, StoreLocked
from crisiswire.serving.answers import json_bytes
from crisiswire.serving.gate import Gate, Refusal, fault
from crisiswire.serving.pages import Pages
from crisiswire.serving.rates import Rates
from crisiswire.serving.routes import (
    about,
    actors,
    articles,
    coding,
    events,
    exports,
    overviews,
    reviews,
    searching,
    stories,
)
from crisiswire.serving.service import Service, takes_gzip

_ROUTERS = (
    about, events, articles, actors, overviews, searching, exports, coding, reviews, stories
)  # fmt: skip
_CODES = {404: "not_found", 405: "not_found"}
_WAIT = 2  # seconds until a store that others write may be asked again


class _Gzip(GZipMiddleware):
    """Compresses for those who want it; Starlette's own overlooks a weight of 0."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["type"] == "http" and takes_gzip(
            Headers(scope=scope).get("accept-encoding", "")
        )
        await (super().__call__(scope, receive, send) if wanted else self.app(scope, receive, send))


def make_app(service: Service) -> FastAPI:
    """The application that serves ``service``. It closes the store when it ends."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.open()
        yield
        service.close()

    app = FastAPI(
        title="crisiswire",
        version=__version__,
        summary="The record of a crisis: who did what to whom, when, where, according to whom.",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = service
    api = APIRouter(prefix="/api")
    for module in _ROUTERS:
        api.include_router(module.router)
    app.include_router(api)
    app.mount("/", Pages(service.static))
    _explain_errors(app)
    limits = service.config.serve
    rates = Rates(limits.reads_per_second, limits.works_per_minute)
    app.add_middleware(_Gzip, minimum_size=500, compresslevel=5)
    app.add_middleware(Gate, access=service.access, rates=rates, max_body=limits.max_body)
    return app


def _explain_errors(app: FastAPI) -> None:
    """Give every error the same form."""

    @app.exception_handler(Refusal)
    def refused(request: Request, error: Refusal) -> Response:
        return _refusal(request, error)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        name = str(first["loc"][1]) if len(first["loc"]) > 1 else None
        message = f"{name or 'the request'}: {reason_of(first)}"
        return _refusal(request, Refusal(422, "bad_parameter", message, parameter=name))

    @app.exception_handler(HTTPException)
    def no_route(request: Request, error: HTTPException) -> Response:
        code = _CODES.get(error.status_code, "bad_request")
        refusal = Refusal(error.status_code, code, f"{request.url.path}: {error.detail}")
        return _refusal(request, refusal, error.headers)

    @app.exception_handler(CrisiswireError)
    def failed(request: Request, error: CrisiswireError) -> Response:
        if isinstance(error, ConfigError):
            message = str(error).lstrip("-")
            name = message.partition(":")[0]
            known = name if name in request.query_params else None
            return _refusal(request, Refusal(400, "bad_parameter", message, parameter=known))
        if isinstance(error, StoreLocked):
            return _refusal(request, Refusal(503, "busy", "the store is being written", _WAIT))
        raise error


def _refusal(request: Request, error: Refusal, headers: Any = None) -> Response:
    own = {**(headers or {}), "cache-control": "no-store"}
    if error.wait is not None:
        own["retry-after"] = str(error.wait)
    told = fault(error.code, error.message, request.state.request_id, error.parameter)
    return Response(json_bytes(told), error.status, headers=own, media_type="application/json")
