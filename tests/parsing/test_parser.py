"""What the parser keeps, and what it forgets."""

from __future__ import annotations

import pytest

from crisiswire import Coder
from crisiswire.parsing import parser

TEXTS = [
    (f"Envoy {name} of Norway left {place} on Friday.\nTalks had failed, she said.", ())
    for name, place in (("Quvandor", "Melustra"), ("Zibelanth", "Okravia"), ("Tormiskel", "Ubenna"))
]


def test_with_enough_words_known_new_ones_are_forgotten(
    coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    strings = coder.parser.pipeline.vocab.strings
    monkeypatch.setattr(parser, "_WORDS_KEPT", 0)
    forgotten = list(coder.parser.parse_many(TEXTS))
    assert "Quvandor" not in strings
    monkeypatch.setattr(parser, "_WORDS_KEPT", len(coder.parser.pipeline.vocab) + 1000)
    assert list(coder.parser.parse_many(TEXTS)) == forgotten
    assert "Quvandor" in strings


def test_sentences_are_counted_through_an_article(coder: Coder) -> None:
    for (text, _), sentences in zip(TEXTS, coder.parser.parse_many(TEXTS, 2), strict=True):
        assert [sentence.index for sentence in sentences] == [0, 1]
        assert [text[s.start : s.end] for s in sentences] == text.splitlines()
