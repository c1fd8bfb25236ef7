"""Exports of newspaper databases: many articles in one text, told apart and read by fields.

Factiva (by field codes, or as printed) and Nexis (classic, and Nexis Uni), from plain text, RTF
or HTML. What a text is shows in the lines that end or begin each of its articles.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from crisiswire.errors import ReadError
from crisiswire.reading.furniture import MONTHS
from crisiswire.reading.options import Draft

Lines = list[str]

_FACTIVA_END = re.compile(r"^Document [A-Za-z0-9]{12,40}[ \t]*$", re.MULTILINE)
_NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_NEXIS_START = re.compile(r"^[ \t]*\d{1,6} of \d{1,6} DOCUMENTS?[ \t]*$", re.MULTILINE)
_CODE = re.compile(
    r"(SE|HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|RF|CT)"
    r"(?:[ \t]+(.*)|[ \t]*)\Z"
)
_LANGUAGES = {
    "english": "en", "spanish": "es", "french": "fr", "german": "de", "russian": "ru",
    "arabic": "ar", "portuguese": "pt", "italian": "it", "chinese": "zh", "turkish": "tr",
}  # fmt: skip
_WORDS = re.compile(r"[\d,.]{1,9} words\Z", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright\b)", re.IGNORECASE)
_DAY_FIRST = re.compile(r"\b(\d{1,2})\.? ([A-Z][a-z]{2,8})\.?,? (\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2}),? (\d{4})\b")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_UNI_BODY = re.compile(r"body\Z", re.IGNORECASE)
_UNI_AFTER = re.compile(r"(?:Classification|Graphic|Notes|Correction)\Z|Load-Date:")
_CLASSIC_FIELD = re.compile(r"([A-Z][A-Z-]{2,24}):(?:[ \t]+(.*)|[ \t]*)\Z")
_WRAPPED = 45  # characters of a line that may go on in the next
_LOOKED_AT = 200_000  # characters in which the marks of a database must begin to show


def database_articles(text: str, item: str) -> Iterator[Draft | ReadError] | None:
    """The articles of an export, or None when ``text`` is none."""
    for mark, split, read in (
        (_NEXIS_START, _after_marks, _classic),
        (_NEXIS_END, _before_marks, _uni),
        (_FACTIVA_END, _before_marks, _factiva),
    ):
        if mark.search(text, 0, _LOOKED_AT):
            return _drafts(split(text, mark), read, item)
    return None


def _before_marks(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    start = 0
    for found in mark.finditer(text):
        yield text[start : found.start()]
        start = found.end()
    # What stands after the last article is the database's own.


def _after_marks(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    found = list(mark.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    for one, end in zip(found, ends, strict=True):
        yield text[one.end() : end]


def _drafts(
    records: Iterator[str], read: Callable[[Lines, str], Draft], item: str
) -> Iterator[Draft | ReadError]:
    for number, record in enumerate(records, 1):
        name = f"{item}, article {number}"
        lines = [line.strip() for line in record.replace("\u00a0", " ").splitlines()]
        try:
            yield read(lines, name)
        except ReadError as error:
            yield error


def _factiva(lines: Lines, name: str) -> Draft:
    codes = sum(_CODE.match(line) is not None for line in lines)
    if codes >= 4:
        return _factiva_by_code(lines, name)
    return _factiva_as_printed(lines, name)


def _factiva_by_code(lines: Lines, name: str) -> Draft:
    """Two or three letters begin each field: HD headline, SN source, PD day, LP and TD text."""
    fields: dict[str, Lines] = {}
    current: Lines = []
    for line in lines:
        found = _CODE.match(line)
        if found is not None and not (found[1] in fields and "TD" in fields):
            current = fields.setdefault(found[1], [])
            line = found[2] or ""
        current.append(line)
    body = _paragraphs([*fields.get("LP", []), "", *fields.get("TD", [])])
    return Draft(
        item=name,
        text=_some(body, name),
        date=_day(fields.get("PD", [])),
        title=_line(fields.get("HD")),
        outlet=_line(fields.get("SN")),
        language=_language(_line(fields.get("LA"))),
    )


def _factiva_as_printed(lines: Lines, name: str) -> Draft:
    """Headline, byline, "512 words", day, source and so on, a line each, then the text."""
    told = [n for n, line in enumerate(lines) if line]
    counted = next((n for n in told if _WORDS.match(lines[n])), None)
    if counted is None:
        raise ReadError(name, "has no line that counts its words, as Factiva's articles have")
    above = [lines[n] for n in told if n < counted and not lines[n].startswith(("By ", "BY "))]
    below = [n for n in told if n > counted]
    dated = next((n for n in below if _day([lines[n]])), None)
    if dated is None:
        raise ReadError(name, "has no day of publication where Factiva writes it")
    details = [n for n in below if n > dated][:12]
    last = dated
    for n in details:
        if _COPYRIGHT.match(lines[n]) or lines[n].lower() in _LANGUAGES:
            last = n
    sources = [lines[n] for n in details if not re.match(r"\d{1,2}:\d{2}", lines[n])]
    return Draft(
        item=name,
        text=_some(_paragraphs(lines[last + 1 :]), name),
        date=_day([lines[dated]]),
        title=max(above, key=len) if above else None,
        outlet=sources[0] if sources and last > dated else None,
        language=next((_LANGUAGES.get(lines[n].lower()) for n in details if n <= last), None),
    )


def _uni(lines: Lines, name: str) -> Draft:
    """Nexis Uni: headline, source and day, a line each; the text between Body and Load-Date."""
    start = next((n for n, line in enumerate(lines) if _UNI_BODY.match(line)), None)
    if start is None:
        raise ReadError(name, "has no line 'Body', as articles of Nexis have")
    head = [line for line in lines[:start] if line]
    end = next((n for n in range(start, len(lines)) if _UNI_AFTER.match(lines[n])), len(lines))
    plain = [line for line in head if not re.match(r"[A-Z][a-z]+: ?|Copyright", line)]
    language = next((line[9:].strip() for line in lines if line.startswith("Language:")), None)
    return Draft(
        item=name,
        text=_some(_paragraphs(lines[start + 1 : end]), name),
        date=_day(head[1:]),
        title=plain[0] if plain else None,
        outlet=plain[1] if len(plain) > 1 and not _day(plain[1:2]) else None,
        language=_language(language),
    )


def _classic(lines: Lines, name: str) -> Draft:
    """Nexis as it was: source and day on top, fields such as HEADLINE: in capitals."""
    fields: dict[str, Lines] = {"": []}
    current = fields[""]
    for line in lines:
        found = _CLASSIC_FIELD.match(line)
        if found is not None and ("BODY" not in fields or current is not fields["BODY"] or line):
            current = fields.setdefault(found[1], [])
            line = found[2] or ""
        current.append(line)
    top = [line for line in fields[""] if line and not _COPYRIGHT.match(line)]
    dated = next((n for n, line in enumerate(top) if _day([line])), None)
    after = top[dated + 1 :] if dated is not None else []
    body = fields.get("BODY") or fields.get("LENGTH", [""])[1:]
    return Draft(
        item=name,
        text=_some(_paragraphs([line for line in body if not _COPYRIGHT.match(line)]), name),
        date=_day(top) or _day(fields.get("LOAD-DATE", [])),
        title=_line(fields.get("HEADLINE")) or (after[-1] if after else None),
        outlet=top[0] if top and dated != 0 else None,
        language=_language(_line(fields.get("LANGUAGE"))),
    )


def _paragraphs(lines: Lines) -> str:
    """Lines as paragraphs parted by blank lines; those broken at a margin are joined."""
    blocks: list[Lines] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    paragraphs: Lines = []
    for block in blocks:
        wrapped = len(block) > 1 and all(_WRAPPED <= len(line) <= 110 for line in block[:-1])
        paragraphs += [" ".join(block)] if wrapped else block
    return "\n\n".join(paragraphs)


def _some(text: str, name: str) -> str:
    if not text.strip():
        raise ReadError(name, "holds no text; export it with its full text")
    return text


def _line(field: Lines | None) -> str | None:
    """The words of a field, to its first blank line."""
    words: Lines = []
    for line in field or ():
        if not line and words:
            break
        words.append(line)
    return " ".join(words).strip() or None


def _day(lines: Lines) -> dt.date | None:
    """The first day that is written out in the lines."""
    for line in lines:
        found = _DAY_FIRST.search(line)
        if found is not None:
            day, month, year = found.groups()
        elif (found := _MONTH_FIRST.search(line)) is not None:
            month, day, year = found.groups()
        else:
            continue
        if month.lower() in MONTHS:
            try:
                return dt.date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day))
            except ValueError:
                continue
    return None


def _language(name: str | None) -> str | None:
    """The code of a language told as "English" or "ENGLISH; ENGLISH"."""
    return _LANGUAGES.get((name or "").partition(";")[0].strip().lower())
