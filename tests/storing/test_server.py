"""The PostgreSQL server that the tests bring along."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import pytest
from scripts.postgres import binaries
from sqlalchemy import make_url

from helpers import ROOT

SERVE = "import time\nfrom scripts.postgres import running\n" + (
    "with running() as url:\n    print(url, flush=True)\n    time.sleep(600)\n"
)
PATIENCE = 60  # seconds


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_server_ends_with_a_caller_that_is_killed() -> None:
    if binaries() is None:
        pytest.skip("not tested with PostgreSQL: no PostgreSQL is installed")
    caller = subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert caller.stdout is not None
    port = make_url(caller.stdout.readline().strip()).port
    assert port is not None
    assert answers(port)
    caller.kill()
    caller.communicate()
    deadline = time.monotonic() + PATIENCE
    while answers(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not answers(port)
