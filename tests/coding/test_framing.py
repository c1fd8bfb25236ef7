"""The marked input of the event model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crisiswire.coding.framing import MARKS, MAX_TOKENS, Frame, insert_marks

SPECIAL = {m for pair in MARKS.values() for m in pair}
TEXT = "Chad accused Mali of raids"
WORDS = [(0, 4), (5, 12), (13, 17), (18, 20), (21, 26)]
IDS = [1001, 1002, 1003, 1004, 1005]


def test_marks_stand_around_their_words() -> None:
    frame = Frame(TEXT, ((0, 4),), ((13, 17),), (5, 12))
    a, r, t = MARKS["actor"], MARKS["recipient"], MARKS["trigger"]
    expected = [a[0], 1001, a[1], t[0], 1002, t[1], r[0], 1003, r[1], 1004, 1005]
    assert insert_marks(IDS, WORDS, frame).ids[1:-1] == expected


def test_the_places_point_at_the_opening_marks() -> None:
    encoded = insert_marks(IDS, WORDS, Frame(TEXT, ((0, 4),), ((13, 17),), (5, 12)))
    found = [encoded.ids[p] for p in encoded.marks]
    assert found == [MARKS["actor"][0], MARKS["recipient"][0], MARKS["trigger"][0]]


def test_a_frame_without_a_trigger_has_no_trigger_mark() -> None:
    encoded = insert_marks(IDS, WORDS, Frame(TEXT, ((0, 4),), ()))
    assert encoded.marks[1:] == (0, 0)
    assert not set(MARKS["trigger"]) & set(encoded.ids)


@given(st.integers(1, 400), st.data())
def test_words_stay_in_order_and_long_sentences_are_cut(size: int, data: st.DataObject) -> None:
    ids = list(range(2000, 2000 + size))
    offsets = [(3 * i, 3 * i + 2) for i in range(size)]
    at = data.draw(st.integers(0, size - 1))
    encoded = insert_marks(ids, offsets, Frame("x" * (3 * size), (), (), offsets[at]))
    kept = [t for t in encoded.ids[1:-1] if t not in SPECIAL]
    assert len(encoded.ids) <= MAX_TOKENS
    assert kept == sorted(kept)
    assert ids[at] in kept
