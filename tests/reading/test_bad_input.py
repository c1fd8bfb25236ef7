"""Every kind of bad input is named with a reason, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from crisiswire.reading import ReadLimits

from .conftest import Read
from .samples import MORE_NEWS, NEWS, PAGE, pdf, row

GOOD = row().encode()


def encrypted_pdf() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf([NEWS]))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": [NEWS]}), stream)
    return stream.getvalue()


BAD_FILES = [
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\t\r\n ", "empty text"),
    ("empty.md", b"", "is empty"),
    ("empty.html", b"", "is empty"),
    ("empty.pdf", b"", "is empty"),
    ("empty.jsonl", b"", "is empty"),
    ("blank.jsonl", b"\n\n", "holds no article"),
    ("empty.csv", b"", "is empty"),
    ("blank.csv", b"\n \n", "only blank lines"),
    ("header.csv", b"id,text\n", "holds no article"),
    ("empty.parquet", b"", "is empty"),
    ("empty.txt.gz", gzip.compress(b""), "is empty"),
    ("nul.txt", b"abc\0def", "NUL at byte 3"),
    ("late-nul.txt", b"a" * 100_000 + b"\0", "NUL at byte 100,000"),
    ("control.txt", bytes(range(1, 32)) * 100, "control characters"),
    ("pdf.txt", pdf([NEWS]), "name it .pdf"),
    ("zip.txt", b"PK\x03\x04abcdef", "ZIP"),
    ("gzip.txt", gzip.compress(NEWS.encode()), "add .gz"),
    ("binary.jsonl", b"\x00\x01\x02", "NUL"),
    ("not.txt.gz", NEWS.encode(), "cannot be read (Not a gzipped file"),
    ("cut.txt.gz", gzip.compress(os.urandom(5000))[:2000], "damaged gzip"),
    ("broken.txt.gz", gzip.compress(NEWS.encode())[:20] + b"xxxx" * 20, "gzip"),
    ("empty-page.html", b"<html><body></body></html>", "no article text"),
    ("script.html", b"<html><script>var a = 1;</script></html>", "no article text"),
    ("not.pdf", NEWS.encode(), "no readable PDF"),
    ("cut.pdf", pdf([NEWS])[:200], "no readable PDF"),
    ("encrypted.pdf", encrypted_pdf(), "encrypted; save a copy without password"),
    ("scan.pdf", pdf([]), "text recognition"),
    ("not.parquet", b"PAR1" + NEWS.encode() + b"PAR1", "damaged"),
    ("names.parquet", parquet().replace(b"text", b"\xe6ext"), "damaged"),
    ("array.jsonl", b'[\n{"text": "a"}\n]\n', "JSON array"),
    ("old-mac.csv", b"id,text\r1,abc\r", "line 1: has no column 'text'"),
    ("no-text.csv", b"id,body\n1,abc\n", "line 1: has no column 'text'"),
    ("date.md", b"---\ndate: yesterday\n---\nText.", "field 'date': 'yesterday'"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD_FILES, ids=[b[0] for b in BAD_FILES])
def test_a_bad_file_is_named_and_the_next_is_read(
    name: str, data: bytes, reason: str, tmp_path: Path, read: Read
) -> None:
    bad, good = tmp_path / name, tmp_path / "good.jsonl"
    bad.write_bytes(data)
    good.write_bytes(GOOD)
    outcome = read(bad, good)
    assert [article.text for article in outcome.articles] == [NEWS]
    (error,) = outcome.errors
    assert str(error).startswith(str(bad))
    assert reason in str(error)


BAD_ROWS = [
    ('{"id": 1}', "has no field 'text'"),
    ('{"text": null}', "has no field 'text'"),
    ('{"text": ""}', "empty text"),
    ('{"text": " \\n"}', "empty text"),
    ('{"text": 7}', "field 'text' holds a number"),
    ('{"text": ["a"]}', "field 'text' holds a list"),
    ('{"text": "a", "id": {}}', "field 'id' holds an object"),
    ('{"text": "a", "id": true}', "field 'id' holds true or false"),
    ('{"text": "a", "date": "31/02/2019"}', "field 'date': '31/02/2019' is not a day"),
    ('{"text": "a", "date": "05/06/2019"}', "field 'date': '05/06/2019' may be either"),
    ('{"text": "a", "date": "2019-02-30"}', "field 'date': '2019-02-30' is not a day"),
    ('{"text": "a", "date": "yesterday"}', "field 'date': 'yesterday' is not a date"),
    ('{"text": "a", "date": 1557792000}', "field 'date': '1557792000' is not a date"),
    ('{"text": "a", "date": true}', "field 'date': 'True' is not a date"),
    ('{"text": "a", "date": "0019-05-14"}', "year out of range"),
    ('{"text": "a"', "is not JSON"),
    ("text", "is not JSON"),
    ('["a"]', "is not a JSON object"),
    ("7", "is not a JSON object"),
    ("[" * 200_000, "is not JSON"),
    ("9" * 5_000, "is not JSON"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_ROWS, ids=[b[0][:40] for b in BAD_ROWS])
def test_a_bad_line_seven_leaves_the_other_nine(
    line: str, reason: str, tmp_path: Path, read: Read
) -> None:
    lines = [row(id=str(n)) for n in range(1, 11)]
    lines[6] = line + "\n"
    (tmp_path / "a.jsonl").write_text("".join(lines))
    outcome = read(tmp_path / "a.jsonl")
    assert [article.id for article in outcome.articles] == [*"12345689", "10"]
    (error,) = outcome.errors
    assert error.item == f"{tmp_path}/a.jsonl, line 7"
    assert reason in error.reason


@pytest.mark.parametrize("reason", ["is not a day", "may be either", "is not a date", "range"])
def test_a_bad_date_is_answered_with_the_form_wanted(
    reason: str, tmp_path: Path, read: Read
) -> None:
    lines = [line for line, why in BAD_ROWS if reason in why and '"date"' in line]
    assert lines
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    errors = read(tmp_path / "a.jsonl").errors
    assert ["write it as YYYY-MM-DD" in str(error) for error in errors] == [True] * len(lines)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('7,"never closed,2019-05-14', "is not valid CSV"),
        ('7,"a "quoted" word",2019-05-14', "is not valid CSV"),
        ("7,too,many,fields", "has 4 fields where the header has 3"),
        ("7", "has 1 fields where the header has 3"),
        ("7,,2019-05-14", "empty text"),
        ("7,abc,31/02/2019", "field 'date'"),
    ],
)
def test_a_bad_csv_record_leaves_the_others(
    line: str, reason: str, tmp_path: Path, read: Read
) -> None:
    lines = ["id,text,date", '1,"two\nlines",2019-05-14', line, "8,abc,2019-05-14", "9,def,"]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    outcome = read(tmp_path / "a.csv")
    assert [article.id for article in outcome.articles] == ["1", "8", "9"]
    (error,) = outcome.errors
    assert error.item.endswith("a.csv, line 4")
    assert reason in error.reason


def test_bad_parquet_rows_are_named(tmp_path: Path, read: Read) -> None:
    table = pa.table({"text": [NEWS, None, "", MORE_NEWS], "date": ["2019-05-14"] * 3 + ["soon"]})
    pq.write_table(table, tmp_path / "a.parquet")
    outcome = read(tmp_path / "a.parquet")
    assert [article.text for article in outcome.articles] == [NEWS]
    assert [error.item.rpartition(", ")[2] for error in outcome.errors] == [
        "row 2", "row 3", "row 4"
    ]  # fmt: skip


def test_parquet_without_text_column(tmp_path: Path, read: Read) -> None:
    pq.write_table(pa.table({"body": [NEWS]}), tmp_path / "a.parquet")
    assert "no column 'text'" in read(tmp_path / "a.parquet").error


def test_optional_fields_of_the_wrong_kind_are_left_out_with_a_warning(
    tmp_path: Path, read: Read
) -> None:
    (tmp_path / "a.jsonl").write_text(row(title=["a"], url=7, outlet=None))
    outcome = read(tmp_path / "a.jsonl")
    assert (outcome.only.title, outcome.only.url, outcome.only.outlet) == (None, None, None)
    assert len(outcome.warnings) == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "cannot be read (No such file or directory)"),
        ("missing", "does not exist"),
        ("report.odt", "suffix that names no known format"),
        ("a.pdf.gz", "suffix that names no known format"),
        ("empty-folder", "holds no file of a known format"),
        ("nul\0.txt", "holds a NUL"),
        ("x" * 5_000 + ".txt", "cannot be read (File name too long)"),
        ("odd\udcff.txt", "cannot be read (No such file"),
    ],
    ids=ascii,
)
def test_bad_paths(name: str, reason: str, tmp_path: Path, read: Read) -> None:
    (tmp_path / "empty-folder").mkdir()
    for existing in ("report.odt", "a.pdf.gz", "empty-folder/.hidden.txt"):
        (tmp_path / existing).write_bytes(GOOD)
    message = read(tmp_path / name).error
    assert reason in message
    assert message.encode("utf-8")


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_standard_input_without_text(data: bytes, read: Read) -> None:
    assert read("-", stdin=data).error.startswith("standard input: ")


def test_a_file_that_may_not_be_read(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything: let open refuse instead

        def refusing_open(file: Path, *args: Any, **kwargs: Any) -> Any:
            raise PermissionError(13, "Permission denied", str(file))

        monkeypatch.setattr(Path, "open", refusing_open)
    assert read(path).error.startswith(f"{path}: cannot be read (Permission denied)")


def test_a_folder_that_may_not_be_read(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "open.txt").write_text(NEWS)
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0)
    if os.access(locked, os.R_OK):
        real_scandir = os.scandir

        def refusing_scandir(path: Any) -> Any:
            if os.fspath(path) == str(locked):
                raise PermissionError(13, "Permission denied", str(locked))
            return real_scandir(path)

        monkeypatch.setattr(os, "scandir", refusing_scandir)
    try:
        outcome = read(tmp_path)
    finally:
        locked.chmod(0o700)
    assert [article.text for article in outcome.articles] == [NEWS]
    assert [str(error) for error in outcome.errors] == [
        f"{locked}: folder cannot be read (Permission denied); check its rights"
    ]


def test_a_line_beyond_the_limit_is_skipped_in_bounded_memory(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Endless(io.RawIOBase):
        """200 MB in one line, then a good line, without ever holding them."""

        left = 200_000_000
        largest = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            Endless.largest = max(Endless.largest, len(buffer))
            if self.left > 0:
                size = min(len(buffer), self.left)
                buffer[:size] = b"x" * size
                self.left -= size
                return size
            tail = {0: b"\n" + GOOD}.get(self.left, b"")
            self.left -= 1
            buffer[: len(tail)] = tail
            return len(tail)

    path = tmp_path / "a.jsonl"
    path.write_text(row())
    stream = io.BufferedReader(Endless(), 1 << 16)
    monkeypatch.setattr(Path, "open", lambda *args, **kwargs: stream)
    outcome = read(path)
    assert [article.text for article in outcome.articles] == [NEWS]
    (error,) = outcome.errors
    assert error.item.endswith("line 1")
    assert "longer than 20,000,000 bytes" in error.reason
    assert Endless.largest <= 2_000_000


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.csv.gz", "bomb.html.gz"])
@pytest.mark.parametrize("unit", [b"x", b"\n", b"x\n"])
def test_a_decompression_bomb_is_defused(
    name: str, unit: bytes, tmp_path: Path, read: Read
) -> None:
    packer = zlib.compressobj(9, wbits=31)
    block = unit * (1_000_000 // len(unit))
    data = b"".join(packer.compress(block) for _ in range(30)) + packer.flush()
    (tmp_path / name).write_bytes(data)
    outcome = read(tmp_path / name, limits=ReadLimits(max_bytes=20_000, max_line=10_000))
    assert outcome.articles == []
    assert len(outcome.errors) <= 1_001
    assert any(
        word in str(outcome.errors[-1])
        for word in (
            "larger than 20,000 bytes",
            "decompression bomb",
            "no column",
            "1,000 bad rows",
        )
    )


def test_a_large_compressed_table_is_no_bomb(tmp_path: Path, read: Read) -> None:
    lines = "".join(row(id=str(n), noise=os.urandom(200).hex()) for n in range(50))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    assert len(read(tmp_path / "a.jsonl.gz", limits=ReadLimits(max_bytes=1_000)).articles) == 50


def test_rows_before_the_damage_are_read(tmp_path: Path, read: Read) -> None:
    lines = "".join(row(id=str(n), noise=os.urandom(2_000).hex()) for n in range(100))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    outcome = read(tmp_path / "a.jsonl.gz")
    assert [article.id for article in outcome.articles] == [
        str(n) for n in range(len(outcome.articles))
    ]
    assert len(outcome.articles) > 20
    assert "damaged gzip" in str(outcome.errors[-1])


def test_a_long_pdf_and_a_long_row_are_refused(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([NEWS], [NEWS]))
    (tmp_path / "b.jsonl").write_text(row(text=NEWS * 2))
    outcome = read(tmp_path, limits=ReadLimits(max_chars=len(NEWS) + 10))
    assert [("more than 89" in str(e).replace(",", "")) for e in outcome.errors] == [True, True]


@pytest.mark.parametrize("text", ["\ud800", f"{NEWS} \udfff\ud800 {NEWS}", "\ud83d" * 100])
def test_lone_surrogates_stay_in_the_text(text: str, tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text, "date": "2019-05-14"}))
    article = read(tmp_path / "a.jsonl").only
    assert article.text == text
    assert len(article.id) == 16


def test_surrogates_and_nulls_in_html_do_no_harm(tmp_path: Path, read: Read) -> None:
    page = PAGE.replace("Witnesses", "&#xD800;&#0;&#x1F6A8; Witnesses")
    (tmp_path / "a.html").write_text(page)
    assert "Witnesses heard gunfire" in read(tmp_path / "a.html").only.text


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.binary(max_size=200),
    at=st.integers(0, 900),
    name=st.sampled_from(
        ["a.txt", "a.md", "a.html", "a.pdf", "a.jsonl", "a.csv", "a.parquet", "a.txt.gz"]
    ),
)
def test_no_bytes_stop_the_reader(
    data: bytes, at: int, name: str, tmp_path: Path, read: Read
) -> None:
    """Damage in the middle of a good file: one item or more comes out, article or error."""
    good = {"a.html": PAGE.encode(), "a.pdf": pdf([NEWS])}.get(name, GOOD)
    (tmp_path / name).write_bytes(good[:at] + data + good[at + len(data) :])
    outcome = read(tmp_path / name)
    assert outcome.articles or outcome.errors
    assert all(str(tmp_path / name) in str(error) for error in outcome.errors)
