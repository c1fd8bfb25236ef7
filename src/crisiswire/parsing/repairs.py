"""Mends for systematic mistakes of the parser, before anything reads the tree."""

from __future__ import annotations

from crisiswire.knowledge.files import verb_lemmas
from crisiswire.knowledge.lexicon import abstract_nouns, lexicon
from crisiswire.parsing.tree import Sentence, Token

_NAMES = frozenset("US USA UK EU UN U.S. U.N. U.K. E.U. U.S.A.".split())
_PARTICLES = frozenset({"off", "up", "down", "over", "out", "back"})
_ONLY = frozenset({"only", "just", "merely", "simply"})
_RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
_HELD = frozenset({"prisoner", "hostage", "captive"})
_JOINERS = frozenset({"since", "after", "before", "until", "as", "than"})
_NOMINAL = frozenset("nsubj nsubjpass dobj pobj dative appos conj".split())
_LEFT = ("det", "amod", "compound", "poss")
_ASKING = frozenset("ask demand urge request call appeal warn accuse condemn reject vow".split())
_NAMING = frozenset("call describe term label dub portray characterise characterize".split())
_OF_STATE = frozenset({"d'état", "d'etat", "d'affaires"})  # the parser has ' for ’


def repair(sentence: Sentence) -> Sentence:
    """The same sentence with known tagging and lemma mistakes mended, in place."""
    lemmas = verb_lemmas()
    for token in sentence.tokens:
        if token.text in _NAMES and token.pos != "PROPN":
            token.pos, token.tag = "PROPN", "NNP"
        if token.dep == "acl" and token.tag == "VBD":  # "missiles fired at the port"
            token.tag = "VBN"
        if token.pos == "NOUN" and token.lower in lemmas and sentence.kid(token.i, "nsubj"):
            token.pos, token.tag = "VERB", "VBD"
        if token.pos == "VERB" and token.lower in lemmas:
            token.lemma = lemmas[token.lower]
        if token.dep == "appos" and _listed(sentence, token):
            token.dep = "conj"  # "the United States, France and Italy"
        elif token.dep == "appos" and token.pos == "PROPN" and sentence.head(token).lower == "one":
            one = sentence.head(token)  # "one of the hosts, Chad, has left"
            token.head, token.dep = (token.i if one.head == one.i else one.head), one.dep
            one.head, one.dep = token.i, "appos"
            sentence.link()
        if token.lower in ("dead", "free") and token.dep == "amod" and token.i:
            _shot_dead(sentence, token)
        _mend_noun(sentence, token)
        if token.pos == "VERB":
            if token.dep == "conj" and token.tag == "VBD":
                _lift(sentence, token)
            if token.dep in ("acl", "pcomp") and token.tag == "VBG":
                _letter(sentence, token)
            _mend_verb(sentence, token)
        if token.text == "-" and token.dep == "dobj" and token.i:
            _join_hyphen(sentence, token.i)
        if token.lower == "general" and token.i >= 2:
            _join_title(sentence, token.i)
        if token.lower in _OF_STATE and token.i:
            _lead(sentence, token.i)
        after = sentence.tokens[token.i + 1 : token.i + 2]
        if token.dep == "neg" and after and after[0].lower in _ONLY:
            token.dep = "advmod"  # "not only killed"
    return sentence.link()


def _listed(sentence: Sentence, token: Token) -> bool:
    """Whether a seeming apposition is one of a list of countries."""
    head = sentence.head(token)
    return token.ent == head.ent == "GPE" and sentence.kid(token.i, "conj") is not None


def _mend_noun(sentence: Sentence, token: Token) -> None:
    """Nouns taken for something else, and the other way round."""
    if token.lower == "what" and token.dep in ("dobj", "nsubj") and token.i:
        _so_called(sentence, token)
    if token.lower == "risks" and token.pos == "NOUN":
        _risk(sentence, token)
    if token.dep == "nsubj" and token.pos == "NOUN" and _of_noun(sentence, token):
        token.dep = "compound"  # "the army offensive against the rebels"
    if token.tag == "VBG" and token.dep in _NOMINAL and _nominal(sentence, token):
        token.pos, token.tag, token.lemma = "NOUN", "NN", token.lower  # "army shelling of X"
    if token.lower == "old" and token.dep in _NOMINAL and sentence.kid(token.i, "det"):
        token.pos, token.tag, token.ent = "NOUN", "NN", ""  # "the 37-year-old was held"


