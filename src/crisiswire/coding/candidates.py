"""From matches to candidate events: type after operators, actors, recipients, status.

A candidate is one event of one sentence, before dates, places, quantities and attribution
are added. Everything that led to it is kept in ``why`` for ``crisiswire explain``.
"""

from __future__ import annotations

from dataclasses import replace

from crisiswire.coding.aggregating import Aggregation
from crisiswire.coding.captured import CapturedParties
from crisiswire.coding.finishing import Finisher
from crisiswire.coding.governing import Capture, Governing
from crisiswire.coding.matching import Match
from crisiswire.coding.parties import Parties, other, same
from crisiswire.coding.records import Candidate
from crisiswire.coding.roles import RoleFiller
from crisiswire.coding.speakers import Speakers
from crisiswire.coding.status import find_status, on_condition
from crisiswire.knowledge.lexicon import Entry, lexicon
from crisiswire.knowledge.operators import Operators
from crisiswire.parsing.clauses import Clauses
from crisiswire.resolving.records import Resolved

_BARE_WEIGHT = {
    "promise": 0.6,
    "refuse": 0.7,
    "threaten": 0.8,
    "request": 0.8,
    "allow": 0.55,
    "prevent": 0.6,
    "forswear": 0.6,
}
_BELIEVING = frozenset("believe think feel know consider hope expect doubt".split())
_FORCE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
_CONSENTING = frozenset({"agree", "consent", "agreement"})
_ANSWERS = frozenset({"AGREE", "REJECT", "CONCEDE"})


