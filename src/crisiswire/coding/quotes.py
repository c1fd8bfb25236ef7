"""Quotes of an article with their speakers, found across sentence and paragraph breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crisiswire.coding.parties import Parties
from crisiswire.coding.quotation_marks import Stretch, find_stretches
from crisiswire.coding.speakers import Saying, Speakers
from crisiswire.coding.unnamed import is_unnamed, with_sign
from crisiswire.coding.wording import worded_quote
from crisiswire.knowledge.saying import saying_words
from crisiswire.model import Actor, Article, Quote, QuoteKind
from crisiswire.parsing.tree import NOMINAL, Sentence, Token
from crisiswire.resolving.records import Resolved

_FEW = 4  # words of a stretch that nobody says: a scare quote
_NEAR = 12  # tokens between a quote's edge and the verb of saying beside it
_VERBAL = frozenset({"VERB", "AUX"})
_SUBORDINATE = frozenset("until that because when if as while after before since".split())
_HE = frozenset({"he", "she", "they", "him", "her", "them"})
_SUBJECTS = ("nsubj", "nsubjpass")


def quote_at(quotes: Sequence[Quote], at: int, *, scare: bool = False) -> Quote | None:
    """The innermost quote around character ``at``, scare quotes only where asked for."""
    around = [q for q in quotes if q.start <= at < q.end and (q.kind == "scare") == scare]
    return min(around, key=lambda q: q.end - q.start, default=None)


@dataclass(frozen=True, slots=True)
class Voice:
    """A sentence with what finds its speakers."""

    speakers: Speakers
    parties: Parties

    @property
    def sentence(self) -> Sentence:
        return self.speakers.sentence


@dataclass(frozen=True, slots=True)
class _Found:
    """A speaker and the words by which he is quoted."""

    actor: Actor
    verb: str | None
    unnamed: bool
    verb_start: int | None = None
    verb_end: int | None = None

    @classmethod
    def again(cls, quote: Quote, speaker: Actor) -> _Found:
        """The speaker of an earlier quote with the words that name him."""
        return cls(speaker, quote.verb, quote.unnamed, quote.verb_start, quote.verb_end)


def find_quotes(article: Article, voices: Sequence[Voice]) -> list[Quote]:
    """The quotes of an article in the order of their beginnings; ``voices`` are its sentences."""
    stretches = find_stretches(article.text, article.masked)
    found = _Reader(article.text, voices, stretches).quotes() if stretches else []
    return [worded_quote(quote, article.text) for quote in found]


class _Reader:
    """Goes through the stretches of one article and keeps who spoke last."""

    def __init__(self, text: str, voices: Sequence[Voice], stretches: list[Stretch]) -> None:
        self.text, self.voices, self.stretches = text, voices, stretches
        self.words = saying_words()
        self.last: _Found | None = None
        self.out: list[Quote] = []

    def quotes(self) -> list[Quote]:
        for stretch in self.stretches:
            found = self._quote(stretch)
            if found is not None:
                self.out.append(found)
        return self._filled(self.out)

    def _quote(self, stretch: Stretch) -> Quote | None:
        inside = [v for v in self.voices
                  if v.sentence.start < stretch.end and stretch.start < v.sentence.end]  # fmt: skip
        words = self.text[stretch.start : stretch.end]
        if not inside or not any(c.isalnum() for c in words):
            return None
        clause = any(self._finite(v.sentence, stretch) for v in inside)
        found = self._speaker(stretch, inside, clause)
        previous = self._previous(stretch)
        continues = stretch.continues
        if found is None and previous is not None and (clause or continues):
            found, continues = self._carried(stretch, previous, inside)
        elif found is not None and previous is not None and previous.speaker is not None:
            continues = continues or self._one_clause(previous, stretch, found)
        kind = self._kind(words, clause, found)
        if found is not None and kind != "scare":
            self.last = found
        index = inside[0].sentence.index
        if found is None or kind == "scare":
            return Quote(words, stretch.start, stretch.end, index, kind, continues=continues)
        return Quote(words, stretch.start, stretch.end, index, kind, found.actor, found.verb,
                     found.unnamed, continues, found.verb_start, found.verb_end)  # fmt: skip

    def _kind(self, words: str, clause: bool, found: _Found | None) -> QuoteKind:
        """A clause is quoted directly, a piece of one partially; a few words of nobody's are
        scare quotes."""
        whole = words[:1].isupper() or words[-1:] in ",.!?…" or len(words.split()) >= _FEW
        if clause and whole and words.split()[0] not in _SUBORDINATE:
            return "direct"
        if words[:1].isupper() and words[-1:] in ",.!?" and found is not None:
            return "direct"
        if found is None and len(words.split()) <= _FEW:
            return "scare"
        return "partial"

    def _finite(self, sentence: Sentence, stretch: Stretch) -> bool:
        """Whether the stretch holds a verb of that sentence with its subject, or an imperative."""
        for token in sentence.tokens:
            if token.pos not in _VERBAL or not stretch.start <= token.start < stretch.end:
                continue
            subject = sentence.kid(token.i, *_SUBJECTS, "expl", "csubj")
            if subject is not None and stretch.start <= subject.start:
                return True
            if (
                token.tag == "VB"
                and token.dep in ("ROOT", "ccomp")
                and not any(k.lower == "to" for k in sentence.kids(token.i, "aux"))
            ):
                return True
        return False

    # -- who ------------------------------------------------------------------------------------

    def _speaker(self, stretch: Stretch, inside: list[Voice], clause: bool) -> _Found | None:
        """Who is named as the speaker in the sentences that the stretch lies in, or beside it."""
        for voice in (inside[-1], *inside[:-1]):
            found = self._governing(voice, stretch) or self._naming(voice, stretch)
            if found is not None:
                return found
        if not clause and self._short(stretch):
            return None
        for voice in (inside[-1], inside[0]):
            found = self._beside(voice, stretch)
            if found is not None:
                return found
        return self._after(inside[-1], stretch) or self._before(inside[0], stretch)

    def _short(self, stretch: Stretch) -> bool:
        return len(self.text[stretch.start : stretch.end].split()) <= _FEW

    def _tops(self, sentence: Sentence, stretch: Stretch) -> list[Token]:
        """Words of the stretch that hang on words outside it, or on none."""
        own = [t for t in sentence.tokens if stretch.start <= t.start < stretch.end]
        return [t for t in own if t.pos != "PUNCT" and
                (t.head == t.i or not self._in(sentence.head(t), stretch))]  # fmt: skip

    def _in(self, token: Token, stretch: Stretch) -> bool:
        return stretch.start <= token.start < stretch.end

    def _governing(self, voice: Voice, stretch: Stretch) -> _Found | None:
        """The subject of a word of saying over the stretch, outside it and other quotes."""
        for top in self._tops(voice.sentence, stretch):
            for saying in voice.speakers.over(top.i):
                token = voice.sentence.tokens[saying.i]
                if self._outside(token, stretch) and saying.kind not in ("act", "hearsay"):
                    found = self._found(voice, saying)
                    if found is not None:
                        return found
        return None

    def _outside(self, token: Token, stretch: Stretch) -> bool:
        """Whether the token stands in no quote that does not hold the stretch itself."""
        return not any(
            self._in(token, s) and not (s.start <= stretch.start and stretch.end <= s.end
                                        and s is not stretch)
            for s in self.stretches
        )  # fmt: skip

    def _naming(self, voice: Voice, stretch: Stretch) -> _Found | None:
        """Who calls something by the words quoted, or promises or demands in them."""
        for top in self._tops(voice.sentence, stretch):
            if self._short(stretch) and self._names(voice.sentence, top):
                continue
            for up in voice.sentence.ancestors(top):
                if up.pos not in _VERBAL or self._in(up, stretch):
                    continue
                told = up.lemma in self.words.naming or up.lemma in voice.speakers.kinds
                if told and up.i not in voice.speakers.clauses.subjects(up.i):
                    heads = voice.speakers.clauses.subjects(up.i)
                    return self._found(voice, Saying.by(up, "act", heads))
                if up.dep not in ("xcomp", "conj", "ccomp", "advcl", "pcomp"):
                    break
        return None

    def _names(self, sentence: Sentence, top: Token) -> bool:
        """Whether quoted words name a thing or stand before its name: the "reform" bill."""
        before = top.dep in ("amod", "compound", "poss") and sentence.head(top).pos in NOMINAL
        return before or top.dep in _SUBJECTS

    def _beside(self, voice: Voice, stretch: Stretch) -> _Found | None:
        """The verb of saying nearest to the stretch's edge in the rest of its sentence, for
        sentences whose quote the parser has misread."""
        tokens = voice.sentence.tokens
        after = next((t.i for t in tokens if t.start >= stretch.end), len(tokens))
        first = next((t.i for t in tokens if self._in(t, stretch)), 0)
        rest = [*range(after, min(len(tokens), after + _NEAR)),
                *range(first - 1, max(-1, first - _NEAR), -1)]  # fmt: skip
        for i in rest:
            token = tokens[i]
            kinds = voice.speakers.kinds
            if token.lemma not in kinds or token.pos not in _VERBAL or token.tag == "VBG":
                continue
            weak = token.lemma in self.words.weak and not after <= i <= after + 2
            if weak or not self._outside(token, stretch):
                continue
            if token.dep in ("relcl", "acl", "amod") or kinds[token.lemma] == "act":
                continue
            heads = [h for h in voice.speakers.clauses.subjects(i)
                     if not self._in(tokens[h], stretch)]  # fmt: skip
            heads = heads or self._inverted(tokens, i)
            found = self._found(voice, Saying.by(token, "statement", heads))
            if found is not None:
                return found
        return None

    def _inverted(self, tokens: list[Token], i: int) -> list[int]:
        """ "said the mayor": a noun phrase right after the verb that the parser took for another
        thing than its subject."""
        nouns = [t.i for t in tokens[i + 1 : i + 6] if t.head == i and t.dep in ("dobj", "attr")]
        return nouns[:1]

    def _after(self, voice: Voice, stretch: Stretch) -> _Found | None:
        """ "Why?" asked the minister: a tag that the parser took for a sentence of its own."""
        following = next((v for v in self.voices if v.sentence.start >= stretch.end), None)
        if following is None or following is voice:
            return None
        gap = self.text[stretch.end : following.sentence.start]
        tokens = following.sentence.tokens
        if "\n" in gap or len(tokens) > _NEAR or any(c.isalnum() for c in gap):
            return None
        for token in tokens[:4]:
            said = following.speakers.kinds.get(token.lemma) in ("statement", "admission")
            if said and token.pos in _VERBAL and not following.sentence.kid(token.i, "ccomp"):
                subjects = following.speakers.clauses.subjects(token.i)
                heads = subjects or self._inverted(tokens, token.i)
                return self._found(following, Saying.by(token, "statement", heads))
        return None

    def _before(self, voice: Voice, stretch: Stretch) -> _Found | None:
        """The speaker of a lead-in: "The minister was blunt: …", or of what the sentence before
        reports, in the same paragraph."""
        index = voice.sentence.index
        lead = self.text[: stretch.start].rstrip("\"'“‘«„` ")
        own = self.text[voice.sentence.start : stretch.start]
        colon = lead.endswith(":") and "\n\n" not in self.text[len(lead) : stretch.start]
        if colon and own.strip("\"'“‘«„` "):
            return self._subject(voice, stretch)
        if index == 0 or own.strip("\"'“‘«„` "):
            return None
        previous = next((v for v in self.voices if v.sentence.index == index - 1), None)
        gap = "" if previous is None else self.text[previous.sentence.end : stretch.start]
        if previous is None or ("\n" in gap and not colon):
            return None
        return self._subject(previous, stretch)

    def _subject(self, voice: Voice, stretch: Stretch) -> _Found | None:
        """The subject of a sentence's main verb, if it can speak."""
        tokens = voice.sentence.tokens
        for token in tokens:
            if token.dep != "ROOT" or self._in(token, stretch):
                continue
            heads = [h for h in voice.speakers.clauses.subjects(token.i)
                     if not self._in(tokens[h], stretch)]  # fmt: skip
            speaks = [h for h in heads if self._can_speak(voice, h)]
            if token.pos not in _VERBAL and self._can_speak(voice, token.i):
                speaks = [token.i]  # "Mayor Ruiz:"
            found = self._found(voice, Saying.by(token, "statement", speaks))
            if found is None or token.lemma in voice.speakers.kinds:
                return found
            return _Found(found.actor, None, found.unnamed)
        return None

    def _can_speak(self, voice: Voice, head: int) -> bool:
        token = voice.sentence.tokens[head]
        if token.lower in _HE or token.ent in ("PERSON", "ORG"):
            return True
        found = voice.parties.at(head)
        return found is not None and bool(found.actor.sectors)

    # -- over the stretches ----------------------------------------------------------------------

    def _previous(self, stretch: Stretch) -> Quote | None:
        """The quote before, in the same paragraph or the one above."""
        before = (q for q in reversed(self.out) if q.end <= stretch.start)
        last = next((q for q in before if q.kind == "direct"), None)
        if last is None:
            return None
        breaks = self.text[last.end : stretch.start].count("\n")
        paragraph = self.text[last.end : stretch.start].strip("\n \"'“”‘’«»")
        return last if breaks == 0 or "\n" not in paragraph else None

    def _carried(
        self, stretch: Stretch, previous: Quote, inside: list[Voice]
    ) -> tuple[_Found | None, bool]:
        """The speaker of the quote before, where this one goes on with it or stands alone."""
        if previous.speaker is None:
            return None, stretch.continues
        held = _Found.again(previous, previous.speaker)
        own = self.text[inside[0].sentence.start : inside[-1].sentence.end]
        alone = len(own.strip("\"'“”‘’«»„` ")) <= stretch.end - stretch.start + 1
        if stretch.continues or alone:
            return held, True
        return None, False

    def _one_clause(self, previous: Quote, stretch: Stretch, found: _Found) -> bool:
        """ "…," he said, "…": both halves named by one speaker's words."""
        same = previous.speaker is not None and previous.speaker.start == found.actor.start
        return same and "\n" not in self.text[previous.end : stretch.start]

    def _filled(self, quotes: list[Quote]) -> list[Quote]:
        """Quotes without a speaker take the one of the quote that goes on with them."""
        out = list(quotes)
        for n in range(len(out) - 2, -1, -1):
            later = out[n + 1]
            if out[n].speaker is None and out[n].kind == "direct" and later.continues:
                out[n] = replace(out[n], speaker=later.speaker, verb=later.verb,
                                 unnamed=later.unnamed, verb_start=later.verb_start,
                                 verb_end=later.verb_end)  # fmt: skip
        return out

    def _found(self, voice: Voice, saying: Saying) -> _Found | None:
        resolved = next(self._resolved(voice, saying.heads), None)
        if resolved is None:
            return None
        head, party = resolved
        unnamed = is_unnamed(voice.sentence, head, party)
        actor = with_sign(voice.sentence, head, party.actor) if unnamed else party.actor
        told = self.text[saying.start : saying.end]
        return _Found(actor, told, unnamed, saying.start, saying.end)

    def _resolved(self, voice: Voice, heads: Sequence[int]) -> Iterator[tuple[int, Resolved]]:
        for head in heads:
            token = voice.sentence.tokens[head]
            party = voice.parties.at(head)
            if party is not None:
                yield head, party
            elif token.lower in ("we", "i") and (teller := quote_at(self.out, token.start)):
                if teller.speaker is not None:  # a quote within another
                    yield head, Resolved(teller.speaker, 0.5, "the speaker of the quote around it")
            elif token.lower in _HE and self.last is not None:
                yield head, Resolved(self.last.actor, 0.5, "the speaker named last")
            elif token.pos in ("PRON", "NUM"):
                actor = Actor(token.text, token.start, token.end, token.text)
                yield head, Resolved(actor, 0.3, "somebody whom another sentence names")
