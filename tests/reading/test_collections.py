"""Files of many articles: web archives, mail, and exports of newspaper databases."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from crisiswire.reading import ReadLimits
from crisiswire.reading.rtf import rtf_text

from .collections_samples import (
    BOTH,
    FACTIVA_CODES,
    FACTIVA_PRINTED,
    NEXIS_CLASSIC,
    NEXIS_UNI,
    as_docx,
    as_html,
    as_rtf,
    warc,
)
from .conftest import Outcome, Read
from .samples import MORE_NEWS, NEWS, PAGE


def check_first(found: Outcome, outlet: str) -> None:
    article = found.articles[0]
    assert not found.errors
    assert article.text == BOTH
    assert (article.title, article.outlet) == ("Army takes the airport at dawn", outlet)
    assert (article.date, article.language) == (dt.date(2019, 5, 3), "en")


@pytest.mark.parametrize(
    ("text", "number", "outlet"),
    [
        (FACTIVA_PRINTED, 2, "Example Wire Service"),
        (FACTIVA_CODES, 1, "Example Wire Service"),
        (NEXIS_UNI * 2, 2, "Example Daily"),
        (NEXIS_CLASSIC, 2, "Example Daily"),
    ],
    ids=["factiva-printed", "factiva-codes", "nexis-uni", "nexis-classic"],
)
@pytest.mark.parametrize("form", ["txt", "rtf", "docx", "html"])
def test_exports_of_databases(
    read: Read, tmp_path: Path, text: str, number: int, outlet: str, form: str
) -> None:
    made = {"txt": str.encode, "rtf": as_rtf, "docx": as_docx, "html": as_html}[form](text)
    path = tmp_path / f"export.{form}"
    path.write_bytes(made if isinstance(made, bytes) else made.encode("cp1252"))
    found = read(path)
    assert len(found.articles) == number
    check_first(found, outlet)
    if number == 2 and text is not NEXIS_UNI * 2 and "Talks" in text:
        second = found.articles[1]
        assert second.text == "Iran rejected the offer of the mediators on Saturday."
        assert (second.title, second.date) == ("Talks fail", dt.date(2019, 5, 4))


def test_an_article_without_text_is_named_and_the_others_are_read(
    read: Read, tmp_path: Path
) -> None:
    path = tmp_path / "export.txt"
    path.write_text("Headline\nNo body here\nEnd of Document\n" + NEXIS_UNI)
    found = read(path)
    assert [str(error) for error in found.errors] == [
        f"{path}, article 1: has no line 'Body', as articles of Nexis have"
    ]
    assert len(found.articles) == 1


def test_a_plain_text_stays_one_article(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(f"Document A12 was found.\n{NEWS}\n\nBody\n\n{MORE_NEWS}\n")
    assert read(path).only.text == path.read_text()


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1 a\par b\line c\tab d}", "a\nb\nc\td"),
        (rb"{\rtf1\ansicpg1251 \'cf\'f3\'f2\'e8\'ed}", "Путин"),
        (rb"{\rtf1\uc1 T\u233?h\u233\'e9ran\u8217 's}", "Téhéran’s"),
        (rb"{\rtf1\uc2\u233 xxb{\uc0\u233}c}", "ébéc"),
        (rb"{\rtf1\u-10179?\u-8704?}", "\U0001f600"),
        (rb"{\rtf1 \{a\}\\\~b\_c\endash}", "{a}\\\u00a0b-c–"),
        (rb'{\rtf1{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}}', "link"),
        (rb"{\rtf1{\pict\bin3 }}} a", " a"),
        (b"{\\rtf1 line\r\nbroken}", "linebroken"),
        (rb"{\rtf1 a}}}}b{{{{", "ab"),
        (rb"{\rtf1\ansicpg99999999 \u99999999999 x\'zz", None),
        (b"{\\rtf1" + b"{" * 200_000 + b"a", "a"),
    ],
)
def test_rtf(rtf: bytes, text: str | None) -> None:
    found = rtf_text(rtf)
    assert text is None or found == text


def test_a_plain_rtf_is_one_article(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(as_rtf(f"{NEWS}\n{MORE_NEWS}"))
    assert read(path).only.text == BOTH
    path.write_text("no rtf")
    assert "is not RTF" in read(path).error


def test_word_documents(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(as_docx(f"{NEWS}\n{MORE_NEWS}"))
    assert read(path).only.text == BOTH
    assert "unpacks to more than 900 bytes" in read(path, limits=ReadLimits(max_bytes=900)).error
    path.write_bytes(as_docx(NEWS, "<!DOCTYPE x [<!ENTITY a 'b'>]>"))
    assert "defines XML entities" in read(path).error
    path.write_bytes(as_docx(NEWS)[:-40])
    assert "is no Word document that can be read" in read(path).error


def test_web_archive(read: Read, tmp_path: Path) -> None:
    undated = PAGE.replace("2019-05-03T10:00:00Z", "").encode()
    archive = warc(
        ("https://example.org/a", "200 OK", "text/html", PAGE.encode()),
        ("https://example.org/b", "200 OK", "text/html", gzip.compress(undated)),
        ("https://example.org/c", "404 Not Found", "text/html", PAGE.encode()),
        ("https://example.org/d", "200 OK", "image/png", b"\x89PNG"),
        ("https://example.org/e", "200 OK", "text/html", b"<html></html>"),
        ("https://example.org/f", "200 OK", "text/html", gzip.compress(b" " * 5_000_000)),
    )
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(archive)
    found = read(path, limits=ReadLimits(max_bytes=1_000_000))
    assert [(a.url, str(a.date)) for a in found.articles] == [
        ("https://example.org/a", "2019-05-03"),
        ("https://example.org/b", "2019-05-06"),
    ]
    assert found.articles[0].title == "Army takes airport"
    told = [str(error) for error in found.errors]
    assert told[0].startswith(f"{path}, record 6: holds no article text")
    assert "is larger than 1,000,000 bytes" in told[1]


def test_a_web_archive_that_breaks_off_gives_what_is_whole(read: Read, tmp_path: Path) -> None:
    whole = warc(*[("https://example.org/a", "200 OK", "text/html", PAGE.encode())] * 3)
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(whole[: len(whole) - 300])
    found = read(path)
    assert len(found.articles) == 2
    assert len(found.errors) == 1
    path.with_name("no.warc").write_bytes(b"no archive at all\n" * 50)
    assert "damaged web archive after record 0" in read(path.with_name("no.warc")).error


MAIL = f"""From: Example Wire <wire@example.org>
Subject: =?utf-8?q?Arm=C3=A9e_takes?= airport
Date: Fri, 3 May 2019 23:30:00 -0400
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/html; charset=utf-8