def _nominal(sentence: Sentence, token: Token) -> bool:
    """Whether a gerund is a noun: "army shelling of X", "fighting between X and Y"."""
    if sentence.kid(token.i, "dobj") is not None:
        return False
    joined = any(k.lower in ("of", "between") for k in sentence.kids(token.i, "prep"))
    return joined or sentence.kid(token.i, *_LEFT) is not None


def _lift(sentence: Sentence, verb: Token) -> None:
    """ "X called on Y to leave and urged Z": what is told as done goes with no infinitive, nor with
    what had been done before, but with the verb above them."""
    head = sentence.head(verb)
    if head.tag == "VBN" and verb.lemma not in _ASKING:
        return  # "had entered the town and looted it"
    while head.pos == "VERB" and head.tag in ("VB", "VBN") and sentence.kid(head.i, "aux"):
        over = sentence.head(head)
        if over.i == head.i or over.tag != "VBD" or over.i > verb.i:
            return
        verb.head, head = over.i, over
    sentence.link()


def _letter(sentence: Sentence, verb: Token) -> None:
    """ "sent a letter to X asking for Y": who sends it asks."""
    noun = sentence.kid(verb.i, "nsubj") if verb.dep == "pcomp" else sentence.head(verb)
    if noun is None or verb.lemma not in _ASKING:
        return
    prep = sentence.head(verb) if verb.dep == "pcomp" else sentence.head(noun)
    over = sentence.head(prep)
    if over.pos == "NOUN" and over.dep == "dobj":
        over = sentence.head(over)
    if prep.lower == "to" and over.pos == "VERB" and over.lemma in lexicon().classes["WRITING"]:
        noun.head, noun.dep = prep.i, "pobj"
        verb.head, verb.dep = over.i, "advcl"
        sentence.link()


def _of_noun(sentence: Sentence, token: Token) -> bool:
    """Whether a seeming subject only tells of what kind the noun right after it is."""
    head = sentence.head(token)
    return (
        head.i == token.i + 1
        and head.tag == "NN"
        and head.lower not in verb_lemmas()
        and token.tag == "NN"
        and sentence.kid(head.i, "cop", "aux", "dobj", "mark") is None
    )


def _so_called(sentence: Sentence, what: Token) -> None:
    """ "struck what the army described as a depot": the depot was struck."""
    telling = sentence.head(what)
    verb = sentence.head(telling)
    naming = telling.lemma in _NAMING and telling.dep in ("ccomp", "pcomp", "dobj")
    if not naming or verb.i >= what.i or verb.pos != "VERB":
        return
    named = sentence.kid(telling.i, "oprd", "attr")
    if named is None:
        prep = next((k for k in sentence.kids(telling.i, "prep") if k.lower == "as"), None)
        named = None if prep is None else sentence.kid(prep.i, "pobj")
    if named is not None and named.pos in ("NOUN", "PROPN"):
        named.head, named.dep = verb.i, "dobj"
        telling.head, telling.dep = named.i, "relcl"
        sentence.link()


def _risk(sentence: Sentence, token: Token) -> None:
    """ "Kenya risks alienating Chad": a verb, not a noun."""
    subject = sentence.kid(token.i, "compound", "nsubj")
    deed = next(iter(sentence.tokens[token.i + 1 : token.i + 2]), None)
    if subject is None or subject.pos != "PROPN" or deed is None or deed.tag != "VBG":
        return
    token.pos, token.tag, token.lemma = "VERB", "VBZ", "risk"
    subject.dep, deed.dep = "nsubj", "xcomp"


def _join_title(sentence: Sentence, i: int) -> None:
    """ "secretary-general of X": the last half is the head, as of any compound."""
    title, last = sentence.tokens[i - 2], sentence.tokens[i]
    if sentence.tokens[i - 1].text != "-" or last.head != title.i:
        return
    for kid in sentence.kids(title.i):
        kid.head = i
    last.head = i if title.head == title.i else title.head
    last.dep, last.pos, last.tag = title.dep, title.pos, title.tag
    title.head, title.dep = i, "compound"
    sentence.link()


