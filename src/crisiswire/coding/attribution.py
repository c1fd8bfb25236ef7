"""According to whom: the chain of saying over an event, its kind, and the hedges on it.

The kinds are the codebook's. One who tells his own deed is no speaker about himself, unless he
takes responsibility for force (``claim``) or says that he has not done it (``denial``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from crisiswire.coding.parties import Parties, same
from crisiswire.coding.quotes import quote_at
from crisiswire.coding.speakers import Saying, Speakers
from crisiswire.coding.unnamed import is_unnamed, with_sign
from crisiswire.knowledge.saying import saying_words
from crisiswire.model import Actor, Attribution, AttributionKind, Quote, Status
from crisiswire.parsing.tree import Token
from crisiswire.resolving.records import Resolved

_FORCE = frozenset({"ASSAULT", "COERCE/cyber", "PROTEST/vandalize", "PROTEST/riot"})
_WE, _OUR = frozenset({"we", "us", "i", "me"}), frozenset({"our", "my"})
# Added to the logarithms of the model's probabilities; fitted on the corpus's validation part.
_RULES: Mapping[AttributionKind, float] = {
    "outlet": 0.5, "statement": 3.5, "quote": 4.0, "denial": 4.0, "claim": 2.0
}  # fmt: skip
_GOVERNED = 6.0
_POSSESSIVES = frozenset("its their his her".split())


@dataclass(frozen=True, slots=True)
class Deed:
    """What an event's attribution rests on: its trigger (a token number), type, mode and status,
    and who does it."""

    trigger: int
    type: str
    mode: str | None
    status: Status
    actors: Sequence[Resolved]

    @property
    def force(self) -> bool:
        """Whether it is a deed done that one takes responsibility for."""
        told = self.status in ("actual", "historical")
        return told and bool(_FORCE & {self.type, f"{self.type}/{self.mode}"})


@dataclass(frozen=True, slots=True)
class Words:
    """Words that say or hedge, at ``start:end`` of the article; a name for the thing, without
    offsets, where it has no words of its own ("scare quotes")."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An attribution with why it is so, the whole chain of saying (innermost first) and the
    hedges."""

    attribution: Attribution
    reason: str
    chain: tuple[str, ...] = ()
    hedges: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """What the grammar says: a kind, and whoever may be the speaker, also of "outlet"."""

    kind: AttributionKind
    speaker: Actor | None
    verb: Words | None
    quoted: bool
    reason: str
    governed: bool = False  # "X said that …": the clause hangs on the word of saying


class Attributing:
    """Attributions of the events of one sentence; ``quotes`` are those of the article that
    reach into it."""

    def __init__(self, speakers: Speakers, parties: Parties, quotes: Sequence[Quote] = ()) -> None:
        self.speakers, self.parties, self.quotes = speakers, parties, quotes
        self.clauses, self.sentence = speakers.clauses, speakers.sentence
        self.words = saying_words()

    def told(self, deed: Deed, heard: Mapping[str, float] | None = None) -> Told:
        """Who says that the event happened; the outlet when nobody is named. ``heard`` are the
        event model's probabilities of the kinds, weighed with what the grammar says."""
        chain = self.speakers.over(deed.trigger)
        hedges = tuple(self._hedges(deed.trigger))
        case = self._case(deed, chain)
        if heard is not None:
            case = self._weighed(deed, case, heard)
        verb = case.verb
        if case.kind == "outlet":
            verb = next((self._words(s) for s in chain if s.kind == "hearsay"), None)
            verb = verb or next(iter(hedges), None)
            case = replace(case, speaker=None, quoted=False)
        verb = verb or Words("")
        said = Attribution(
            case.kind, case.speaker, verb.text or None, case.quoted, verb.start, verb.end
        )
        return Told(said, case.reason, tuple(self._link(s) for s in chain), hedges)

    # -- kinds ----------------------------------------------------------------------------------

    def _case(self, deed: Deed, chain: list[Saying]) -> _Case:
        quote = quote_at(self.quotes, self.sentence.tokens[deed.trigger].start)
        claimed = self._responsible(deed)
        if claimed is not None:
            return claimed
        for saying in chain:
            speaker = self._speaker(saying)
            if speaker is not None:
                return self._said(deed, saying, speaker, quote)
        if quote is not None and quote.kind == "direct" and quote.speaker is not None:
            return self._quoted(deed, quote, quote.speaker)
        return _Case("outlet", None, None, False, "nobody is named")

    def _said(self, deed: Deed, saying: Saying, speaker: Resolved, quote: Quote | None) -> _Case:
        """The kind of what the nearest speaker says."""
        quoted = quote is not None and not self._within(saying, quote)
        unnamed = ", unnamed," if speaker.reason.endswith("; unnamed") else ""
        by = f"“{speaker.actor.text}”{unnamed} {self.speakers.told(saying)}"
        kind: AttributionKind
        if saying.kind == "denial":
            kind, why = "denial", "says that it is not so"
        else:
            kind, why = self._kind(deed, speaker, quoted, admits=saying.kind == "admission")
        governed = kind == "statement" and saying.i < deed.trigger
        return _Case(kind, speaker.actor, self._words(saying), quoted, f"{by}; {why}", governed)

    def _quoted(self, deed: Deed, quote: Quote, speaker: Actor) -> _Case:
        """The kind of what stands in a quote whose speaker another sentence names."""
        kind, why = self._kind(deed, Resolved(speaker, 1.0, ""), quoted=True, admits=False)
        verb = None if quote.verb is None else Words(quote.verb, quote.verb_start, quote.verb_end)
        return _Case(kind, speaker, verb, True, f"“{speaker.text}” is quoted; {why}")

    def _kind(
        self, deed: Deed, speaker: Resolved, quoted: bool, admits: bool
    ) -> tuple[AttributionKind, str]:
        """The kind by whose deed it is: a claim or denial of one's own, a report of another's."""
        own = self._own(deed, speaker)
        his = own or self._his_men(deed, speaker)
        if deed.status == "negated" and not quoted and (his or self._for_them(deed, speaker)):
            return "denial", "says that he or his own have not done it"
        if deed.force and (his or (admits and self._for_them(deed, speaker))):
            return "claim", "takes responsibility for it"
        if own:
            return "outlet", "tells his own deed"
        return ("quote", "in quotation marks") if quoted else ("statement", "reports it")

    def _responsible(self, deed: Deed) -> _Case | None:
        """ "claimed responsibility for the attack"."""
        claimed = self.speakers.responsible(deed.trigger)
        speaker = None if claimed is None else self._first(claimed.heads)
        if claimed is None or speaker is None:
            return None
        verb = self._words(claimed)
        return _Case("claim", speaker.actor, verb, False, f"“{verb.text}”")

    def _weighed(self, deed: Deed, case: _Case, heard: Mapping[str, float]) -> _Case:
        """The grammar's kind and the model's made one; a speaker for a kind that needs one is
        looked for in the rest of the sentence."""
        scores = {k: math.log(max(p, 1e-9)) for k, p in heard.items()}
        scores[case.kind] += _GOVERNED if case.governed else _RULES[case.kind]
        if not case.quoted:
            scores.pop("quote", None)
        best = max(scores, key=lambda k: scores[k])
        if best == case.kind:
            return case
        why = f"{case.reason}; event model {heard[best]:.2f} {best}"
        if best != "outlet" and case.speaker is None:
            saying = self.speakers.anywhere(deed.trigger)
            speaker = None if saying is None else self._speaker(saying)
            if saying is None or speaker is None:
                return case
            case = replace(case, speaker=speaker.actor, verb=self._words(saying))
        return replace(case, kind=cast(AttributionKind, best), reason=why)

    # -- speakers -------------------------------------------------------------------------------

    def _speaker(self, saying: Saying) -> Resolved | None:
        return None if saying.kind == "act" else self._first(saying.heads)

    def _first(self, heads: Sequence[int]) -> Resolved | None:
        """The first of the phrases that names somebody; a bare pronoun stands for itself."""
        for head in heads:
            found = self.parties.at(head)
            if found is not None and is_unnamed(self.sentence, head, found):
                actor = with_sign(self.sentence, head, found.actor)
                return Resolved(actor, found.strength, f"{found.reason}; unnamed")
            if found is not None:
                return found
        for head in heads:
            token = self.sentence.tokens[head]
            if token.pos in ("NOUN", "PROPN"):  # "a Beirut daily", which is no date
                return self.parties.phrase(head)
            if token.pos in ("PRON", "NUM") or token.tag.startswith("PRP"):
                actor = Actor(token.text, token.start, token.end, token.text)
                return Resolved(actor, 0.3, "somebody whom another sentence names")
        return None

    def _own(self, deed: Deed, speaker: Resolved) -> bool:
        """Whether the speaker is the one who does it."""
        subjects = self.clauses.subjects(deed.trigger)
        firsts = any(self.sentence.tokens[s].lower in _WE for s in subjects)
        firsts = firsts or any(self._at(a).lower in _WE for a in deed.actors)
        return firsts or any(same(a, [speaker]) for a in deed.actors)

    def _for_them(self, deed: Deed, speaker: Resolved) -> bool:
        """Whether the speaker speaks for those who do it: "its spokesman", of one country."""
        first = self._at(speaker)
        if first.lower in _POSSESSIVES:
            owner = self.parties.at(first.i)
            unclear = owner is None and len(deed.actors) == 1  # "X did not, its spokesman said"
            if unclear or (owner is not None and any(same(a, [owner]) for a in deed.actors)):
                return True
        country = speaker.actor.country
        return country is not None and any(a.actor.country == country for a in deed.actors)

    def _his_men(self, deed: Deed, speaker: Resolved) -> bool:
        """ "its agents", "our pilots", of the speaker."""
        for actor in deed.actors:
            first = self._at(actor)
            if first.lower in _OUR:
                return True
            if first.lower in _POSSESSIVES:
                owner = self.parties.at(first.i)
                if owner is not None and same(owner, [speaker]):
                    return True
        return False

    def _at(self, party: Resolved) -> Token:
        """The first token of a party's words, or of the sentence where it is named in another."""
        return next((t for t in self.sentence.tokens if t.start == party.actor.start),
                    self.sentence.tokens[0])  # fmt: skip

    def _within(self, saying: Saying, quote: Quote) -> bool:
        """Whether the word of saying stands in the quote itself."""
        return quote.start <= self.sentence.tokens[saying.i].start < quote.end

    # -- hedges and chain -----------------------------------------------------------------------

    def _words(self, saying: Saying) -> Words:
        """The words of a saying."""
        return Words(self.speakers.told(saying), saying.start, saying.end)

    def _hedges(self, trigger: int) -> list[Words]:
        """Words that keep the teller out of it, on the trigger or a verb above it, and scare
        quotes around the trigger."""
        token = self.sentence.tokens[trigger]
        out = []
        for up in (token, *self.sentence.ancestors(token)):
            for kid in self.sentence.kids(up.i, "advmod", "amod"):
                adverb = kid.dep == "advmod" and kid.lower in self.words.hedging_adverbs
                if adverb or (up.i == trigger and kid.lower in self.words.hedging_adjectives):
                    out.append(Words(kid.text, kid.start, kid.end))
            if up.i != trigger and up.pos in ("VERB", "AUX") and up.dep != "conj":
                break
        if quote_at(self.quotes, token.start, scare=True) is not None:
            out.append(Words("scare quotes"))
        return out

    def _link(self, saying: Saying) -> str:
        """A saying as ``explain`` shows it."""
        names = [r.actor.text for r in (self.parties.at(h) for h in saying.heads) if r is not None]
        return f"{' and '.join(names) or '?'} {self.speakers.told(saying)} ({saying.kind})"
