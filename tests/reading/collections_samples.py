"""Exports of newspaper databases and web archives, made up for the tests."""

from __future__ import annotations

import gzip
import io
import zipfile

from .samples import MORE_NEWS, NEWS

FACTIVA_PRINTED = f"""World News
Army takes the airport at dawn
By A. Writer
312 words
3 May 2019
10:15
Example Wire Service
EXWIRE
English
© 2019 Example Wire. All rights reserved.

{NEWS}

{MORE_NEWS}

Document EXWIRE0020190503ef530001x

Talks fail
97 words
4 May 2019
Example Wire Service
EXWIRE
English
(c) 2019 Example Wire

Iran rejected the offer of the mediators on Saturday.

Document EXWIRE0020190504ef540002y

Search Summary
Text army
"""
FACTIVA_CODES = f"""HD     Army takes the
airport at dawn
BY     A. Writer
WC     312 words
PD     3 May 2019
ET     10:15
SN     Example Wire Service
SC     EXWIRE
LA     English
CY     (c) 2019 Example Wire

LP
{NEWS}

TD
{MORE_NEWS}

RE venez : Venezuela
AN     Document EXWIRE0020190503ef530001x
Document EXWIRE0020190503ef530001x
"""
NEXIS_UNI = f"""Army takes the airport at dawn
Example Daily
May 3, 2019 Friday
Late Edition - Final

Copyright 2019 The Example Company All Rights Reserved
Section: Section A; Column 0; Foreign Desk; Pg. 4
Length: 312 words
Byline: A. Writer
Dateline: CARACAS
Body

{NEWS}

{MORE_NEWS}

Graphic

PHOTO: The airport
Load-Date: May 4, 2019

End of Document
"""
NEXIS_CLASSIC = """
                               1 of 2 DOCUMENTS


                                 Example Daily

                              May 3, 2019 Friday
                              Late Edition - Final

Army takes the airport at dawn

BYLINE: A. WRITER

SECTION: Section A; Pg. 4

LENGTH: 312 words

DATELINE: CARACAS

BODY:

   Troops loyal to the president took the airport at dawn, an army
spokesman said.

   The opposition called on its followers to protest in all towns of the
country.

LOAD-DATE: May 3, 2019

LANGUAGE: ENGLISH

                   Copyright 2019 The Example Company
                              All Rights Reserved


                               2 of 2 DOCUMENTS

                                 Example Herald

                              4 May 2019

HEADLINE: Talks fail

BODY:
Iran rejected the offer of the mediators on Saturday.

LANGUAGE: ENGLISH
"""
BOTH = f"{NEWS}\n\n{MORE_NEWS}"


def as_rtf(text: str) -> str:
    escaped = text.replace("\n", "\\par\n").replace("©", "\\'a9")
    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}{\\info{\\title no}}"
        f"\\pard\\b {escaped}\\par}}"
    )


def as_docx(text: str, prologue: str = "") -> bytes:
    made = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = f"{prologue}<w:document xmlns:w='{name}'><w:body>{made}</w:body></w:document>"
        archive.writestr("word/document.xml", xml + " " * 2_000)
    return target.getvalue()


def as_html(text: str) -> str:
    blocks = "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in text.split("\n\n"))
    return (
        f"<html><head><title>Print</title><style>a{{}}</style></head><body>{blocks}</body></html>"
    )


def warc(*pages: tuple[str, str, str, bytes]) -> bytes:
    """An archive of (address, status, type, body), each record packed by itself."""
    made = [_record("warcinfo", "", b"software: test\r\n", "application/warc-fields")]
    for url, status, kind, body in pages:
        packed = "Content-Encoding: gzip\r\n" if body.startswith(b"\x1f\x8b") else ""
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{packed}\r\n"
        made.append(_record("response", url, head.encode() + body, "application/http"))
    return b"".join(gzip.compress(record) for record in made)


def _record(kind: str, url: str, block: bytes, media_type: str) -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2019-05-06T01:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(block)}>\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
