"""Rows of a training corpus: the markup, and what a bad row is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crisiswire.errors import DataError
from crisiswire.training.markup import MarkupError, parse_row, read_markup
from crisiswire.training.rows import check_row

ROW = (
    "[Peru's foreign minister]1 {accused}a [Chile]2 of spying and [Lima]3 {recalled}b its envoy. "
    "|| a ACCUSE/allege 1>2 ctx=diplomatic cameo=1125 | b SANCTION/withdraw 3>2 fut by=1:quote"
)


def test_spans_point_at_the_marked_words() -> None:
    row = parse_row(ROW)
    text = row["text"]
    assert text == "Peru's foreign minister accused Chile of spying and Lima recalled its envoy."
    first, second = row["events"]
    assert text[slice(*first["trigger"])] == "accused"
    assert [text[slice(*s)] for s in first["actors"]] == ["Peru's foreign minister"]
    assert [text[slice(*s)] for s in second["recipients"]] == ["Chile"]
    assert (first["type"], first["mode"], first["cameo"]) == ("ACCUSE", "allege", "1125")
    assert first["contexts"] == ["diplomatic"]
    assert (second["status"], second["attribution"]) == ("future", "quote")
    assert text[slice(*second["speaker"])] == "Peru's foreign minister"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[Chad]1 {met}a [Mali]2.", "no ||"),
        ("[Chad]1 {met}a [Mali]2. || a MEET 1>2", "unknown type"),
        ("[Chad]1 {met}a [Mali]2. || a CONSULT/chat 1>2", "unknown type or mode"),
        ("[Chad]1 {met}a [Mali]2. || b CONSULT 1>2", "no trigger"),
        ("[Chad]1 {met}a [Mali]2. || a CONSULT 1>3", "no party"),
        ("[Chad]1 {met}a [Mali]2. || a CONSULT >", "no party"),
        ("[Chad]1 {met}a [Mali]2. || -", "has no event"),
        ("[Chad {met}a Mali. || a CONSULT 1>", "not closed or has no label"),
        ("[Chad]1 {met}a [Mali]1. || a CONSULT 1>2", "double"),
        ("[Chad]1 {met}a Mali]. || a CONSULT 1>", "stray"),
        ("[Chad]1 {met}a [Mali]2. || a CONSULT 1>2 soon", "unknown word"),
        ("[Chad]1 {met}a [Mali]2. || a CONSULT 1>2 fut neg", "two statuses"),
        ("[Chad]1 {met}a [Mali]2. || a CONSULT 1>2 ctx=sport", "unknown context"),
        ("[Chad]1 {met}a [Mali]2. || a CONSULT 1>2 cameo=195", "does not go with"),
        ("[Chad]1 {met}a [Mali]2. || a CONSULT 1>2 by=2:shout", "unknown kind"),
    ],
)
def test_a_bad_row_says_what_is_wrong(line: str, fault: str) -> None:
    with pytest.raises(MarkupError, match=fault.replace("|", r"\|")):
        parse_row(line)


def test_a_file_names_its_bad_lines_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text(f"# remarks\n{ROW}\n\nno markup\nShares fell. || -\n", "utf-8")
    rows, faults = read_markup(path)
    assert [r["id"] for r in rows] == ["mine:2", "mine:5"]
    assert faults == ["mine.txt:4: no || between sentence and events"]


EVENT = {"trigger": [5, 8], "type": "CONSULT", "actors": [[0, 4]], "recipients": [[9, 13]]}


def test_what_a_row_leaves_out_is_filled_in() -> None:
    line = json.dumps({"text": "Chad met Mali.", "events": [EVENT]})
    (event,) = check_row(line, "mine:1")["events"]
    assert (event["status"], event["attribution"], event["contexts"]) == ("actual", "outlet", [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"type": "MEET"}, "unknown type 'MEET'"),
        ({"mode": "chat"}, "no mode 'chat'"),
        ({"status": "past"}, "unknown status 'past'"),
        ({"attribution": "rumour"}, "unknown attribution"),
        ({"contexts": ["sport"]}, "unknown context 'sport'"),
        ({"actors": [[0, 40]]}, "does not lie in the text"),
        ({"trigger": [8, 5]}, "does not lie in the text"),
        ({"actors": [], "recipients": []}, "needs an actor or a recipient"),
    ],
)
def test_a_bad_json_row_names_its_place_and_fault(change: dict[str, object], fault: str) -> None:
    line = json.dumps({"text": "Chad met Mali.", "events": [{**EVENT, **change}]})
    with pytest.raises(DataError, match=f"mine:1: .*{fault}"):
        check_row(line, "mine:1")


@pytest.mark.parametrize("line", ["{", "[]", '{"events": []}', '{"text": "x", "events": 3}'])
def test_a_line_that_is_no_row_is_refused(line: str) -> None:
    with pytest.raises(DataError, match="mine:1"):
        check_row(line, "mine:1")
