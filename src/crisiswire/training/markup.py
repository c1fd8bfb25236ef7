"""The corpus's inline markup (docs/codebook.md) to JSON lines, bad rows rejected by line.

python -m crisiswire.training.markup training/corpus/*.txt       # writes the .jsonl beside each
python -m crisiswire.training.markup --check FILE...             # only reports
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from crisiswire.knowledge.files import cameo_codes, ontology

_OPEN = {"[": "]", "{": "}"}
_STATUS = {"neg": "negated", "fut": "future", "hyp": "hypothetical", "hist": "historical"}
_KINDS = {"statement", "quote", "denial", "claim"}
_EVENT = re.compile(r"([a-z]) ([A-Z]+)(?:/([a-z-]+))? ([\d,]*)>([\d,]*)((?: \S+)*)")


class MarkupError(ValueError):
    """A row that does not follow the markup; the message says what is wrong."""


def parse_row(line: str) -> dict[str, Any]:
    """One row as ``{"text", "events"}``; spans are [start, end) in characters of the text."""
    marked, separator, tail = line.rstrip("\n").rpartition("||")
    if not separator:
        raise MarkupError("no || between sentence and events")
    text, parties, triggers = _spans(marked.strip())
    tail = tail.strip()
    events = (
        [] if tail == "-" else [_event(part.strip(), parties, triggers) for part in tail.split("|")]
    )
    used = {e["trigger"][0] for e in events}
    idle = [name for name, span in triggers.items() if span[0] not in used]
    if idle:
        raise MarkupError(f"trigger {idle[0]} has no event")
    return {"text": text, "events": events}


def _spans(marked: str) -> tuple[str, dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
    out: list[str] = []
    size, i = 0, 0
    parties: dict[str, tuple[int, int]] = {}
    triggers: dict[str, tuple[int, int]] = {}
    while i < len(marked):
        char = marked[i]
        if char in _OPEN:
            end = marked.find(_OPEN[char], i)
            label = re.match(r"\d+|[a-z]", marked[end + 1 :]) if end > 0 else None
            if label is None:
                raise MarkupError(f"span at {i} is not closed or has no label")
            words, name = marked[i + 1 : end], label.group()
            table = parties if char == "[" else triggers
            if name in table or not words.strip() or re.search(r"[\[\]{}]", words):
                raise MarkupError(f"span {name} is double, empty or nested")
            if (char == "[") != name.isdigit():
                raise MarkupError(f"[parties] take numbers and {{triggers}} letters, not {name}")
            table[name] = (size, size + len(words))
            out.append(words)
            size += len(words)
            i = end + 1 + len(name)
        elif char in "]}":
            raise MarkupError(f"stray {char}")
        else:
            out.append(char)
            size += 1
            i += 1
    return "".join(out), parties, triggers


def _event(
    part: str, parties: dict[str, tuple[int, int]], triggers: dict[str, tuple[int, int]]
) -> dict[str, Any]:
    match = _EVENT.fullmatch(part)
    if match is None:
        raise MarkupError(f"event {part!r} is not 'letter TYPE/mode actors>recipients …'")
    letter, kind, mode, actors, recipients, rest = match.groups()
    spec = ontology()
    if kind not in spec["types"] or (mode and mode not in spec["types"][kind].get("modes", {})):
        raise MarkupError(f"unknown type or mode {kind}/{mode}")
    if letter not in triggers:
        raise MarkupError(f"no trigger {{…}}{letter} in the sentence")

    def side(names: str) -> list[tuple[int, int]]:
        missing = [n for n in names.split(",") if n and n not in parties]
        if missing:
            raise MarkupError(f"no party [..]{missing[0]} in the sentence")
        return [parties[n] for n in names.split(",") if n]

    event: dict[str, Any] = {
        "trigger": triggers[letter],
        "type": kind,
        "mode": mode,
        "actors": side(actors),
        "recipients": side(recipients),
        "status": "actual",
        "contexts": [],
        "attribution": "outlet",
        "speaker": None,
        "cameo": None,
    }
    for word in rest.split():
        if word in _STATUS:
            if event["status"] != "actual":
                raise MarkupError(f"two statuses in event {letter}")
            event["status"] = _STATUS[word]
        elif word.startswith("ctx="):
            event["contexts"] = word[4:].split(",")
            bad = set(event["contexts"]) - set(spec["contexts"])
            if bad:
                raise MarkupError(f"unknown context {sorted(bad)[0]}")
        elif word.startswith("cameo="):
            event["cameo"] = word[6:]
            if kind not in cameo_codes().get(event["cameo"], {}).get("types", ()):
                raise MarkupError(f"CAMEO code {word[6:]} does not go with {kind}")
        elif word.startswith("by="):
            name, _, said = word[3:].partition(":")
            event["speaker"] = side(name)[0]
            event["attribution"] = said or "statement"
            if event["attribution"] not in _KINDS:
                raise MarkupError(f"unknown kind of attribution {said}")
        else:
            raise MarkupError(f"unknown word {word!r} in an event")
    if not event["actors"] and not event["recipients"]:
        raise MarkupError(f"event {letter} has no party")
    return event


def read_markup(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """(rows, faults) of one file; a row's id is the file's name and its line."""
    rows, faults = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            rows.append({"id": f"{path.stem}:{number}", **parse_row(line)})
        except MarkupError as error:
            faults.append(f"{path.name}:{number}: {error}")
    return rows, faults


def main() -> int:
    """Command line; exit status 1 when a row is faulty."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    status = 0
    for path in args.files:
        rows, faults = read_markup(path)
        for fault in faults:
            sys.stderr.write(fault + "\n")
        status |= bool(faults)
        events = sum(len(r["events"]) for r in rows)
        none = sum(not r["events"] for r in rows)
        words = sum(len(r["text"].split()) for r in rows) / max(1, len(rows))
        sys.stdout.write(
            f"{path.name}: {len(rows)} sentences, {events} events, {none} without, "
            f"{words:.1f} words\n"
        )
        if not args.check:
            lines = (json.dumps(r, ensure_ascii=False) for r in rows)
            path.with_suffix(".jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
