"""``crisiswire review`` and ``crisiswire evaluate``: by options, from files, on the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crisiswire.storing import open_store
from helpers import ROOT, Cli, Result
from storing.judged import all_coded, told

from .samples import records

SESSION = ROOT / "tests" / "golden" / "review-session.txt"
AID, THREATEN, CONSULT = "aaid-1", "athreaten-1", "aconsult-1"
# What a person types: one answer a line.
TYPED = """?
n as told
c
t ASSULT
t ASSAULT/aerial
a Norway; the United States [USA MIL]
a Norway; Malta [MLT COP]; =United States [USA MIL]
d 2019-04
p Malta
s negated
u
s future
c
u
s future
c
+ {met} Fiji
AGREE
Peru
Fiji

-


f
r
"""


@pytest.fixture
def saved(cli: Cli, tmp_path: Path) -> Cli:
    """The command line, with the three judged sentences in its store."""
    with open_store(tmp_path / "store.db") as store:
        store.save(told(outlet="Wire", title="Three things"), all_coded())
    return cli


def told_in(result: Result) -> list[dict[str, Any]]:
    assert (result.status, result.err) == (0, "")
    return records(result.out)


def events(cli: Cli, *filters: str) -> dict[str, tuple[str, str | None]]:
    found = told_in(cli("events", *filters))
    return {row["event_id"]: (row["event_type"], row["reviewed"]) for row in found}


class TestOptions:
    def test_confirm_reject_and_set(self, saved: Cli) -> None:
        assert saved("review", "--event", AID, "--confirm", "--by", "Ann").status == 0
        result = saved("review", "--event", THREATEN, "--set", "event_type=accuse",
                       "--set", "recipients=", "--by", "Ann", "--why", "only words")  # fmt: skip
        assert (result.status, result.out) == (0, "")
        assert f"change {THREATEN}: kept as judgement " in result.err
        saved("review", "--event", CONSULT, "--reject")
        assert events(saved) == {AID: ("AID", "confirmed"), THREATEN: ("ACCUSE", "corrected")}
        assert events(saved, "--reviewed", "no") == {}
        assert events(saved, "--reviewed", "yes", "--type", "ACCUSE").keys() == {THREATEN}

    def test_several_events_at_once(self, saved: Cli) -> None:
        saved("review", "--event", AID, "--event", CONSULT, "--confirm")
        assert events(saved, "--reviewed", "yes").keys() == {AID, CONSULT}

    def test_add_complete_and_undo(self, saved: Cli) -> None:
        saved("review", "--document", "a", "--add", "met Fiji in {Lima}", "--set",
              "event_type=AGREE", "--set", "actors=Peru; Fiji")  # fmt: skip
        saved("review", "--document", "a", "--complete")
        (added,) = told_in(saved("events", "--reviewed", "yes"))
        assert (added["event_type"], added["evidence"]["trigger"]["text"]) == ("AGREE", "Lima")
        assert added["reviewed"] == "added"
        log = told_in(saved("review", "--list"))
        assert [row["verdict"] for row in log] == ["add", "complete"]
        saved("review", "--undo", log[0]["id"])
        assert events(saved, "--reviewed", "yes") == {}

    def test_explain_tells_who_and_what_was_coded(self, saved: Cli) -> None:
        saved("review", "--event", AID, "--set", "status=future", "--by", "Ann", "--why", "a plan")
        lines = saved("explain", AID).out.splitlines()
        assert any(line.startswith("reviewed    corrected by Ann at 20") for line in lines)
        assert "  because   a plan" in lines
        assert '  coded     status "actual"' in lines

    def test_the_name_of_the_reviewer(self, saved: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CRISISWIRE_REVIEWER", "Cara")
        saved("review", "--event", AID, "--confirm")
        monkeypatch.delenv("CRISISWIRE_REVIEWER")
        monkeypatch.setenv("LOGNAME", "dan")
        saved("review", "--event", AID, "--confirm")
        assert [row["by"] for row in told_in(saved("review", "--list"))] == ["Cara", "dan"]

    def test_adrift(self, saved: Cli, tmp_path: Path) -> None:
        saved("review", "--event", AID, "--set", "status=future")
        assert told_in(saved("review", "--adrift")) == []
        with open_store(tmp_path / "store.db") as store:
            store.save(told(), all_coded()[1:])
        (row,) = told_in(saved("review", "--adrift"))
        assert (row["event_id"], row["trigger"], row["changes"]) == (AID, "sent", 'status="future"')
        (listed,) = told_in(saved("review", "--list"))
        assert listed == row

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--event", "nothing", "--confirm"], "no event 'nothing' in the store"),
            (["--confirm"], "--confirm: say which with --event"),
            (["--event", AID, "--confirm", "--reject"], "give one of them"),
            (["--event", AID, "--confirm", "--adrift"], "a verdict, --adrift: give one of them"),
            (["--event", AID, "--set", "status"], "write FIELD=VALUE"),
            (["--event", AID, "--set", "status=likely"], "choose from actual, negated"),
            (["--event", AID, "--set", "colour=red"], "colour: cannot be changed; choose from"),
            (["--event", AID, "--set", "date=2019-13"], "date: '2019-13' is no date"),
            (["--event", AID, "--set", "actors=Mars"], "actors: 'Mars' does not stand in the"),
            (["--add", "sent"], "--add: say which with --document"),
            (["--complete"], "--complete: say which with --document"),
            (["--add", "sent", "--document", "b"], "document_id: 'b' is not in the store"),
            (["--add", "sent", "--document", "a"], "event_type: an event that is added needs one"),
            (["--undo", "x"], "none of that id can be taken back"),
            (["--as", "gospel"], "choose one of rows, gold, judgements"),
            (["--list", "--event", "nothing"], "no event 'nothing' in the store"),
            (["--second", "--type", "AID"], "--second: goes through what others have judged"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_wrong_use_keeps_nothing(self, saved: Cli, arguments: list[str], message: str) -> None:
        result = saved("review", *arguments)
        assert (result.status, result.out) == (2, "")
        assert message in result.err
        assert told_in(saved("review", "--list")) == []

    def test_wrong_filters(self, saved: Cli) -> None:
        result = saved("events", "--reviewed", "maybe")
        assert (result.status, "neither yes nor no" in result.err) == (2, True)


class TestFiles:
    def test_apply(self, saved: Cli, tmp_path: Path) -> None:
        file = tmp_path / "judged.jsonl"
        lines = [{"event_id": AID, "verdict": "confirm"}, {"event_id": "?", "verdict": "reject"}]
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        result = saved("review", "--apply", file, "--by", "Ann")
        assert result.status == 1
        assert f"{file}, line 2: no event '?' in the store" in result.err
        assert "1 judgements kept, 1 lines could not be" in result.err
        piped = saved("review", "--apply", "-", stdin=json.dumps(lines[0]).encode())
        assert piped.status == 0
        assert next(row["by"] for row in told_in(saved("review", "--list"))) == "Ann"

    @pytest.mark.parametrize("form", ["rows", "gold", "judgements"])
    def test_what_was_judged_is_written(self, saved: Cli, tmp_path: Path, form: str) -> None:
        saved("review", "--event", AID, "--confirm")
        saved("review", "--as", form, "--output", tmp_path / "out.jsonl")
        (row,) = records((tmp_path / "out.jsonl").read_text())
        assert row.get("text", "Norway sent medics to Malta.") == "Norway sent medics to Malta."


class TestScreen:
    def test_session(self, saved: Cli) -> None:
        """The whole of a session as it stands on the screen, and what it has kept.

        The file holds what is printed; read the difference when it changes, then write it anew.
        """
        result = saved("review", "--by", "Ann", stdin=TYPED.encode())
        assert result.status == 0
        assert result.err == "crisiswire: 5 judgements kept\n"
        lines = [line.rstrip() for line in result.out.splitlines()]
        assert lines == SESSION.read_text("utf-8").splitlines()
        kept = [(row["verdict"], row["why"]) for row in told_in(saved("review", "--list"))]
        assert kept == [
            ("confirm", "as told"),
            ("change", None),
            ("undo", None),
            ("change", None),
            ("add", None),
            ("complete", None),
            ("reject", None),
        ]
        shown = told_in(saved("events"))
        assert [(e["event_type"], e["status"], e["reviewed"]) for e in shown] == [
            ("AID", "actual", "confirmed"),
            ("THREATEN", "future", "corrected"),
            ("AGREE", "actual", "added"),
        ]

    def test_the_end_of_the_input_ends_it(self, saved: Cli) -> None:
        result = saved("review", stdin=b"c\n")
        assert (result.status, result.err) == (0, "crisiswire: 1 judgements kept\n")

    def test_judged_events_come_again_only_when_asked_for(self, saved: Cli) -> None:
        saved("review", "--event", AID, "--confirm", "--by", "Ann")
        assert "1 of 2" in saved("review", stdin=b"q\n").out
        again = saved("review", "--again", stdin=b"q\n").out
        assert "1 of 3" in again
        assert "judged     confirm by Ann on 20" in again

    def test_the_second_person_does_not_see_the_first_one_s_judgement(self, saved: Cli) -> None:
        saved("review", "--event", AID, "--set", "event_type=ASSAULT", "--by", "Ann")
        saved("review", "--event", THREATEN, "--reject", "--by", "Ann")
        result = saved("review", "--second", "--by", "Bob", stdin=b"c\nc\n")
        assert "ASSAULT" not in result.out
        assert "judged" not in result.out
        assert events(saved)[AID] == ("ASSAULT", "corrected")
        rows = {row["figure"]: row for row in told_in(saved("evaluate", "--agreement"))}
        assert (rows["event"]["events"], rows["event"]["same"]) == (2, 1)
        assert "nothing to judge" in saved("review", "--second", "--by", "Bob").err

    def test_a_sample_is_the_same_for_the_same_seed(self, saved: Cli) -> None:
        def drawn(seed: str) -> str:
            return saved("review", "--sample", "1", "--seed", seed, stdin=b"q\n").out

        assert drawn("1") == drawn("1")
        assert "1 of 1" in drawn("1")
        assert len({drawn(str(seed)) for seed in range(8)}) > 1

    def test_words_that_would_steer_the_terminal_do_not(self, saved: Cli, tmp_path: Path) -> None:
        with open_store(tmp_path / "store.db") as store:
            text = "Norway sent medics to Malta.\x1b[2J [bold]\x07 Chad."
            store.save(told(text=text), all_coded()[:1])
        out = saved("review", stdin=b"q\n").out
        assert "\x1b" not in out
        assert "\x07" not in out
        assert "[bold]" in out


class TestEvaluate:
    def test_reviewed(self, saved: Cli) -> None:
        saved("review", "--event", AID, "--confirm")
        saved("review", "--event", THREATEN, "--reject")
        rows = {(row["figure"], row["event_type"]): row
                for row in told_in(saved("evaluate", "--reviewed"))}  # fmt: skip
        assert rows["precision", "all"] == {
            "figure": "precision", "event_type": "all", "right": 1, "of": 2, "share": 0.5,
            "low": 0.0945, "high": 0.9055,
        }  # fmt: skip

    @pytest.mark.parametrize("options", [[], ["--reviewed", "--agreement"]])
    def test_one_question_at_a_time(self, saved: Cli, options: list[str]) -> None:
        result = saved("evaluate", *options)
        assert (result.status, "choose one" in result.err) == (2, True)
