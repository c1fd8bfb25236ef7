"""How the model's verdict changes the candidates of a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest

from crisiswire import Coder
from crisiswire.coding.encoder import NONE, EventModel, Prediction, blend
from crisiswire.coding.framing import Frame
from crisiswire.coding.judging import judge
from crisiswire.coding.parties import Parties
from crisiswire.coding.proposing import propose
from crisiswire.coding.sentences import Proposal
from crisiswire.knowledge.files import ontology
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Background

DAY = dt.date(2015, 6, 1)
TYPES = [NONE, *ontology()["types"]]


class Judge:
    """A model that says one thing of every frame, and keeps what it was shown."""

    def __init__(self, kind: str, share: float, status: str = "actual") -> None:
        self.kind, self.share, self.status = kind, share, status
        self.seen: list[tuple[Frame, str | None]] = []

    def predict(
        self, frames: Sequence[Frame], lexicon: Sequence[str | None], strength: Sequence[float]
    ) -> list[Prediction]:
        assert len(strength) == len(frames)
        self.seen += list(zip(frames, lexicon, strict=True))
        scores = dict.fromkeys(TYPES, (1 - self.share) / (len(TYPES) - 1)) | {self.kind: self.share}
        said = Prediction(self.kind, None, "030", ("economic",), {self.status: 0.9}, {}, scores)
        return [said] * len(frames)


def proposal(coder: Coder, text: str) -> Proposal:
    """The candidates of one sentence, open frames among them."""
    (sentence,) = coder.parser.parse(text)
    clauses = Clauses(sentence)
    hits = coder.names.find(text)
    parties = Parties(clauses, coder.resolver, hits, DAY, Background())
    found = propose(clauses, parties, coder.lexicon, coder.operators, open_frames=True)
    return Proposal(clauses, parties, found)


def judged(coder: Coder, text: str, model: Judge) -> list[Any]:
    made = proposal(coder, text)
    judge(cast(EventModel, model), text, [made], none_above=0.6)
    return made.candidates


def test_the_model_decides_the_type(coder: Coder) -> None:
    (found,) = judged(coder, "Norway condemned Sweden.", Judge("SUPPORT", 0.9))
    assert (found.type, found.cameo, found.contexts) == ("SUPPORT", "030", ("economic",))
    assert found.score == pytest.approx(0.9 * 0.95)


def test_a_sure_no_drops_the_candidate(coder: Coder) -> None:
    assert judged(coder, "Norway condemned Sweden.", Judge(NONE, 0.7)) == []


def test_an_unsure_no_leaves_the_likeliest_type(coder: Coder) -> None:
    (found,) = judged(coder, "Norway condemned Sweden.", Judge(NONE, 0.5))
    assert found.type != NONE
    assert found.none == 0.5


def test_the_statuses_heard_are_kept_for_later(coder: Coder) -> None:
    (found,) = judged(coder, "Norway condemned Sweden.", Judge("ACCUSE", 0.9, "negated"))
    assert found.status == "actual"
    assert found.heard.statuses == {"negated": 0.9}
    assert not found.heard.composed


def test_the_model_sees_parties_trigger_and_the_lexicons_type(coder: Coder) -> None:
    model = Judge("ACCUSE", 0.9)
    judged(coder, "Norway condemned Sweden.", model)
    assert model.seen == [
        (Frame("Norway condemned Sweden.", ((0, 6),), ((17, 23),), (7, 16)), "ACCUSE")
    ]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Norway has eclipsed Sweden.", "eclipsed"),
        ("Norway's chumminess with Sweden worried analysts.", "chumminess"),
    ],
)
def test_words_that_no_entry_knows_are_put_before_the_model(
    coder: Coder, text: str, trigger: str
) -> None:
    model = Judge("SUPPORT", 0.9)
    found = judged(coder, text, model)
    shown = [text[slice(*frame.trigger)] for frame, said in model.seen if frame.trigger]
    assert trigger in shown
    assert all(said is None for frame, said in model.seen if text[slice(*frame.trigger)] == trigger)
    assert "SUPPORT" in [c.type for c in found]


def test_without_a_model_only_the_lexicon_speaks(coder: Coder) -> None:
    text = "Norway has eclipsed Sweden."
    made = proposal(coder, text)
    plain = propose(made.clauses, made.parties, coder.lexicon, coder.operators, open_frames=False)
    assert plain == []


def test_the_lexicons_type_gains_by_its_weight() -> None:
    logits = np.zeros(len(TYPES))
    plain, raised = blend(logits, TYPES, None, 2.0), blend(logits, TYPES, "AID", 2.0)
    assert plain[TYPES.index("AID")] == pytest.approx(1 / len(TYPES))
    assert raised[TYPES.index("AID")] / raised[0] == pytest.approx(np.exp(2.0))
    assert raised.sum() == pytest.approx(1.0)