def _join_hyphen(sentence: Sentence, i: int) -> None:
    """ "US vice-president Mike Pence": one object, not three."""
    first, hyphen = sentence.tokens[i - 1 : i + 1]
    last = sentence.tokens[i + 1] if i + 1 < len(sentence.tokens) else None
    if last is None or (first.end, hyphen.end) != (hyphen.start, last.start):
        return
    for kid in sentence.kids(first.i):
        if kid.i < first.i:
            kid.head = last.i
    for part in (first, hyphen):
        part.head, part.dep = last.i, "compound" if part is first else "punct"
    hyphen.pos, hyphen.tag = "PUNCT", "HYPH"
    sentence.link()


def _lead(sentence: Sentence, i: int) -> None:
    """ "coup d'état": the first word is the head, the last its complement."""
    first, last = sentence.tokens[i - 1], sentence.tokens[i]
    if first.head != i or first.pos not in ("NOUN", "PROPN"):
        return
    for kid in sentence.kids(i):
        kid.head = first.i
    first.head = first.i if last.head == i else last.head
    first.dep, first.pos, first.tag = last.dep, "NOUN", "NN"
    last.head, last.dep = first.i, "nmod"
    sentence.link()


def _shot_dead(sentence: Sentence, token: Token) -> None:
    """ "shot dead scores of people", "let free a critic": the outcome belongs to the verb."""
    verb = sentence.tokens[token.i - 1]
    if verb.pos == "VERB" and verb.lemma in ("shoot", "leave", "find", "stab", "let", "set"):
        token.head, token.dep = verb.i, "oprd" if token.lower == "dead" else "prt"
        sentence.link()


def _mend_verb(sentence: Sentence, verb: Token) -> None:
    """Mends of what hangs on a verb, and of what it hangs on."""
    for aux in sentence.kids(verb.i, "aux"):
        for subject in sentence.kids(aux.i, "nsubj"):
            subject.head = verb.i
            sentence.link()
    head = sentence.head(verb)
    if verb.dep == "advcl" and verb.i > head.i:
        _give_subject(sentence, verb, head)
    if verb.dep == "ccomp" and head.lemma in ("have", "get") and verb.tag in ("VBN", "VBD"):
        owned = sentence.kid(verb.i, "nsubj")
        if owned is not None and not sentence.kids(verb.i, "aux", "mark"):
            owned.dep, verb.tag = "nsubjpass", "VBN"  # "had their homes seized"
    held = sentence.kid(verb.i, "dobj")
    if held is not None and held.lower in _HELD and held.i == verb.i + 1 and verb.lemma == "hold":
        held.dep, verb.tag = "oprd", "VBN"  # "soldiers held prisoner in the town"
        for subject in sentence.kids(verb.i, "nsubj"):
            subject.dep = "nsubjpass"
    if verb.dep == "relcl" and head.lemma in abstract_nouns():
        _whose(sentence, verb, head)
    if verb.dep == "ccomp" and verb.i > head.i and head.lemma == "be":
        _first_killed(sentence, verb, head)
    if verb.dep == "amod" and verb.tag in ("VBD", "VBN") and sentence.kid(verb.i, "nsubj"):
        _turn(sentence, head, verb, "dobj" if head.i > verb.i else "nsubj")
    elif verb.dep == "acl" and head.dep == "ROOT" and _only_verb(sentence, verb, head):
        _turn(sentence, head, verb, "nsubj")
    to = verb.i >= 2 and sentence.tokens[verb.i - 1].lower == "to" and verb.tag == "VB"
    wanting = head.i == verb.i - 2 and head.lemma in lexicon().classes["WANTING"]
    if verb.dep == "advcl" and to and wanting:
        verb.dep = "xcomp"  # "have sworn to fight"
    if verb.dep == "ccomp" and verb.head > verb.i:
        between = sentence.tokens[verb.i : verb.head]
        if any(t.text == ";" for t in between):  # "X asked Y to go; Y refused"
            verb.dep = "parataxis"
    headline = not sentence.text.rstrip("\"'").endswith(".")
    bare = verb.tag in ("VBD", "VBN") and not sentence.kids(verb.i, "dobj", "ccomp", "xcomp", "aux")
    if headline and bare and verb.dep == "ROOT" and verb.lemma in lexicon().classes["DONE_TO"]:
        for subject in sentence.kids(verb.i, "nsubj"):
            subject.dep, verb.tag = "nsubjpass", "VBN"  # "Greece accused of pushbacks"
    objects = sentence.kids(verb.i, "dobj")
    if len(objects) == 2 and objects[0].ent in ("GPE", "PERSON", "NORP", "ORG"):
        objects[0].dep = "dative"  # "offered Vietnam lower tariffs"
    _join_particle(sentence, verb)


