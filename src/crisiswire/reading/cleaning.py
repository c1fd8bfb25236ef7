"""What in an article's text is not its report: datelines, credits, page furniture, addresses.

The text is never changed, since every offset counts its characters. Masked
ranges stay in it and are to be blanked before parsing. A wrong mask hides
news, so each rule asks for a form that running text does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisiswire.reading.datelines import Dateline, dateline, is_agency, is_date_words, is_sign
from crisiswire.reading.furniture import (
    AGENCY_LEAD,
    CLOCK_WORDS,
    CONTRIBUTED,
    CREDIT_START,
    LINE_START,
    NAME_PARTICLES,
    SENTENCE_START,
    SOURCE_START,
    TIME_START,
    URL,
    WEEKDAYS,
    WHOLE_LINE,
)

__all__ = ["Dateline", "dateline", "masked_ranges", "merged"]

Ranges = Iterator[tuple[int, int]]

_MAX_LINE = 400
_MAX_SENTENCE = 300
_MAX_CREDIT = 600
_MAX_NAMES = 120
_EDGE_LINES = 5
_LOCAL_PART = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-"
_DOMAIN = _LOCAL_PART.replace("_", "").replace("%", "").replace("+", "")
_CLOSING = ".,;:!?)]}'’…*_"


def masked_ranges(text: str, outlet: str | None = None) -> tuple[tuple[int, int], ...]:
    """Character ranges of ``text`` that are kept but not coded: sorted, disjoint, not empty.

    ``outlet``, where known, is taken for a sign in the dateline. Takes time linear in the
    text's length.
    """
    found = list(_lines(text))
    opening = dateline(text, outlet)
    if opening is not None:
        found.append((opening.start, opening.end))
    else:
        found += _agency_lead(text, outlet)
    found += _credits_in_parentheses(text)
    found += _sentences(text)
    found += _urls(text)
    found += _addresses(text)
    return merged(found)


def merged(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The ranges sorted, those that touch or overlap joined, empty ones dropped."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _lines(text: str) -> Ranges:
    """Lines that are furniture as a whole."""
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            start = position + len(line) - len(line.lstrip())
            spans.append((start, start + len(stripped)))
        position += len(line) + 1
    last = len(spans) - 1
    for index, (start, end) in enumerate(spans):
        if end - start > _MAX_LINE:
            continue
        line = text[start:end]
        at_edge = index < _EDGE_LINES or index > last - _EDGE_LINES
        if (
            WHOLE_LINE.match(line)
            or LINE_START.match(line)
            or _is_credit(line)
            or _is_source(line)
            or _is_time_stamp(line)
            or (at_edge and _is_byline(line))
            or (index == last and index > 0 and _is_signature(line))
            or (index > last - _EDGE_LINES and _is_contribution(line))
        ):
            yield start, end


def _is_credit(line: str) -> bool:
    """Tasks and names: ``Reporting by A B in Cairo; Editing by C D``, also in brackets."""
    plain = line.strip("()[] ")
    return bool(CREDIT_START.match(plain)) and _only_names(plain)


def _is_source(line: str) -> bool:
    """Where a text comes from: ``Source: Reuters``."""
    start = SOURCE_START.match(line)
    return start is not None and len(line) <= _MAX_NAMES and _only_names(line[start.end() :])


def _is_time_stamp(line: str) -> bool:
    """When a page was made: ``Published: 14 May 2019 10:32 GMT``, ``Updated 3 May``."""
    start = TIME_START.match(line)
    if start is None:
        return False
    words = [
        word
        for word in line[start.end() :].replace("|", " ").split()
        if word.strip(".,()").lower() not in CLOCK_WORDS and ":" not in word
    ]
    return bool(words) and len(words) <= 5 and is_date_words(words)


def _is_byline(line: str) -> bool:
    """Who wrote it: ``By Jane Doe``, ``By JANE DOE and John Roe, Associated Press``."""
    if not line.startswith(("By ", "BY ")) or len(line) > _MAX_NAMES or line.endswith((".", ":")):
        return False
    names, *others = line[3:].split(",")
    if not all(is_agency(other) for other in others) or any(c.isdigit() for c in names):
        return False
    return all(
        2 <= len(name.split()) <= 4
        and name[0].isupper()
        and name.split()[0].lower() not in NAME_PARTICLES | WEEKDAYS
        and _only_names(name)
        for name in names.replace(" AND ", " and ").split(" and ")
    )


def _is_signature(line: str) -> bool:
    """Who sent it, at the very end: ``AFP/jk``, ``PressTV / ABC Flash Point Blogs 2019.``"""
    plain = line.rstrip(".").strip("()[]– -")
    if len(plain) > _MAX_NAMES:
        return False
    parts = plain.split("/")
    if not any(is_agency(part) for part in parts):
        return False
    if len(parts) == 1:
        return True
    compact = " " not in plain and all(part and len(part) <= 20 for part in parts)
    return compact or (is_agency(parts[0]) and _only_names(plain))


def _is_contribution(line: str) -> bool:
    """Who helped: ``Example Press writer A B in Cairo contributed to this report.``"""
    found = CONTRIBUTED.search(line)
    return found is not None and not line[found.end() :].strip(" .)")


def _only_names(words: str) -> bool:
    """Whether nothing but names, numbers and the small words between them is there."""
    if len(words) > _MAX_CREDIT:
        return False
    for word in words.replace("/", " ").split():
        plain = word.strip(".,;:()[]–—-|&@'’\"“”")
        if not plain or plain in NAME_PARTICLES:
            continue
        if plain.startswith(("al-", "el-", "ul-", "as-", "ash-")):
            plain = plain.partition("-")[2] or plain
        if not (plain[0].isupper() or plain[0].isdigit() or word.startswith("@")):
            return False
    return bool(words.strip(" .,;:"))


def _agency_lead(text: str, outlet: str | None) -> Ranges:
    """An agency, or the outlet, before the first word of the text: ``(Reuters) - ``."""
    start = len(text) - len(text.lstrip())
    lead = AGENCY_LEAD.match(text, start)
    if lead is not None and is_sign(lead[1], outlet):
        yield start, lead.end()


def _credits_in_parentheses(text: str) -> Ranges:
    """``(Reporting by …; editing by …)`` wherever it stands, both brackets included."""
    position = text.find("(")
    while position >= 0:
        if CREDIT_START.match(text, position + 1):
            end = text.find(")", position, position + _MAX_CREDIT)
            if end >= 0 and _only_names(text[position + 1 : end]):
                yield position, end + 1
        position = text.find("(", position + 1)


def _sentences(text: str) -> Ranges:
    """Sentences that address the reader or speak of the page itself."""
    for match in SENTENCE_START.finditer(text):
        end = _sentence_end(text, match.end())
        if end is not None:
            yield match.start(), end


def _sentence_end(text: str, position: int) -> int | None:
    """End of the sentence or line, or None when it is further away than a sentence is long."""
    limit = min(len(text), position + _MAX_SENTENCE)
    for index in range(position, limit):
        if text[index] == "\n":
            return index
        if text[index] in ".!?…" and (index + 1 == len(text) or text[index + 1].isspace()):
            return index + 1
    return limit if limit == len(text) else None


def _urls(text: str) -> Ranges:
    """Bare web addresses, without the punctuation after them."""
    for match in URL.finditer(text):
        address = match[0].rstrip(_CLOSING)
        if "(" in address and match[0][len(address) :].startswith(")"):
            address += ")"
        yield match.start(), match.start() + len(address)


def _addresses(text: str) -> Ranges:
    """E-mail addresses."""
    at = text.find("@")
    while at >= 0:
        before = text[max(0, at - 64) : at]
        local = before[len(before.rstrip(_LOCAL_PART)) :].lstrip(".-")
        after = text[at + 1 : at + 200]
        domain = after[: len(after) - len(after.lstrip(_DOMAIN))].rstrip(".-")
        if local and "." in domain.strip(".") and domain[-2:].isalpha():
            yield at - len(local), at + 1 + len(domain)
        at = text.find("@", at + 1)
