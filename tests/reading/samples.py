"""Texts and files that the reading tests share."""

from __future__ import annotations

import json
import zlib
from typing import Any

NEWS = "Troops loyal to the president took the airport at dawn, an army spokesman said."
MORE_NEWS = "The opposition called on its followers to protest in all towns of the country."

PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Army takes airport</title>
<meta property="og:title" content="Army takes airport">
<meta property="og:site_name" content="Example Wire">
<meta property="article:published_time" content="2019-05-03T10:00:00Z">
<link rel="canonical" href="https://example.org/army"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Army takes airport</h1>
<p>{NEWS} Witnesses heard gunfire &amp; explosions for an hour near the terminal.</p>
<p>{MORE_NEWS} Several embassies told their citizens to stay at home.</p>
</article><footer>We use cookies</footer></body></html>"""


def row(**fields: Any) -> str:
    """One JSONL line."""
    return json.dumps({"text": NEWS, "date": "2019-05-14"} | fields) + "\n"


def pdf(*pages: list[str], title: str | None = None) -> bytes:
    """A PDF written by hand, with one line of Helvetica for each string."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    info = f"<< /Title ({title}) >>" if title else "<< >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        content = zlib.compress(f"BT /F1 10 Tf 14 TL 50 750 Td\n{drawn}ET".encode("cp1252"))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(
            f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode()
            + content
            + b"\nendstream"
        )
    objects.append(info.encode())
    return _assembled(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assembled(objects: list[bytes]) -> bytes:
    """Objects numbered from 1, the catalogue first and the information last."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        data
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\n"
            f"startxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )
