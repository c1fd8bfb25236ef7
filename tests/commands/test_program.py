"""The program around the commands: version, help, completion, doctor, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from crisiswire import __version__
from crisiswire.errors import CrisiswireError
from crisiswire.storing import open_store
from helpers import EXAMPLES, Cli, Process, Start, command

from .samples import DAY, rows

COMMANDS = tuple("code ingest watch relate resolve locate quotes events explain doctor".split())


@pytest.mark.parametrize("arguments", [["--version"], ["--version", "code"]])
def test_version(cli: Cli, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert (result.status, result.out) == (0, f"crisiswire {__version__}\n")


def test_help_lists_the_commands(cli: Cli) -> None:
    result = cli("--help")
    assert result.status == 0
    assert all(re.search(rf"\b{name}\b", result.out) for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_an_example(cli: Cli, name: str) -> None:
    result = cli(name, "--help")
    assert result.status == 0
    assert f"crisiswire {name} [OPTIONS]" in result.out
    assert "Example" in result.out
    assert result.out.count(f"crisiswire {name}") >= 2


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["cod"], 2), (["code"], 2)])
def test_wrong_use_ends_with_2(cli: Cli, arguments: list[str], status: int) -> None:
    assert cli(*arguments).status == status


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts(cli: Cli, shell: str) -> None:
    result = cli("--show-completion", shell)
    assert result.status == 0
    assert f"complete_{shell}" in result.out


def test_completion_is_installed_for_the_user(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cli("--install-completion", "fish").status == 0
    (script,) = tmp_path.rglob("*.fish")
    assert "complete --command crisiswire" in script.read_text()


def test_completion_of_an_unknown_shell(cli: Cli) -> None:
    assert cli("--show-completion", "nosh").status == 2


def test_completion_answers_the_shell(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CRISISWIRE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "crisiswire re")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert cli().out.split() == ["relate", "resolve", "review"]


class TestDoctor:
    def test_a_healthy_installation(self, cli: Cli) -> None:
        result = cli("doctor")
        assert (result.status, result.err) == (0, "")
        assert "broken" not in result.out
        for part in ("crisiswire", "settings", "parser", "lexicon", "names", "places"):
            assert re.search(rf"^{part} +ok ", result.out, re.MULTILINE)
        assert re.search(r"^store +ok .*store\.db: none yet", result.out, re.MULTILINE)

    def test_a_store_with_events(self, cli: Cli) -> None:
        cli("code", "-", "--date", DAY, "--save", stdin=b"Iran threatened Israel.")
        assert "store.db: 1 articles, 1 events" in cli("doctor").out

    @pytest.mark.parametrize(
        ("arguments", "settings", "told"),
        [
            ([], '[parser]\nmodel = "no_such_model"', "no_such_model"),
            ([], "[coder]\nmin_confidence = 2", "coder.min_confidence"),
            ([], "loose = 1", "must stand in a section such as [coder]"),
            (["--store", __file__], "", "is not a SQLite database"),
        ],
    )
    def test_what_is_broken_is_named(
        self, cli: Cli, tmp_path: Path, arguments: list[str], settings: str, told: str
    ) -> None:
        (tmp_path / "a.toml").write_text(settings)
        result = cli("doctor", "--config", tmp_path / "a.toml", *arguments)
        assert result.status == 1
        assert re.search(r"^\w+ +broken ", result.out, re.MULTILINE)
        assert told in " ".join(result.out.split())


class TestClosedPipe:
    @pytest.mark.parametrize("form", ["table", "jsonl"])
    def test_head_ends_it_quietly(self, form: str, start: Start, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text("".join(rows(10)))
        process = start("code", tmp_path / "a.jsonl", "--format", form)
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)

    def test_nothing_is_lost_in_the_store(self, cli: Cli, tmp_path: Path) -> None:
        """A full device instead of a closed pipe: an error, and what came before is kept."""
        (tmp_path / "a.jsonl").write_text("".join(rows(10)))
        result = cli("code", tmp_path / "a.jsonl", "--save", "--output", "/dev/full")
        assert result.status == 1
        assert "No space left" in result.err
        with open_store(tmp_path / "store.db") as store:
            assert store.counts().articles > 0


def articles_in(path: Path) -> int:
    """How many articles the store holds; none while it is being made."""
    try:
        with open_store(path, create=False) as store:
            return store.counts().articles
    except CrisiswireError:
        return 0


def wait_until_loading(process: Process) -> None:
    """Wait until the process has begun to load the parser, where Linux tells it."""
    maps = Path(f"/proc/{process.pid}/maps")
    end = time.monotonic() + 30
    while maps.exists() and "/spacy/" not in maps.read_text() and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3 if maps.exists() else 2)


def interrupt(process: Process) -> tuple[int, str]:
    """Ctrl-C, as a terminal sends it to a process and its children. Status and messages."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        _, err = process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        pytest.fail("still running 30 s after Ctrl-C")
    return process.returncode, err.decode()


class TestInterrupt:
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_what_was_saved_is_kept(self, jobs: str, start: Start, tmp_path: Path) -> None:
        store = tmp_path / "store.db"
        (tmp_path / "a.jsonl").write_text("".join(rows(5_000)))
        process = start("code", tmp_path / "a.jsonl", "--save", "--jobs", jobs)
        end = time.monotonic() + 60
        while process.poll() is None and not store.exists() and time.monotonic() < end:
            time.sleep(0.1)
        while process.poll() is None and not articles_in(store) and time.monotonic() < end:
            time.sleep(0.1)
        status, err = interrupt(process)
        assert (status, err) == (
            130, "crisiswire: stopped; what was coded and saved so far is kept\n"
        )  # fmt: skip
        assert 0 < articles_in(store) < 5_000

    def test_while_the_coder_loads(self, start: Start) -> None:
        process = start("code", EXAMPLES)
        wait_until_loading(process)
        status, err = interrupt(process)
        assert status == 130
        assert err.count("\n") == 1
        assert err.startswith("crisiswire: stopped")


def test_the_module_runs_as_a_program(environment: dict[str, str]) -> None:
    done = subprocess.run(command(["--version"]), env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == f"crisiswire {__version__}\n"
