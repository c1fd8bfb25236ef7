"""What all shapes have in common, and the shape of errors."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Base of every answer; the field descriptions make the OpenAPI document."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Fault(Shape):
    """Why a request was refused and what to do."""

    code: str
    message: str
    parameter: str | None
    request_id: str


class ErrorAnswer(Shape):
    """Every answer with a status of 400 or more."""

    error: Fault
