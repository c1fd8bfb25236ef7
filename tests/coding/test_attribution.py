"""According to whom: speaker, word of saying, kind; the chain, the hedges; the model's say."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from crisiswire import Article, Coder
from crisiswire.coding.attribution import Attributing, Deed, Told
from crisiswire.coding.candidates import CandidateMaker
from crisiswire.coding.matching import Match, Matcher
from crisiswire.coding.parties import Parties
from crisiswire.coding.proposing import open_entry
from crisiswire.coding.quotes import Voice, find_quotes
from crisiswire.coding.speakers import Speakers
from crisiswire.coding.status import find_status
from crisiswire.errors import DataError
from crisiswire.knowledge.saying import load_saying, saying_words
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Background

DAY = dt.date(2019, 5, 1)
KINDS = ("outlet", "statement", "quote", "denial", "claim")

with Path(__file__).with_name("attributions.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))


def told(coder: Coder, text: str, trigger: str, heard: dict[str, float] | None = None) -> Told:
    """The attribution of the word ``trigger``, its doers taken from the grammar."""
    hits, voices = coder.names.find(text), []
    for sentence in coder.parser.parse(text):
        clauses = Clauses(sentence)
        parties = Parties(clauses, coder.resolver, hits, DAY, Background())
        voices.append(Voice(Speakers(clauses, coder.operators), parties))
    quotes = find_quotes(Article(text, DAY), voices)
    for voice in voices:
        token = next((t for t in voice.sentence.tokens if t.text == trigger), None)
        if token is None:
            continue
        clauses, parties = voice.speakers.clauses, voice.parties
        maker = CandidateMaker(clauses, parties, Matcher(coder.lexicon, clauses).matches(),
                               coder.operators)  # fmt: skip
        match = maker.matches.get(token.i) or Match(token.i, open_entry(token))
        status, _ = find_status(match, maker.governing, coder.operators, maker.sentence)
        own = next((c for c in maker.candidates() if c.trigger == token.i), None)
        actors = own.actors if own is not None else parties.doers(token.i)
        deed = Deed(token.i, match.entry.type or "ASSAULT", match.entry.mode, status, actors)
        return Attributing(voice.speakers, parties, quotes).told(deed, heard)
    raise AssertionError(f"{trigger} stands in no sentence of {text}")


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 60
    assert {c["kind"] for c in CASES} == set(KINDS)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_who_says_so(case: dict[str, str], coder: Coder) -> None:
    said = told(coder, case["text"], case["trigger"])
    found = said.attribution
    speaker = "" if found.speaker is None else case["text"][found.speaker.start : found.speaker.end]
    assert (found.kind, speaker) == (case["kind"], case["speaker"]), said.reason
    assert (found.verb or "").lower() == case["verb"].lower()
    assert found.quoted == ("quote" in (case["group"], found.kind) or "“" in case["text"]
                            or '"' in case["text"])  # fmt: skip
    assert said.reason


def test_the_chain_of_saying_is_kept_innermost_first(coder: Coder) -> None:
    text = "Officials said the minister had denied that troops shelled the village."
    assert told(coder, text, "shelled").chain == (
        "the minister denied (denial)", "Officials said (statement)",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "trigger", "hedges"),
    [
        ("Turkey reportedly shelled the town.", "shelled", ("reportedly",)),
        ("The alleged attack on the tanker worried Oman.", "attack", ("alleged",)),
        ("The supposed raid on the mill never made the news.", "raid", ("supposed",)),
        ('The "attack" on the mill was a drill.', "attack", ("scare quotes",)),
        ("Turkey shelled the town.", "shelled", ()),
    ],
)
def test_hedges_are_kept(text: str, trigger: str, hedges: tuple[str, ...], coder: Coder) -> None:
    found = told(coder, text, trigger).hedges
    assert tuple(h.text for h in found) == hedges
    assert all(text[h.start : h.end] == h.text for h in found if h.start is not None)


class TestWeighing:
    """The event model's probabilities beside the grammar's kind."""

    text = "Troops looted the mill, the mayor said."

    def heard(self, **shares: float) -> dict[str, float]:
        rest = (1 - sum(shares.values())) / (len(KINDS) - len(shares))
        return {**dict.fromkeys(KINDS, rest), **shares}

    def test_a_sure_model_takes_it_for_the_outlets_own(self, coder: Coder) -> None:
        said = told(coder, self.text, "looted", self.heard(outlet=0.999))
        assert (said.attribution.kind, said.attribution.speaker) == ("outlet", None)
        assert "event model 1.00 outlet" in said.reason

    def test_a_doubting_model_does_not(self, coder: Coder) -> None:
        said = told(coder, self.text, "looted", self.heard(outlet=0.7, statement=0.2))
        assert said.attribution.kind == "statement"

    def test_what_hangs_on_the_word_of_saying_needs_more_to_be_doubted(self, coder: Coder) -> None:
        text = "The mayor said that troops had looted the mill."
        said = told(coder, text, "looted", self.heard(outlet=0.97, statement=0.02))
        assert said.attribution.kind == "statement"

    def test_it_finds_a_speaker_that_the_grammar_missed(self, coder: Coder) -> None:
        text = "The mayor said much, though rebels shelled the port."
        assert told(coder, text, "shelled").attribution.speaker is None
        said = told(coder, text, "shelled", self.heard(statement=0.98))
        assert said.attribution.kind == "statement"
        assert said.attribution.speaker is not None
        assert said.attribution.speaker.text == "The mayor"

    def test_no_quote_without_quotation_marks(self, coder: Coder) -> None:
        said = told(coder, self.text, "looted", self.heard(quote=0.99))
        assert said.attribution.kind == "statement"

    def test_no_speaker_no_statement(self, coder: Coder) -> None:
        said = told(coder, "Troops looted the mill.", "looted", self.heard(statement=0.99))
        assert said.attribution.kind == "outlet"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  hearsay: [", "  gossip: [", "nouns.gossip is no kind"),
        ("over_nouns: [", "over: [", "over_nouns must be a list of words"),
        ("naming: [call,", "naming: [7,", "naming must be a list of words"),
    ],
)
def test_a_bad_list_of_words_is_named(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    from crisiswire.knowledge.lexicon import LEXICON

    text = (LEXICON / "saying.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / "saying.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataError, match=complaint):
        load_saying(path)


def test_the_shipped_words_of_saying_load() -> None:
    words = saying_words()
    assert words.verbs["boast"] == "admission"
    assert words.weak <= set(words.verbs)
