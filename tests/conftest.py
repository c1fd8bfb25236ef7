"""What all tests share: one coder, the command line, and a check of every event coded."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from crisiswire import Article, Coder, Event
from crisiswire.exporting.schema import event_schema
from helpers import ROOT, Cli, Process, Result, Start, check_spans, command


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tested on this machine, and why: a line a reason."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"{number} skipped: {reason}", yellow=True)


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder with its defaults; loading takes seconds, so all tests share it."""
    return Coder()


@pytest.fixture(scope="session", autouse=True)
def checked_events() -> Iterator[None]:
    """Whatever codes in this process, each event meets the schema and quotes its article."""
    validator = Draft202012Validator(
        event_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    original = Coder.code_many

    def checked(
        self: Coder, articles: Iterable[Article], jobs: int = 1
    ) -> Iterator[tuple[Article, list[Event]]]:
        for article, events in original(self, articles, jobs):
            for event in events:
                validator.validate(event.to_record())
                check_spans(event, article)
            ids = [event.event_id for event in events]
            assert len(set(ids)) == len(ids), f"{article.id}: event ids come twice in {ids}"
            yield article, events

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Coder, "code_many", checked)
        yield


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment for commands: no settings or store of the person who runs the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CRISISWIRE_")}
    home = tmp_path_factory.mktemp("home")
    kept |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "COLUMNS": "160"}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "TERM": "dumb", "NO_COLOR": "1"}


@pytest.fixture
def cli(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs ``crisiswire ARGUMENTS`` in this process; the user's store is in a new folder."""
    monkeypatch.setenv("CRISISWIRE_STORE", str(tmp_path / "store.db"))
    monkeypatch.delenv("CRISISWIRE_CONFIG", raising=False)
    for name in ("HOME", "XDG_DATA_HOME", "COLUMNS", "TERM", "NO_COLOR"):
        monkeypatch.setenv(name, environment[name])

    def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
        from crisiswire.commands import main

        out, err = io.BytesIO(), io.BytesIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["crisiswire", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            # The wrappers live as long as the result, lest they close what they wrap.
            stdout = io.TextIOWrapper(out, "utf-8")
            stderr = io.TextIOWrapper(err, "utf-8", write_through=True)
            patch.setattr(sys, "stdout", stdout)
            patch.setattr(sys, "stderr", stderr)
            status = 0
            try:
                main()
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else int(end.code is not None)
            stdout.flush()
            return Result(status, out.getvalue(), err.getvalue().decode("utf-8"))

    return run


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Iterator[Start]:
    """Starts ``python -m crisiswire ARGUMENTS`` as a process of its own."""
    running: list[Process] = []

    def launch(*arguments: str | Path) -> Process:
        process = subprocess.Popen(
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            args=command(arguments),
            env=environment | {"CRISISWIRE_STORE": str(tmp_path / "store.db")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        running.append(process)
        return process

    yield launch
    for process in running:
        process.kill()
        process.communicate()
