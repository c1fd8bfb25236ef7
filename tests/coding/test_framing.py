"""What the event model reads."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from crisiswire.coding.framing import MAX_TOKENS, Frame, token_roles, windows

TEXT = "Chad accused Mali of raids"
WORDS = [(0, 4), (5, 12), (13, 17), (18, 20), (21, 26)]


class Words:
    """Cuts at blanks; each word's id is its place plus 1,000."""

    def encode(self, text: str, add_special_tokens: bool) -> Any:
        assert not add_special_tokens
        offsets, at = [], 0
        for word in text.split(" "):
            offsets.append((at, at + len(word)))
            at += len(word) + 1
        return SimpleNamespace(ids=[1000 + i for i in range(len(offsets))], offsets=offsets)


TOKENIZER = cast(Tokenizer, Words())


def test_every_token_has_the_role_of_its_span() -> None:
    assert token_roles(WORDS, Frame(TEXT, ((0, 4),), ((13, 17),), (5, 12))) == [1, 3, 2, 0, 0]


def test_a_frame_without_a_trigger_has_no_trigger_token() -> None:
    assert token_roles(WORDS, Frame(TEXT, ((0, 4),), ((13, 17),))) == [1, 0, 2, 0, 0]


def test_frames_of_one_sentence_share_its_tokens() -> None:
    frames = [Frame(TEXT, ((0, 4),), ((13, 17),), (5, 12)), Frame("Mali replied", ((0, 4),), ()),
              Frame(TEXT, ((13, 17),), (), (21, 26))]  # fmt: skip
    first, second = windows(TOKENIZER, frames)
    assert first.frames == [0, 2]
    assert second.frames == [1]
    assert first.ids == [101, 1000, 1001, 1002, 1003, 1004, 102]
    assert first.roles == [[0, 1, 3, 2, 0, 0, 0], [0, 0, 0, 1, 0, 3, 0]]


@given(st.integers(1, 400), st.data())
def test_a_long_sentence_is_cut_around_the_trigger(size: int, data: st.DataObject) -> None:
    text = " ".join(["word"] * size)
    at = data.draw(st.integers(0, size - 1))
    (window,) = windows(TOKENIZER, [Frame(text, (), (), (5 * at, 5 * at + 4))])
    assert len(window.ids) == len(window.roles[0]) <= MAX_TOKENS
    assert window.ids[window.roles[0].index(3)] == 1000 + at
    assert window.ids[1:-1] == sorted(window.ids[1:-1])
