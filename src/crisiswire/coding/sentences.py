"""Codes one sentence after another of an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from crisiswire.coding.assemble import Surroundings, assemble
from crisiswire.coding.parties import Parties
from crisiswire.coding.proposing import propose
from crisiswire.coding.quotes import Voice
from crisiswire.coding.records import Candidate
from crisiswire.coding.settling import settle
from crisiswire.coding.speakers import Speakers
from crisiswire.coding.when import Times
from crisiswire.coding.where import Where, name_run, place_phrases
from crisiswire.knowledge.names import Hit
from crisiswire.knowledge.operators import Operators
from crisiswire.model import Article, Event, Quote
from crisiswire.parsing.clauses import Clauses
from crisiswire.parsing.tree import Sentence
from crisiswire.resolving.coreference import Coreference
from crisiswire.resolving.places import find_places
from crisiswire.resolving.records import Background, Setting

if TYPE_CHECKING:
    from crisiswire.pipeline import Coder


@dataclass(slots=True)
class Proposal:
    """A sentence with what was read in it, before the model judges and repeats are dropped."""

    clauses: Clauses
    parties: Parties
    candidates: list[Candidate]

    def voice(self, operators: Operators) -> Voice:
        """What finds the speakers of the sentence."""
        return Voice(Speakers(self.clauses, operators), self.parties)


class SentenceCoder:
    """Keeps what earlier sentences told: countries spoken of, parties named, times."""

    def __init__(
        self, coder: Coder, article: Article, countries: tuple[str, ...], setting: Setting
    ) -> None:
        self.coder, self.article = coder, article
        self.countries, self.setting = countries, setting
        self.coreference = Coreference(article.date)
        self.times = Times(article, coder.operators, setting.theatre or setting.nation)
        self.told: Counter[str] = Counter()  # countries of all names that are no places

    def propose(self, sentence: Sentence, hits: list[Hit]) -> Proposal:
        """Candidate events of the sentence; ``hits`` are the name index's within it."""
        clauses = Clauses(sentence)
        background = Background(self.countries, None, self.setting, self._places(sentence))
        parties = Parties(
            clauses, self.coder.resolver, hits, self.article.date, background, self.coreference
        )
        parties.read_links()
        self._count(hits)
        candidates = propose(clauses, parties, self.coder.lexicon, self.coder.operators,
                             open_frames=self.coder.model is not None)  # fmt: skip
        return Proposal(clauses, parties, candidates)

    @cached_property
    def where(self) -> Where:
        """The places of the article, found once for all its events."""
        told = [code for code, _ in self.told.most_common()]
        return Where(
            self.article, find_places(self.article.text, self.coder.gazetteer, countries=told)
        )

    def finish(self, proposal: Proposal, quotes: Sequence[Quote] = ()) -> list[Event]:
        """The events worth keeping of a proposal; ``quotes`` are the article's."""
        clauses, parties = proposal.clauses, proposal.parties
        self.times.read(clauses.sentence)
        limits = self.coder.config.coder
        kept = settle(proposal.candidates, limits.min_confidence, limits.min_confidence_of)
        around = Surroundings(
            self.article,
            clauses,
            parties,
            Speakers(clauses, self.coder.operators),
            [
                q
                for q in quotes
                if q.start < clauses.sentence.end and clauses.sentence.start < q.end
            ],
            self.where,
            self.times,
            self.coder.version,
        )
        return assemble(kept, around)

    def _count(self, hits: list[Hit]) -> None:
        """Countries named, but for places."""
        for hit in hits:
            code = hit.known[0].at(self.article.date).country if hit.known else None
            if code is not None and hit.known[0].kind not in ("capital", "seat", "region"):
                self.told[code] += 1

    def _places(self, sentence: Sentence) -> tuple[tuple[int, str], ...]:
        """Places where the sentence plays: head token and country of each."""
        out = []
        for prep, head in place_phrases(sentence):
            if prep.lower in ("in", "at", "near", "outside") and head.ent in ("GPE", "LOC", "FAC"):
                run = name_run(sentence, head)
                name = " ".join(t.text for t in run)
                code = self.coder.resolver.place_country(name, self.countries)
                if code:
                    out.append((head.i, code))
        return tuple(out)