class CandidateMaker:
    """Candidates of one sentence."""

    def __init__(
        self, clauses: Clauses, parties: Parties, matches: list[Match], operators: Operators
    ) -> None:
        self.clauses, self.sentence = clauses, clauses.sentence
        self.parties, self.operators = parties, operators
        self.governing = Governing(clauses, operators)
        self.matches = {m.i: m for m in matches}
        self.speakers = Speakers(clauses, operators)
        self.filler = RoleFiller(clauses, parties, self.matches, operators, self.speakers)
        self.captured = CapturedParties(clauses, parties, self.filler)
        self.finisher = Finisher(
            parties, self.filler, Aggregation(self.governing, operators, parties, self.speakers)
        )
        self.consumed = {m.theme for m in matches if m.theme is not None}
        self.operating: set[int] = set()  # operators that swallow a match

    def candidates(self) -> list[Candidate]:
        """All candidates, in text order of their triggers."""
        captures: dict[int, tuple[Capture, Match]] = {}
        swallowed: set[int] = set()
        for i, match in self.matches.items():
            start = match.light if match.light is not None and self._light(match) else i
            capture = self.governing.capture(start)
            if capture is None or capture.i == i:
                continue
            swallowed.add(i)
            if capture.i not in captures or self._closer(match, captures[capture.i][1]):
                captures[capture.i] = (capture, match)
        self.operating = set(captures)
        out: list[Candidate | None] = []
        demands = [self._obliged(t.i) for t in self.sentence.tokens if t.pos in ("VERB", "AUX")]
        demanded = {c.trigger for c in demands if c is not None}
        out += [c for c in demands if c is not None and c.trigger not in swallowed]
        for i, match in self.matches.items():
            taken = i in swallowed or i in captures or i in demanded
            if not taken and not self._subsumed(match):
                out.append(self._plain(match))
        for i, (capture, inner) in captures.items():
            if i not in swallowed and i not in demanded:
                out.append(self._captured(capture, inner))
        for token in self.sentence.tokens:
            done = token.i in swallowed or token.i in captures or token.i in self.matches
            if token.pos in ("VERB", "AUX") and not done:
                out.append(self._bare_operator(token.i, token.lemma))
        found = sorted((c for c in out if c is not None), key=lambda c: c.trigger)
        for c in found:
            if c.type in _ANSWERS and not any(r.known for r in c.recipients):
                c.recipients = self._answered(c, found) or c.recipients
        return found

    def _answered(self, c: Candidate, found: list[Candidate]) -> list[Resolved]:
        """Whom a reply goes to: "X sued Oslo, and Oslo rejected the claim"."""
        mine = {a.actor.country for a in c.actors} - {None}
        for asked in reversed([k for k in found if k.trigger < c.trigger]):
            theirs = {r.actor.country for r in asked.recipients}
            if len(mine) == 1 and mine == theirs and other(asked.actors, c.actors):
                known = [r for r in asked.actors if r.actor.country not in mine and r.known]
                return [replace(r, strength=r.strength * 0.8) for r in known]
        return []

    def _light(self, match: Match) -> bool:
        assert match.light is not None
        lemma = self.sentence.tokens[match.light].lemma
        return lemma in self.operators.light_actor or lemma in self.operators.light_recipient

    def _closer(self, a: Match, b: Match) -> bool:
        verb = a.entry.kind == "verb" and b.entry.kind != "verb"
        return verb or (a.entry.kind == b.entry.kind and a.i < b.i)

    def _subsumed(self, match: Match) -> bool:
        """A noun that is the theme, or the acting subject, of a matched verb of its own; a verb
        that denies a whole clause, whose deed is the event."""
        if self.operators.saying.get(self.sentence.tokens[match.i].lemma) == "denial":
            return bool(self.clauses.complements(match.i)) and match.entry.kind == "verb"
        if match.entry.kind != "noun":
            return False
        if match.i in self.consumed:
            return not self._another_deed(match)
        token = self.sentence.tokens[match.i]
        verb = self.matches.get(match.light if match.light is not None else token.head)
        if verb is None or verb.entry.kind != "verb":
            return False
        if match.i in self.clauses.subjects(verb.i):
            return verb.entry.type == match.entry.type
        return False

    def _another_deed(self, match: Match) -> bool:
        """Whether a theme is an event of others that the verb only judges: "welcomed the mediation
        by Oslo", "condemned the attack on Homs"."""
        verb = next(m for m in self.matches.values() if m.theme == match.i)
        if verb.entry.type not in ("SUPPORT", "ACCUSE"):
            return False
        theirs, own = self.filler.roles(match)[0], self.filler.roles(verb)[0]
        return bool(theirs) and not any(same(t, own) for t in theirs)

    # -- plain triggers ------------------------------------------------------------------------

    def _plain(self, match: Match) -> Candidate | None:
        actors, recipients = self.filler.roles(match)
        status, reason = find_status(match, self.governing, self.operators, self.sentence)
        entry = match.entry
        mode = self._mode_of_noun(match) or entry.mode
        entry = replace(entry, mode=mode) if mode != entry.mode else entry
        if entry.type in _FORCE and self._on_terms(match, actors):
            result = self.operators.compose("threaten", entry.type, entry.mode)
            assert result is not None
            entry = replace(entry, type=result[0], mode=result[1], cameo=None)
            status, reason = "actual", "announced on a condition: a threat"
            recipients = recipients or self._warned(match, actors)
        return self.finisher.finish(entry, match.i, actors, recipients, status, match, reason)

    def _on_terms(self, match: Match, actors: list[Resolved]) -> bool:
        """Whether its doers announce a deed on a condition: "we will strike unless they leave"."""
        v = match.i if match.light is None else match.light
        modal = self.governing.modal(v)
        if modal not in ("will", "would") or not on_condition(v, self.sentence):
            return False
        speakers = self.parties.known(self.speakers.nearest(v))
        own = {r.actor.country for r in speakers} & {a.actor.country for a in actors}
        theirs = ("its ", "their ", "his ", "her ")
        strangers = [r for r in speakers if not r.actor.text.lower().startswith(theirs)]
        return bool(own - {None}) or (modal == "will" and bool(actors) and not strangers)

    def _warned(self, match: Match, actors: list[Resolved]) -> list[Resolved]:
        """Who is to meet the condition."""
        v = match.i if match.light is None else match.light
        places = (v, self.sentence.tokens[v].head)
        clauses = [c.i for p in places for c in self.sentence.kids(p, "advcl")]
        doers = [r for c in clauses for r in self.parties.doers(c) if r.known]
        return other(doers, actors)

    def _mode_of_noun(self, match: Match) -> str | None:
        """The mode that an event noun tells which is the verb's subject or theme: "a drone strike
        killed", "staged a hunger strike"."""
        if match.entry.kind != "verb":
            return None
        subjects = [] if match.entry.mode else self.clauses.subjects(match.i)
        places = [*subjects, *([] if match.theme is None else [match.theme])]
        nouns = (self.matches.get(i) for i in places)
        return next(
            (n.entry.mode for n in nouns if n is not None and n.entry.type == match.entry.type),
            None,
        )

    # -- captured triggers ----------------------------------------------------------------------

    def _captured(self, capture: Capture, inner: Match) -> Candidate | None:
        own = self.matches.get(capture.i)
        spoken = capture.relation == "noun" and inner.entry.type == "SUPPORT"
        spoken = spoken and capture.effect == "promise"  # "pledged support" supports
        if capture.effect == "accuse" or (spoken and own is not None):
            return self._plain(own) if own is not None else None
        if own is not None and own.theme == inner.i and own.entry.type == "RETREAT":
            return self._plain(own)  # "lifted the siege": an entry of its own
        effect = self._effect(capture, inner.i)
        result = self.operators.compose(effect, inner.entry.type, inner.entry.mode)
        assert result is not None
        consents = self.sentence.tokens[capture.i].lemma in _CONSENTING
        if consents and effect == "promise" and result[0] == "THREATEN":
            result = ("AGREE", None)  # "agreed to curb imports"
        if effect == "request" and self.governing.negated(inner.i):
            result = (result[0], "change")  # "urged them not to attend"
        kind, mode = ("SUPPORT", None) if spoken else result
        carrier = own or replace(inner, i=capture.i, theme=None, light=None)
        inner_actors, inner_recipients = self.filler.roles(inner)
        parties = self.captured.parties_of(capture, own, inner, inner_actors, inner_recipients)
        actors, recipients = parties
        status, reason = find_status(
            replace(carrier, light=own.light if own else None),
            self.governing,
            self.operators,
            self.sentence,
        )
        base = own.entry if own is not None else inner.entry
        keeps = own is not None and own.entry.type == kind
        entry = replace(
            base,
            type=kind,
            mode=mode or (base.mode if keeps else None),
            cameo=base.cameo if keeps and mode is None else None,
            contexts=inner.entry.contexts or base.contexts,
            weight=max(base.weight, 0.8) if own else min(0.9, inner.entry.weight),
        )
        made = self.finisher.finish(entry, capture.i, actors, recipients, status, own, reason)
        if made is not None:
            made.inner = inner
            made.why["operator"] = f"{self.sentence.tokens[capture.i].lemma}: {capture.effect}"
            made.why["governs"] = inner.entry.source
        return made

    def _effect(self, capture: Capture, inner: int) -> str:
        """The operator's effect, turned where what it promises is negated."""
        if capture.effect == "promise" and self.governing.negated(inner):
            return "forswear"
        return capture.effect

    def _bare_operator(self, i: int, lemma: str) -> Candidate | None:
        """ "promised to democratise": an operator over a predicate that is no event itself."""
        effect = self.operators.capturing(lemma)
        clauses = [v for v in self.clauses.complements(i) if v > i]
        if effect not in _BARE_WEIGHT or not clauses:
            return None
        capture = Capture(i, effect, "clause")
        if not any(self.governing.takes(capture, v) for v in clauses):
            return None
        effect = self._effect(capture, clauses[0])
        inner_lemma = self.sentence.tokens[clauses[0]].lemma
        if effect == "promise" and inner_lemma in lexicon().classes["PERSEVERING"]:
            return None  # "vowed to win"
        result = self.operators.compose(effect, "")
        assert result is not None
        entry = Entry(
            result[0],
            "verb",
            (lemma,),
            f"operator {effect}",
            mode=result[1],
            weight=_BARE_WEIGHT[effect],
        )
        addressed = effect in ("request", "allow", "prevent")  # "allowed X to run"
        doers = [r for r in self.parties.doers(clauses[0]) if addressed and (r.known or r.named)]
        actors, recipients = self.captured.parties_of(capture, None, None, doers, [])
        if not any(r.known for r in recipients):
            inner, helped = Match(clauses[0], entry), effect != "threaten"
            found = self.filler.resorts.recipients(inner, actors, helped=helped)
            recipients = found or recipients
        if not recipients and lemma == "warn":  # "warned that the winter would be hard"
            return None
        match = Match(i, entry)
        status, reason = find_status(match, self.governing, self.operators, self.sentence)
        return self.finisher.finish(entry, i, actors, recipients, status, None, reason)

    def _obliged(self, v: int) -> Candidate | None:
        """ "X said Y must leave": a demand by the speaker, whatever the verb."""
        named = self.sentence.tokens[v].lemma == "be" and not self.sentence.kids(v, "acomp")
        if named or not self.governing.obliged(v):  # "should be the first" asks for no deed
            return None
        if self.sentence.head(self.sentence.tokens[v]).lemma in _BELIEVING:
            return None  # an opinion asks nobody for anything
        speaker = self.parties.known(self.speakers.nearest(v))
        subjects = self.parties.known(self.clauses.subjects(v))
        if self.clauses.is_passive(v) and not subjects:
            subjects = self.parties.known(self.clauses.objects(v))
        recipients = other(subjects, speaker)
        if not speaker or not recipients:
            return None
        inner = self.matches.get(v)
        result = self.operators.compose("request", inner.entry.type if inner else "")
        assert result is not None
        entry = Entry(
            result[0],
            "verb",
            (self.sentence.tokens[v].lemma,),
            "demand in speech",
            mode=result[1],
            weight=0.8,
        )
        made = self.finisher.finish(
            entry, v, speaker, recipients, "actual", None, "a demand in speech"
        )
        if made is not None:
            made.inner = inner
        return made
