"""Agreement of two independent labellings of the same sentences.

    python -m training.agreement training/second_labelling.txt

Events are paired by trigger (overlapping characters, else the same parties). Reported: F1 of
the events found, Cohen's kappa and raw agreement of type and status over the paired ones, and
the share of pairs whose actors and recipients meet.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from crisiswire.training.examples import read_corpus
from crisiswire.training.markup import parse_row

CORPUS = Path(__file__).parent / "corpus"

Event = dict[str, Any]


def meet(a: list[list[int]], b: list[list[int]]) -> bool:
    return (not a and not b) or any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def paired(first: list[Event], second: list[Event]) -> list[tuple[Event, Event]]:
    """Each event of one labelling with at most one of the other."""
    left, out = list(second), []
    for event in first:
        mates = [e for e in left if meet([event["trigger"]], [e["trigger"]])]
        mates = mates or [
            e
            for e in left
            if event["actors"]
            and event["recipients"]
            and meet(event["actors"], e["actors"])
            and meet(event["recipients"], e["recipients"])
        ]
        if mates:
            left.remove(mates[0])
            out.append((event, mates[0]))
    return out


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa."""
    total = len(pairs)
    observed = sum(a == b for a, b in pairs) / total
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[k] * second[k] for k in first) / total**2
    return (observed - chance) / (1 - chance)


def main() -> None:
    """Command line."""
    gold = {r["id"]: r for r in read_corpus([CORPUS])}
    pairs: list[tuple[Event, Event]] = []
    first = second = 0
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        name, marked = line.split("\t", 1)
        row = parse_row(marked)
        if name not in gold or gold[name]["text"] != row["text"]:
            continue  # mended since
        first += len(gold[name]["events"])
        second += len(row["events"])
        for a, b in paired(gold[name]["events"], row["events"]):
            pairs.append((a, b))
            if a["type"] != b["type"]:
                sys.stderr.write(f"{name} {a['type']} or {b['type']}: {row['text']}\n")
    types = [(a["type"], b["type"]) for a, b in pairs]
    statuses = [(a["status"], b["status"]) for a, b in pairs]
    sys.stdout.write(
        json.dumps(
            {
                "events_first": first,
                "events_second": second,
                "found_by_both_f1": round(2 * len(pairs) / (first + second), 3),
                "type_agreement": round(sum(a == b for a, b in types) / len(types), 3),
                "type_kappa": round(kappa(types), 3),
                "status_agreement": round(sum(a == b for a, b in statuses) / len(statuses), 3),
                "actors_meet": round(
                    sum(meet(a["actors"], b["actors"]) for a, b in pairs) / len(pairs), 3
                ),
                "recipients_meet": round(
                    sum(meet(a["recipients"], b["recipients"]) for a, b in pairs) / len(pairs), 3
                ),
            },
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
