"""What the OpenAPI document tells of a route's answers."""

from __future__ import annotations

from typing import Any

from crisiswire.serving.examples import examples
from crisiswire.serving.shapes import ErrorAnswer, Shape

_REFUSALS = {
    400: "A value that makes no sense together with others",
    401: "The token is missing or wrong",
    403: "A foreign page or Host",
    404: "Nothing of that id",
    409: "Several things of that id, or another judgement came first",
    413: "More than may be sent",
    422: "A parameter is missing, unknown or has a bad value",
    429: "Too many requests",
    503: "Too busy; ask again after Retry-After seconds",
}
_ALWAYS = (400, 401, 403, 413, 422, 429, 503)


def answers(route: str, shape: type[Shape], *others: int, status: int = 200) -> dict[str, Any]:
    """The arguments of a route's decorator: the answer with its example, and the refusals;
    ``others`` are statuses beyond those that every route may have."""
    own: dict[int | str, dict[str, Any]] = {
        status: {
            "model": shape,
            "content": {"application/json": {"example": examples()[route]}},
        }
    }
    return {
        "responses": own | refusals(*others),
        "status_code": status,
        "response_model": None,
    }


def file_answers() -> dict[int | str, dict[str, Any]]:
    """The answers of a route that gives a file."""
    return {200: {"description": "The file", "content": {"*/*": {}}}, **refusals()}


def refusals(*others: int) -> dict[int | str, dict[str, Any]]:
    """The refusals that a route may answer with."""
    example = {"application/json": {"example": examples()["error"]}}
    return {
        status: {"model": ErrorAnswer, "description": _REFUSALS[status], "content": example}
        for status in sorted({*_ALWAYS, *others})
    }
