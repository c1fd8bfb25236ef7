"""Each format gives the article that was put in."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crisiswire.errors import ConfigError
from crisiswire.reading import ArticleDefaults, ReadLimits, read_articles

from .conftest import Read
from .samples import MORE_NEWS, NEWS, PAGE, pdf, row

ROW: dict[str, Any] = {
    "id": "a-1",
    "text": f"“{NEWS}”\r\nÑandú, \U0001f6a8 \x07 end,; \t|",
    "date": "2019-05-03",
    "title": "Army takes airport",
    "outlet": "Example Wire",
    "url": "https://example.org/army",
    "language": "en",
    "section": "ignored",
}


def csv_bytes(delimiter: str = ",") -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(ROW), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(ROW)
    return stream.getvalue().encode()


def parquet_bytes(**columns: list[Any]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


TABLES = {
    "a.jsonl": json.dumps(ROW).encode(),
    "a.ndjson": b"\n\r\n" + json.dumps(ROW, ensure_ascii=False).encode() + b"\r\n\n",
    "bom.jsonl": b"\xef\xbb\xbf" + json.dumps(ROW).encode(),
    "utf16.jsonl": json.dumps(ROW, ensure_ascii=False).encode("utf-16"),
    "a.jsonl.gz": gzip.compress(json.dumps(ROW).encode()),
    "a.csv": csv_bytes(),
    "semicolon.csv": csv_bytes(";"),
    "tab.CSV": csv_bytes("\t"),
    "bom.csv": b"\xef\xbb\xbf" + csv_bytes(),
    "a.csv.gz": gzip.compress(csv_bytes()),
    "a.parquet": parquet_bytes(**{name: [value] for name, value in ROW.items()}),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_row_comes_out_as_it_went_in(name: str, tmp_path: Path, read: Read) -> None:
    (tmp_path / name).write_bytes(TABLES[name])
    outcome = read(tmp_path / name)
    article = outcome.only
    assert outcome.warnings == []
    assert article.date == dt.date(2019, 5, 3)
    assert article.date_known
    for field in ("id", "text", "title", "outlet", "url", "language"):
        assert getattr(article, field) == ROW[field], field


@pytest.mark.parametrize(
    ("data", "text", "warned"),
    [
        (NEWS.encode(), NEWS, False),
        (b"\xef\xbb\xbf" + NEWS.encode(), NEWS, False),
        (f"{NEWS}\r\n\r\n{MORE_NEWS}\r\n".encode(), f"{NEWS}\n\n{MORE_NEWS}\n", False),
        (f" {NEWS} 😀 \x07\u200b é".encode(), f" {NEWS} 😀 \x07\u200b é", False),
        (NEWS.encode("utf-16"), NEWS, False),
        (b"\xfe\xff" + NEWS.encode("utf-16-be"), NEWS, False),
        (NEWS.encode("utf-32"), NEWS, False),
        ("Peña rejected the “offer” of Bogotá.".encode("cp1252"),
         "Peña rejected the “offer” of Bogotá.", True),
        ("Войска захватили аэропорт на рассвете в пятницу, сообщил министр.".encode("cp1251"),
         "Войска захватили аэропорт на рассвете в пятницу, сообщил министр.", True),
        ("é" * 30 + NEWS, "é" * 30 + NEWS, False),
        ("é".encode() * 30 + b"\xff" + NEWS.encode(), "é" * 30 + "�" + NEWS, True),
    ],
    ids=["ascii", "mark", "crlf", "odd", "utf16", "utf16be", "utf32", "cp1252", "cp1251", "utf8",
         "one-bad-byte"],
)  # fmt: skip
def test_text_is_decoded(
    data: bytes | str, text: str, warned: bool, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    outcome = read(path)
    assert outcome.only.text == text
    assert bool(outcome.warnings) is warned
    assert all(str(path) in warning for warning in outcome.warnings)


def test_a_guessed_encoding_is_named(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_bytes("Peña rejected the offer of Bogotá.".encode("cp1252"))
    assert "cp1252" in read(tmp_path / "a.txt").warnings[0]


def test_table_lines_in_another_encoding_are_read_with_one_warning(
    tmp_path: Path, read: Read
) -> None:
    line = '{"id": "%d", "text": "Peña rejected the offer of Bogotá.", "date": "2019-05-14"}\n'
    (tmp_path / "a.jsonl").write_bytes("".join(line % n for n in range(5)).encode("cp1252"))
    outcome = read(tmp_path / "a.jsonl")
    assert [a.text for a in outcome.articles] == ["Peña rejected the offer of Bogotá."] * 5
    assert len(outcome.warnings) == 1


def test_html_gives_text_and_metadata(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.htm.gz").write_bytes(gzip.compress(PAGE.encode()))
    plain, packed = read(tmp_path / "a.html", tmp_path / "b.htm.gz").articles
    assert plain == packed
    assert f"{NEWS} Witnesses heard gunfire & explosions" in plain.text
    assert f"terminal.\n\n{MORE_NEWS}" in plain.text
    assert "cookies" not in plain.text
    assert "Home" not in plain.text
    assert plain.date == dt.date(2019, 5, 3)
    assert (plain.title, plain.outlet) == ("Army takes airport", "Example Wire")
    assert (plain.url, plain.language) == ("https://example.org/army", "en")


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1"])
def test_html_names_its_own_encoding(charset: str, tmp_path: Path, read: Read) -> None:
    page = PAGE.replace("utf-8", charset).replace("Troops", "Peña’s troops")
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    outcome = read(tmp_path / "a.html")
    assert "Peña’s troops" in outcome.only.text
    assert outcome.warnings == []


def test_html_with_xml_declaration(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.html").write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{PAGE}')
    assert NEWS in read(tmp_path / "a.html").only.text


def test_pdf_lines_and_words_are_joined(tmp_path: Path, read: Read) -> None:
    first = [
        "The govern-",
        "ment rejected the truce that the well-known mediator (a judge)",
        "had offered to it, and it sent more troops to the north-",
        "ern towns. A well-",
        "known critic of the army was arrested.",
        "A second paragraph tells of Guinea-",
        "Bissau, whose president met the envoys of the neighbour states.",
    ]
    second = ["Talks go on, the minister said in the capital on Tuesday evening."]
    (tmp_path / "a.pdf").write_bytes(pdf([*first, "1"], [*second, "2"], title="Truce rejected"))
    article = read(tmp_path / "a.pdf").only
    assert article.title == "Truce rejected"
    assert article.text.split("\n\n")[0] == (
        "The government rejected the truce that the well-known mediator (a judge) had offered "
        "to it, and it sent more troops to the northern towns. A well-known critic of the army "
        "was arrested."
    )
    assert article.text.split("\n\n")[1] == (
        "A second paragraph tells of Guinea-Bissau, whose president met the envoys of the "
        "neighbour states. Talks go on, the minister said in the capital on Tuesday evening."
    )


def test_pdf_running_heads_and_page_numbers_go(tmp_path: Path, read: Read) -> None:
    pages = [["Example Weekly", f"{NEWS} Page {n}.", f"- {n} -"] for n in "123"]
    (tmp_path / "a.pdf").write_bytes(pdf(*pages))
    text = read(tmp_path / "a.pdf").only.text
    assert text.count(NEWS) == 3
    assert "Example Weekly" not in text
    assert "- 2 -" not in text


def test_pdf_pages_without_text_are_told(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([NEWS], [], [MORE_NEWS], []))
    outcome = read(tmp_path / "a.pdf")
    assert outcome.only.text == f"{NEWS} {MORE_NEWS}"
    assert [w.partition(": ")[2] for w in outcome.warnings] == [
        "no text on page 2, 4; if scanned, text is missing"
    ]


def test_markdown_stays_as_written_and_its_markup_is_masked(tmp_path: Path, read: Read) -> None:
    text = (
        "# Army *takes* airport\n\n> The **army** seized the [main airport](https://example.org/a_b)"
        " at 5 * 3 paces.\n\n![Map](map.png)\n\n- Kim_Jong said so\n\n<!-- draft -->\n---\n"
    )
    (tmp_path / "a.md").write_bytes(text.encode())
    article = read(tmp_path / "a.md").only
    assert article.text == text
    assert article.title == "Army *takes* airport"
    left = list(text)
    for start, end in article.masked:
        left[start:end] = " " * (end - start)
    words = " ".join("".join(left).split())
    assert words == (
        "Army takes airport The army seized the main airport at 5 * 3 paces. Kim_Jong said so"
    )


def test_markdown_front_matter_is_read_and_masked(tmp_path: Path, read: Read) -> None:
    front = '---\ntitle: "Coup: day one"\ndate: 2019-05-03\noutlet: Example Wire\n---\n'
    (tmp_path / "a.md").write_text(front + NEWS)
    article = read(tmp_path / "a.md").only
    assert (article.title, article.outlet) == ("Coup: day one", "Example Wire")
    assert article.date == dt.date(2019, 5, 3)
    assert article.masked == ((0, len(front)),)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("txt", NEWS.encode()),
        ("md", NEWS.encode()),
        ("html", PAGE.encode()),
        ("pdf", pdf([NEWS])),
        ("jsonl", row().encode()),
        ("csv", f'text\n"{NEWS}"\n'.encode()),
        ("parquet", parquet_bytes(text=[NEWS])),
    ],
)
def test_standard_input_and_files_without_suffix(
    name: str, data: bytes, tmp_path: Path, read: Read
) -> None:
    bare = tmp_path / "download"
    bare.write_bytes(data)
    assert NEWS in read("-", stdin=data, input_format=name).only.text
    assert NEWS in read(bare, input_format=name).only.text


def test_standard_input_is_text_unless_named(read: Read) -> None:
    assert read("-", stdin=NEWS.encode()).only.text == NEWS


def test_parquet_keeps_order_over_many_batches(tmp_path: Path, read: Read) -> None:
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=n) for n in range(100)]
    stamps = [dt.datetime.combine(day, dt.time(23, 59)) for day in days]
    data = parquet_bytes(Text=[f"{NEWS} {n}" for n in range(100)], id=list(range(100)), date=stamps)
    (tmp_path / "a.parquet").write_bytes(data)
    articles = read(tmp_path / "a.parquet").articles
    assert [a.id for a in articles] == [str(n) for n in range(100)]
    assert [a.date for a in articles] == days


def test_defaults_fill_only_what_is_missing(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.jsonl").write_text(row(title="Own") + row(id="b", outlet="Own"))
    defaults = ArticleDefaults(dt.date(2001, 1, 1), "Wire", "Title", "https://example.org")
    first, second = read(tmp_path / "a.jsonl", defaults=defaults).articles
    assert (first.title, first.outlet, first.url) == ("Own", "Wire", "https://example.org")
    assert (second.title, second.outlet) == ("Title", "Own")
    assert first.date == dt.date(2019, 5, 14)


def test_without_any_date_today_is_taken_with_a_warning(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(NEWS)
    outcome = read(tmp_path / "a.txt", defaults=ArticleDefaults())
    assert not outcome.only.date_known
    assert abs(outcome.only.date - dt.date.today()) <= dt.timedelta(days=1)
    assert len(outcome.warnings) == 1
    assert "a.txt: no date" in outcome.warnings[0]


@pytest.mark.parametrize(
    ("head", "known", "warnings"),
    [
        ("KABUL, March 3, 2018 (Reuters) - ", True, []),
        ("KABUL, March 3 (Reuters) - ", False, ["the last day that its dateline fits"]),
    ],
)
def test_without_a_date_that_of_the_dateline_is_taken(
    tmp_path: Path, read: Read, head: str, known: bool, warnings: list[str]
) -> None:
    (tmp_path / "a.txt").write_text(f"{head}{NEWS}")
    outcome = read(tmp_path / "a.txt", defaults=ArticleDefaults())
    date = outcome.only.date
    assert (date.month, date.day) == (3, 3)
    assert date.year == 2018 if known else date <= dt.date.today()
    assert outcome.only.date_known == known
    assert [w in told for w, told in zip(warnings, outcome.warnings, strict=True)] == [
        True for _ in warnings
    ]


def test_folders_are_read_in_order_without_hidden_and_unknown_files(
    tmp_path: Path, read: Read
) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "notes.odt", "sub/c.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{NEWS} {name}")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    outcome = read(tmp_path)
    assert [a.text.split()[-1] for a in outcome.articles] == ["a.txt", "b.txt", "sub/c.txt"]
    assert outcome.errors == []


def test_the_same_files_give_the_same_ids(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(NEWS)
    (tmp_path / "b.html").write_text(PAGE)
    (tmp_path / "c.pdf").write_bytes(pdf([MORE_NEWS]))
    (tmp_path / "d.jsonl").write_text(row(text=MORE_NEWS + " So.") + row(id="x"))
    first, second = read(tmp_path), read(tmp_path)
    ids = [article.id for article in first.articles]
    assert ids == [article.id for article in second.articles]
    assert len(set(ids)) == 5
    assert first.articles == second.articles


def test_an_id_given_twice_is_warned_of_and_both_are_kept(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.jsonl").write_text(row(id="x") + row(id="x", text=MORE_NEWS))
    outcome = read(tmp_path / "a.jsonl")
    assert len(outcome.articles) == 2
    (warning,) = outcome.warnings
    assert "line 2" in warning
    assert "'x'" in warning


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS)
    seen: list[Any] = []
    articles = read_articles(
        [tmp_path / "a.txt", tmp_path / "missing.txt"],
        defaults=ArticleDefaults(date=dt.date(2019, 5, 14)),
        on_error=seen.append,
        on_warning=seen.append,
    )
    assert next(articles).text == NEWS
    assert seen == []
    assert list(articles) == []
    assert len(seen) == 1


def test_an_unknown_input_format_is_refused_at_once() -> None:
    with pytest.raises(ConfigError, match=r"odt.*txt, md, html"):
        read_articles(
            [], defaults=ArticleDefaults(), input_format="odt", on_error=print, on_warning=print
        )


def test_two_million_characters_are_read(tmp_path: Path, read: Read) -> None:
    text = (NEWS + "\n") * 30_000
    (tmp_path / "a.txt").write_text(text)
    assert len(text) > 2_000_000
    assert read(tmp_path / "a.txt").only.text == text


def test_limits_count_from_the_first_character_over(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("x" * 100)
    assert read(tmp_path / "a.txt", limits=ReadLimits(max_chars=100, max_bytes=100)).only
    assert "99" in read(tmp_path / "a.txt", limits=ReadLimits(max_chars=99)).error
    assert "99" in read(tmp_path / "a.txt", limits=ReadLimits(max_bytes=99)).error


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-US", "en"), ("EN_gb", "en"), ("eng", "en"), ("fr", "fr"), ("English", "en"), ("", "en")],
)
def test_language_tags_become_codes(tag: str, code: str, tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.jsonl").write_text(row(language=tag))
    assert read(tmp_path / "a.jsonl").only.language == code


def test_articles_in_other_languages_are_read_all_the_same(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("El ejército tomó el aeropuerto al amanecer del viernes.")
    assert read(tmp_path / "a.txt").only.language == "es"


def test_a_headline_repeated_as_first_paragraph_is_masked(tmp_path: Path, read: Read) -> None:
    page = PAGE.replace("<p>", "<p>Army takes  Airport</p><p>", 1)
    (tmp_path / "a.html").write_text(page)
    article = read(tmp_path / "a.html").only
    assert article.title == "Army takes airport"
    first = article.text.split("\n")[0]
    assert first.lower().split() == ["army", "takes", "airport"]
    assert article.masked[0] == (0, len(first))


def test_a_first_paragraph_of_its_own_is_not_masked(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.html").write_text(PAGE.replace("<h1>Army takes airport</h1>", ""))
    article = read(tmp_path / "a.html").only
    assert article.text.startswith(NEWS)
    assert article.masked == ()


def test_files_that_speak_of_the_folder_are_no_articles(tmp_path: Path, read: Read) -> None:
    for name in ("README.md", "readme.txt", "License.txt", "CHANGELOG.md", "Readme.de.md"):
        (tmp_path / name).write_text(NEWS)
    assert "holds no file of a known format" in read(tmp_path).error
    assert read(tmp_path / "README.md").only.text == NEWS
    (tmp_path / "license-for-oil-exports.txt").write_text(MORE_NEWS)
    assert read(tmp_path).only.text == MORE_NEWS


def test_the_outlet_given_or_carried_signs_the_dateline(tmp_path: Path, read: Read) -> None:
    text = f"LAGOS, May 14 (Example Wire) - {NEWS}"
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.jsonl").write_text(row(text=text, outlet="Example Wire"))
    given = ArticleDefaults(date=dt.date(2019, 5, 14), outlet="Example Wire")
    for article in (
        read(tmp_path / "a.txt", defaults=given).only,
        read(tmp_path / "b.jsonl").only,
    ):
        assert article.masked == ((0, text.index(NEWS)),)
