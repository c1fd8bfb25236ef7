"""What holds for every form: pairs, readable fields, the same values back, flat memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiswire.errors import ConfigError
from crisiswire.exporting.forms import FORMS, export, form_named
from crisiswire.exporting.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from crisiswire.exporting.icews import COLUMNS as ICEWS_COLUMNS
from crisiswire.exporting.polecat import COLUMNS as POLECAT_COLUMNS
from crisiswire.exporting.separated import field, number
from crisiswire.exporting.sides import pairs, split
from crisiswire.exporting.writers import flatten
from crisiswire.model import Actor
from crisiswire.storing import StoredEvent
from storing.samples import events_of

from .samples import GUNMEN, IRAN, RUSSIA, TALKS, USA, event, lines, stored, table, written

TAB_FORMS = {
    "polecat": POLECAT_COLUMNS,
    "icews": ICEWS_COLUMNS,
    "gdelt": EVENT_COLUMNS,
    "gdelt-mentions": MENTION_COLUMNS,
}
WITH_HEADER = ("polecat", "icews")
NASTY = Actor('The "Red\tArmy"\n#1', 0, 5, 'Red "Army"\u2028', "RUS", ("MIL",), None)
TOLD = [
    stored(),
    stored(TALKS),
    stored(event_id="nasty", actors=(NASTY,), outlet='Daily "Star"', recipients=()),
]


def any_events() -> st.SearchStrategy[list[StoredEvent]]:
    texts = st.none() | st.text(max_size=10)
    return st.builds(
        lambda made, outlet, url: [stored(one, outlet=outlet, url=url) for one in made],
        events_of("doc"),
        texts,
        texts,
    )


class TestPairs:
    def test_each_actor_with_each_recipient(self) -> None:
        made = event(actors=(USA, RUSSIA), recipients=(IRAN, GUNMEN))
        assert list(pairs(made)) == [
            (USA, IRAN), (USA, GUNMEN), (RUSSIA, IRAN), (RUSSIA, GUNMEN),
        ]  # fmt: skip

    def test_a_side_that_is_not_told(self) -> None:
        assert list(pairs(event(actors=(), recipients=(IRAN,)))) == [(None, IRAN)]
        assert list(pairs(event(actors=(), recipients=()))) == [(None, None)]

    @pytest.mark.parametrize("cameo", ["036", "0312", "046", "057", "061", "0871", "190", "193"])
    def test_mutual_events_go_both_ways(self, cameo: str) -> None:
        made = event(actors=(USA, IRAN), recipients=(), cameo=cameo)
        assert list(pairs(made)) == [(USA, IRAN), (IRAN, USA)]

    @pytest.mark.parametrize("cameo", ["072", "111", "141", "195"])
    def test_others_do_not(self, cameo: str) -> None:
        made = event(actors=(USA, IRAN), recipients=(), cameo=cameo)
        assert list(pairs(made)) == [(USA, None), (IRAN, None)]

    def test_split_events_keep_all_else(self) -> None:
        parts = list(split(TALKS))
        assert [(part.actors, part.recipients) for part in parts] == [
            ((USA,), (IRAN,)), ((IRAN,), (USA,)),
        ]  # fmt: skip
        assert {part.event_id for part in parts} == {TALKS.event_id}


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if form.lists])
def test_dyads_of_every_form_that_holds_lists(form: str) -> None:
    assert b"Iran" in written([stored(TALKS)], form)
    apart = written([stored(part) for part in split(TALKS)], form)
    assert written([stored(TALKS)], form, actors="dyads") == apart


@pytest.mark.parametrize(
    ("form", "actors", "message"),
    [
        ("acled", None, "--as: 'acled' is unknown; choose one of polecat, icews"),
        ("icews", "list", "icews has room for one actor"),
        ("gdelt-mentions", "list", "write --actors dyads"),
        ("csv", "pairs", "'pairs' is unknown; choose list or dyads"),
    ],
)
def test_what_cannot_be_written(form: str, actors: str | None, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        form_named(form, actors)


@pytest.mark.parametrize("form", TAB_FORMS)
def test_every_line_has_every_field_and_needs_no_quoting(form: str) -> None:
    raw = written(TOLD, form)
    assert {len(fields) for fields in lines(raw)} == {len(TAB_FORMS[form])}
    assert b'"' not in raw
    assert b"\r" not in raw
    assert "\u2028" not in raw.decode()
    with_quoting = list(csv.reader(io.StringIO(raw.decode(), newline=""), delimiter="\t"))
    assert with_quoting == lines(raw)


@pytest.mark.parametrize("form", TAB_FORMS)
def test_pyarrow_reads_the_tables(form: str) -> None:
    names = None if form in WITH_HEADER else list(TAB_FORMS[form])
    read = pyarrow.csv.read_csv(
        io.BytesIO(written(TOLD, form)),
        read_options=pyarrow.csv.ReadOptions(column_names=names),
        parse_options=pyarrow.csv.ParseOptions(delimiter="\t", quote_char=False),
    )
    assert tuple(read.column_names) == TAB_FORMS[form]
    assert read.num_rows == len(lines(written(TOLD, form))) - (form in WITH_HEADER)


@pytest.mark.parametrize("form", TAB_FORMS)
def test_polars_reads_the_tables(form: str) -> None:
    polars = pytest.importorskip("polars")
    read = polars.read_csv(
        written(TOLD, form),
        separator="\t",
        quote_char=None,
        has_header=form in WITH_HEADER,
        infer_schema_length=None,
        null_values="None",
    )
    assert read.width == len(TAB_FORMS[form])
    assert read.height == len(lines(written(TOLD, form))) - (form in WITH_HEADER)


@pytest.mark.parametrize("form", ["polecat", "icews"])
def test_pandas_reads_the_tables(form: str) -> None:
    pandas = pytest.importorskip("pandas")
    read = pandas.read_csv(io.BytesIO(written(TOLD, form)), sep="\t")
    assert tuple(read.columns) == TAB_FORMS[form]


@pytest.mark.parametrize("form", TAB_FORMS)
@settings(max_examples=40, deadline=None)
@given(events=any_events())
def test_any_event_can_be_written(form: str, events: list[StoredEvent]) -> None:
    assert all(len(fields) == len(TAB_FORMS[form]) for fields in lines(written(events, form)))


@settings(max_examples=40, deadline=None)
@given(events=any_events())
def test_polecat_gives_the_values_back(events: list[StoredEvent]) -> None:
    for made, row in zip(events, table(written(events, "polecat")), strict=True):
        one = made.event
        assert row["Event ID"] == field(one.event_id, "None")
        assert row["Event Date"] == one.date.start.isoformat()
        assert row["Event Type"] == one.event_type
        assert row["Quad Code"].lower() == one.quad_class
        assert row["Source"] == field(made.outlet, "None")
        if one.actors:
            assert row["Actor Name"].count("; ") >= len(one.actors) - 1


@settings(max_examples=40, deadline=None)
@given(events=any_events())
def test_icews_gives_the_values_back(events: list[StoredEvent]) -> None:
    told = [(made, pair) for made in events for pair in pairs(made.event)]
    for (made, (actor, _)), row in zip(told, table(written(events, "icews")), strict=True):
        assert row["Source Name"] == field(actor and actor.name)
        assert row["CAMEO Code"] == field(made.event.cameo)
        assert int(row["Sentence Number"]) == made.event.sentence + 1


@settings(max_examples=25, deadline=None)
@given(events=any_events())
def test_every_pair_is_counted_once_by_gdelt(events: list[StoredEvent]) -> None:
    ordered = sorted(events, key=lambda made: made.event.date.start)
    rows = lines(written(ordered, "gdelt"))
    mentions = lines(written(ordered, "gdelt-mentions"))
    counted = {row[0]: int(row[EVENT_COLUMNS.index("NumMentions")]) for row in rows}
    assert len(counted) == len(rows)
    assert sum(counted.values()) == len(mentions)
    assert {row[0] for row in mentions} == set(counted)


def test_records_come_back_from_json_lines_parquet_and_csv() -> None:
    events = [stored(), stored(TALKS)]
    records = [made.event.to_record() for made in events]
    read = [json.loads(line) for line in written(events, "jsonl").decode().splitlines()]
    assert read == records
    assert pq.read_table(io.BytesIO(written(events, "parquet"))).to_pylist() == records
    rows = csv.DictReader(io.StringIO(written(events, "csv").decode(), newline=""))
    for row, made in zip(rows, events, strict=True):
        flat = flatten(made.event)
        assert row == {name: "" if flat.get(name) is None else str(flat[name]) for name in row}


@pytest.mark.parametrize("form", [name for name in FORMS if name != "parquet"])
def test_events_are_written_as_they_come(form: str) -> None:
    """Nothing is held back but a day of GDELT's events."""
    seen: list[int] = []
    stream = io.BytesIO()

    def coming() -> Iterator[StoredEvent]:
        for day in range(1, 4):
            seen.append(stream.tell())
            date: Any = event().date.start.replace(day=day)
            yield stored(date=type(event().date)(None, date, date, "day"))

    export(coming(), form, stream)
    assert seen[2] > 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10.0, "10"),
        (-0.0, "0"),
        (8.3, "8.3"),
        (-66.879191, "-66.879191"),
        (1e-9, "0"),
        (0.5, "0.5"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text
