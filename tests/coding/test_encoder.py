"""The shipped event model: what it says, and how a damaged one is refused."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from crisiswire import Article, Coder
from crisiswire.coding.encoder import SHIPPED, EventModel, named_model
from crisiswire.coding.framing import Frame
from crisiswire.coding.occlusion import weighty_words
from crisiswire.errors import ModelError

TEXT = "Norway condemned Sweden on Monday."
FRAME = Frame(TEXT, ((0, 6),), ((17, 23),), (7, 16))


@pytest.fixture(scope="module")
def model() -> EventModel:
    return EventModel()


def test_probabilities_sum_to_one_and_fit_the_words(model: EventModel) -> None:
    (said,) = model.predict([FRAME], [None])
    assert sum(said.scores.values()) == pytest.approx(1.0)
    assert said.type == "ACCUSE"
    assert said.status == "actual"
    assert sum(said.statuses.values()) == pytest.approx(1.0)
    assert sum(said.attributions.values()) == pytest.approx(1.0)


def test_a_frame_is_judged_alike_alone_and_in_company(model: EventModel) -> None:
    other = Frame("Chad sent troops to Mali.", ((0, 4),), ((20, 24),), (5, 9))
    (alone,) = model.predict([FRAME], [None])
    among = model.predict([other, FRAME, other], [None, None, None])[1]
    assert among.type == alone.type
    assert among.scores["ACCUSE"] == pytest.approx(alone.scores["ACCUSE"], abs=0.05)


def test_the_word_that_tells_the_deed_weighs_most(coder: Coder, model: EventModel) -> None:
    (event,) = coder.code(Article(TEXT, dt.date(2019, 5, 20)))
    assert weighty_words(model, event)[0][0] == "condemned"


def test_none_is_no_model_and_shipped_the_one_in_the_package() -> None:
    assert named_model("none") is None
    shipped = named_model("shipped")
    assert shipped is not None
    assert shipped.digest == EventModel(SHIPPED).digest


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("event-encoder.json", {"temperature": 9.0}),
        ("event-encoder.json", {"labels": {}}),
        ("tokenizer.json", None),
        ("event-encoder.onnx", None),
    ],
)
def test_a_changed_file_is_refused(
    tmp_path: Path, name: str, change: dict[str, object] | None
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    if change is None:
        (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    else:
        settings = json.loads((folder / name).read_text("utf-8"))
        (folder / name).write_text(json.dumps(settings | change), "utf-8")
    with pytest.raises(ModelError, match="damaged or of two versions"):
        EventModel(folder)


def test_a_missing_model_names_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=str(tmp_path)):
        EventModel(tmp_path)