def _give_subject(sentence: Sentence, verb: Token, head: Token) -> None:
    """ "since one of the hosts, Chad, has left": a finite clause whose subject was hung on its
    conjunction."""
    has = any(k.tag in ("VBZ", "VBP", "VBD") for k in sentence.kids(verb.i, "aux", "auxpass"))
    if not (has or verb.tag in ("VBZ", "VBP", "VBD")) or sentence.kid(verb.i, "nsubj", "nsubjpass"):
        return
    for prep in reversed(sentence.kids(head.i, "prep")):
        subject = sentence.kid(prep.i, "pobj")
        if prep.lower in _JOINERS and prep.i < verb.i and subject is not None:
            passive = sentence.kid(verb.i, "auxpass") is not None
            subject.head, subject.dep = verb.i, "nsubjpass" if passive else "nsubj"
            prep.head, prep.dep = verb.i, "mark"
            sentence.link()
            return


def _whose(sentence: Sentence, verb: Token, head: Token) -> None:
    """ "no difference between X and Y, whom Z bombed": "who" means somebody, not a deed."""
    between = sentence.tokens[head.i + 1 : verb.i]
    who = next((t for t in between if t.lower in ("who", "whom")), None)
    if who is None:
        return
    for token in reversed(sentence.tokens[head.i + 1 : who.i]):
        over = sentence.head(token)
        inside = token.dep == "pobj" and over.lower in ("in", "at", "near", "from")
        if token.dep in ("pobj", "conj", "dobj") and not inside and token.pos in ("PROPN", "NOUN"):
            verb.head = token.i
            sentence.link()
            return


def _first_killed(sentence: Sentence, verb: Token, be: Token) -> None:
    """ "she is the first woman killed in Aden": the participle belongs to the noun."""
    noun = sentence.kid(verb.i, "nsubj")
    told = verb.tag in ("VBN", "VBD") and not sentence.kids(verb.i, "aux", "auxpass", "mark")
    if noun is None or not told or sentence.kid(be.i, "nsubj") is None:
        return
    if any(k.tag == "JJS" or k.lower in _RANKS for k in sentence.kids(noun.i, "amod")):
        noun.head, noun.dep = be.i, "attr"
        verb.head, verb.dep, verb.tag = noun.i, "acl", "VBN"
        sentence.link()


def _only_verb(sentence: Sentence, verb: Token, noun: Token) -> bool:
    """Whether the clause on a noun is a sentence's only statement: "The ministry refuted it." """
    if noun.pos not in ("NOUN", "PROPN") or verb.tag not in ("VBD", "VBN") or verb.i < noun.i:
        return False
    finite = any(t.dep == "cop" or (t.pos == "AUX" and t.head == noun.i) for t in sentence.tokens)
    told = sentence.kid(verb.i, "agent") is None and sentence.kid(noun.i, "relcl") is None
    return not finite and told and sentence.text.rstrip("\"'").endswith(".")


def _turn(sentence: Sentence, noun: Token, verb: Token, dep: str) -> None:
    """Makes the verb the head of the noun it was hung on."""
    edge = verb.i
    for kid in sentence.kids(noun.i):
        clausal = kid.dep in ("punct", "conj", "cc", "advcl", "advmod", "npadvmod", "prep")
        if kid.i > edge and kid.i != verb.i and clausal and noun.i < edge:
            kid.head = verb.i
    verb.head = verb.i if noun.head == noun.i else noun.head
    verb.dep = noun.dep
    noun.head, noun.dep = verb.i, dep
    if verb.tag == "VBN":
        verb.tag = "VBD"
    sentence.link()


def _join_particle(sentence: Sentence, verb: Token) -> None:
    """ "switched off the network", "hand over 33 exiles": the particle is the verb's."""
    if verb.i + 1 >= len(sentence.tokens):
        return
    particle = sentence.tokens[verb.i + 1]
    if particle.lower not in _PARTICLES and particle.dep != "prt":
        return
    if f"{verb.lemma} {particle.lower}" not in lexicon().verbs:
        return
    if particle.dep in ("prep", "prt") and particle.head == verb.i:
        for pobj in sentence.kids(particle.i, "pobj"):
            pobj.head, pobj.dep = verb.i, "dobj"
    elif particle.dep not in ("quantmod", "advmod", "prep"):
        return
    particle.head, particle.dep, particle.tag = verb.i, "prt", "RP"
    sentence.link()
