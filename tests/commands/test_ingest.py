"""``crisiswire ingest``: everything is taken once, whatever stops it."""

from __future__ import annotations

from pathlib import Path

from crisiswire.storing import open_store
from helpers import Cli

from .samples import records, row, rows

WIRE = (
    "Russia imposed sanctions on Turkey on Monday after its air force shot down a jet near the "
    "border with Syria. The foreign ministry in Moscow summoned the ambassador and demanded an "
    "apology from the government in Ankara. Trade between the two countries was worth $30 billion."
)
SPANISH = (
    "El ejército tomó el aeropuerto al amanecer del viernes y el ministro de defensa anunció que "
    "las tropas seguirán en la ciudad hasta que termine la huelga de los transportistas."
)


def test_what_the_store_has_is_left_out(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(rows(2)))
    place = tmp_path / "store.db"
    first = cli("ingest", path)
    assert (first.status, first.out) == (0, f"2 new articles, 2 events saved in {place}\n")
    path.write_text("".join(rows(3)))
    again = cli("ingest", path)
    assert again.out == f"1 new articles, 1 events saved in {place}; 2 were there already\n"
    assert cli("ingest", path, "--again").out.startswith("3 new articles, 3 events")
    with open_store(place) as store:
        assert (store.counts().articles, store.counts().events) == (3, 3)


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("{bad\n" + "".join(rows(1)))
    result = cli("ingest", path)
    assert (result.status, result.out[:24]) == (1, "1 new articles, 1 events")
    assert f"crisiswire: {path}, line 1: is not JSON" in result.err


def test_copies_of_another_day_count_once(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(row(WIRE, id="a", outlet="Wire"))
    cli("ingest", tmp_path / "one.jsonl")
    cut = WIRE[: WIRE.index(" Trade")]
    (tmp_path / "two.jsonl").write_text(row(cut, id="b", outlet="Post", date="2019-05-21"))
    second = cli("ingest", tmp_path / "two.jsonl")
    assert second.out.endswith("; 1 of the new ones are copies\n")
    once = records(cli("events").out)
    assert {event["document_id"] for event in once} == {"a"}
    assert {event["document_id"] for event in records(cli("events", "--copies").out)} == {"a", "b"}
    ran = records(cli("events", "--ran").out)
    assert [row["event_id"] for row in ran] == [event["event_id"] for event in once]
    assert (ran[0]["copies"], ran[0]["outlets"]) == (1, ["Wire", "Post"])
    assert "in 1 copy: Wire, Post" in cli("explain", once[0]["event_id"]).out
    mentions = cli("export", "--as", "gdelt").out.split("\t")[31:34]
    assert mentions == ["2", "2", "2"]
    shown = cli("export", "--as", "gdelt", "--copies").out.split("\t")[31:34]
    assert shown == mentions


def test_other_languages_are_kept_counted_and_listed(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(row(SPANISH, id="es", outlet="Diario") + row(SPANISH, id="said", language="en"))
    result = cli("ingest", path)
    assert result.status == 0
    assert "2 articles, 0 events" in result.out.replace("new ", "")
    assert result.out.endswith("2 are in languages that are not coded\n")
    assert "said: language" not in result.err
    assert "said to be in language 'en', but its text is in 'es'" in result.err
    listed = records(cli("events", "--not-coded").out)
    assert [(row["id"], row["language"]) for row in listed] == [("es", "es"), ("said", "es")]
    assert listed[0]["reason"] == "language 'es' is not coded"


def test_code_names_each_article_that_it_does_not_code(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(row(f"{SPANISH} {n}.", id=f"es-{n}") for n in range(8)))
    result = cli("code", path)
    assert (result.status, result.out) == (0, "")
    for number in range(8):
        assert result.err.count(f"crisiswire: es-{number}: language 'es' is not coded\n") == 1


def test_a_doubtful_language_is_noted(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(row("Coup in Niger", id="a"))
    result = cli("code", path)
    assert result.status == 0
    assert "1 of 1 articles are too short or too mixed to tell their language" in result.err
