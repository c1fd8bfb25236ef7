"""Markdown: the text stays as written, its markup is masked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_URL = r"(?:[^()\[\]\s]|\([^()\[\]\s]{0,200}\)){1,2000}"
_TITLE = r"(?:[ \t]{1,4}\"[^\"\n]{0,300}\")?"
_LINK = re.compile(rf"(?P<open>!?\[)(?P<label>[^\[\]\n]{{0,500}})(?P<target>\]\({_URL}{_TITLE}\))")
_LINE = re.compile(
    r"^[ ]{0,3}(?:"
    r"#{1,6}(?=[ \t])"  # heading
    r"|>(?:[ ]{0,3}>){0,8}"  # quotation
    r"|[-*+](?=[ \t])"  # list item
    r"|(?:=+|-{3,}|\*{3,}|_{3,})[ \t]*$"  # underline of a heading, rule
    r"|(?:`{3,}|~{3,})[^\n`~]{0,40}$"  # code fence
    r"|\[[^\[\]\n]{1,100}\]:[ \t]+\S+[^\n]{0,300}$"  # link definition
    r")",
    re.MULTILINE,
)
_EMPHASIS = re.compile(r"(?<![\w*_])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}(?![\w*_])")
_COMMENT_START, _COMMENT_END = "<!--", "-->"
_FRONT_LINE = re.compile(r"([A-Za-z_]{1,30})[ \t]*:[ \t]*(.{0,500})\Z")
_HEADING = re.compile(r"\s{0,20}#[ \t]+([^\n]{1,300})")
_MAX_FRONT_LINES = 60


@dataclass(frozen=True, slots=True)
class MarkdownParts:
    """Masked ranges (may overlap), the first heading, and the front matter's fields."""

    masked: list[tuple[int, int]]
    title: str | None = None
    front: dict[str, str] = field(default_factory=dict)


def markdown_parts(text: str) -> MarkdownParts:
    """Find what in ``text`` is markup. Takes time linear in the text's length."""
    front, body = _front_matter(text)
    masked = [(0, body)] if body else []
    for link in _LINK.finditer(text, body):
        if link["open"] == "![":
            masked.append(link.span())
        else:
            masked += [link.span("open"), link.span("target")]
    masked += [match.span() for match in _LINE.finditer(text, body)]
    masked += [match.span() for match in _EMPHASIS.finditer(text, body)]
    masked += _comments(text, body)
    heading = _HEADING.match(text, body)
    title = heading[1].strip().rstrip("#").strip("*_ \t") if heading else ""
    return MarkdownParts(masked, title or None, front)


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """Fields of a block between two lines ``---`` at the start, and where the body begins."""
    if not text.startswith("---\n"):
        return {}, 0
    fields: dict[str, str] = {}
    position = 4
    for _ in range(_MAX_FRONT_LINES):
        end = text.find("\n", position)
        line = text[position : end if end >= 0 else len(text)].rstrip()
        position = end + 1 if end >= 0 else len(text)
        if line in {"---", "..."}:
            return fields, position
        if found := _FRONT_LINE.match(line):
            fields[found[1].lower()] = found[2].strip().strip("\"'").strip()
        if end < 0:
            break
    return {}, 0


def _comments(text: str, start: int) -> list[tuple[int, int]]:
    """Spans of closed HTML comments."""
    spans: list[tuple[int, int]] = []
    position = text.find(_COMMENT_START, start)
    while position >= 0:
        end = text.find(_COMMENT_END, position + len(_COMMENT_START))
        if end < 0:
            break
        spans.append((position, end + len(_COMMENT_END)))
        position = text.find(_COMMENT_START, spans[-1][1])
    return spans