{PAGE}
--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{NEWS.replace(" ", "=20", 1)}
--b--
"""


def test_mail(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "alert.eml"
    path.write_text(MAIL)
    article = read(path).only
    assert article.text.strip() == NEWS
    assert (article.title, article.outlet) == ("Armée takes airport", "Example Wire")
    assert article.date == dt.date(2019, 5, 3)


def test_mailbox(read: Read, tmp_path: Path) -> None:
    empty = "From x Fri May  3\nSubject: no text\nContent-Type: image/png\n\n\n"
    page = f"From x Fri May  3\nDate: soon\nContent-Type: text/html\n\n{PAGE}\n\n"
    quoted = f"From x Fri May  3\nSubject: B\n\n>From Caracas: {MORE_NEWS}\n\n"
    path = tmp_path / "box.mbox"
    path.write_text(f"From x Fri May  3\n{MAIL}\n{empty}{page}{quoted}")
    found = read(path)
    assert [article.title for article in found.articles] == ["Armée takes airport", "B"]
    assert found.articles[1].text.startswith("From Caracas")
    assert "message 2: is a message without text" in str(found.errors[0])
    assert "message 3: is a damaged message" in str(found.errors[1])
    path.write_text("no mailbox")
    assert "is no mailbox" in read(path).error


def test_a_message_of_endless_parts_is_refused(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "deep.eml"
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    )
    path.write_text(parts)
    assert "is a damaged message" in read(path).error
