"""Records of a CSV file that survive broken quoting."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from crisiswire.errors import ReadError
from crisiswire.reading.lines import Line

Record = tuple[int, "list[str] | ReadError"]
"""The number of a record's first line and its fields, or the error that stands for it."""


class CsvRecords:
    """Iterates over records.

    After a record that cannot be parsed (a quote that is never closed, say),
    reading goes on with the line after that record's first line, so that one
    stray quote does not swallow the rest of the file.
    """

    def __init__(self, lines: Iterator[Line], item: str, max_chars: int) -> None:
        self._lines = lines
        self._item = item
        self._max_chars = max_chars
        self._put_back: deque[Line] = deque()
        # The limit is the whole process's: it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), max_chars))

    def header(self, delimiters: str, required: str) -> tuple[str, list[str]]:
        """The delimiter and the lower-case column names of the first line that is not blank.

        Raises ReadError when no delimiter brings out the column ``required``.
        """
        while (line := self._take()) is not None:
            number, text = line
            if isinstance(text, ReadError):
                raise text
            if not text.strip():
                continue
            for delimiter in delimiters:
                columns = _column_names(text.rstrip("\r\n"), delimiter)
                if required in columns:
                    return delimiter, columns
            raise ReadError(
                f"{self._item}, line {number}",
                f"has no column '{required}'; the first line must name the columns, "
                "such as id,date,text",
            )
        raise ReadError(self._item, "holds only blank lines; the first must name the columns")

    def records(self, delimiter: str) -> Iterator[Record]:
        """Every record after the header; blank lines are skipped."""
        while (line := self._take()) is not None:
            number, text = line
            if isinstance(text, ReadError):
                yield number, text
                continue
            more: list[Line] = []
            try:
                fields = next(csv.reader(self._feed(text, more), delimiter=delimiter, strict=True))
            except csv.Error as error:
                self._put_back.extendleft(reversed(more))
                yield (
                    number,
                    ReadError(
                        f"{self._item}, line {number}",
                        f"is not valid CSV ({error}); quote the field and double each quote in it",
                    ),
                )
                continue
            if fields:
                yield number, fields

    def _take(self) -> Line | None:
        return self._put_back.popleft() if self._put_back else next(self._lines, None)

    def _feed(self, first: str, more: list[Line]) -> Iterator[str]:
        """``first`` and, while the parser asks, the lines after it, noted in ``more``."""
        yield first
        size = len(first)
        while (line := self._take()) is not None:
            more.append(line)
            text = line[1]
            if isinstance(text, ReadError):
                raise csv.Error("a quoted field runs into a line that cannot be read")
            size += len(text)
            if size > self._max_chars:
                raise csv.Error(f"a quoted field runs on for {self._max_chars:,} characters")
            yield text


def _column_names(line: str, delimiter: str) -> list[str]:
    """Lower-case names in a header line; none where the line is not one with this delimiter."""
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in names]
