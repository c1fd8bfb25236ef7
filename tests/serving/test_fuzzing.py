"""Requests made from the API's own description find no failure."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error

from .conftest import WORK, Serve

EXAMPLES = 10  # requests of each route
_CODING = "/api/code"  # loads a coder; its bodies have tests of their own


def test_no_request_makes_the_server_fail(serve: Serve) -> None:
    plenty = {"reads_per_second": 10**6, "works_per_minute": 10**6}
    client = serve(limits=plenty)
    headers = {"Host": "localhost", **WORK}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", client.app, headers=headers)
    tried = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path == _CODING:
            continue
        tried.add(operation.path)

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def check(case: Case) -> None:
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=[not_a_server_error])

        check()
    assert tried == set(client.get("/api/openapi.json").json()["paths"]) - {_CODING}
