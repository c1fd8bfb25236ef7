"""Which party of the text a name said again belongs to: short names, family names, acronyms."""

from __future__ import annotations

from crisiswire.parsing.tree import Token
from crisiswire.resolving.coreference_mentions import Mention, Referent

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_SMALL = frozenset("of the for and in on to a de du la le el al".split())


class Names:
    """Which referent a name belongs to, over one article."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[Referent]] = {}
        self._groups: list[Referent] = []

    def register(self, referent: Referent, mention: Mention) -> None:
        """Take up the names of another mention of a referent."""
        if mention.kind in ("group", "people") and mention.names and referent not in self._groups:
            self._groups.append(referent)
        for word in (*mention.ids, *map(stem, mention.names)):
            known = self._by_word.setdefault(word, [])
            if referent not in known:
                known.append(referent)

    def owner(self, mention: Mention) -> Referent | None:
        """The referent that the name names again, if one does."""
        if mention.kind == "people" and not definite(mention):
            return None  # "Kurds" here need not be those above
        words = (*mention.ids, *map(stem, mention.names))
        near = dict.fromkeys(r for w in words for r in self._by_word.get(w, ()))
        if mention.token.text.isupper():
            near |= dict.fromkeys(self._groups)
        same = [r for r in near if self._same(r, mention)]
        known = [r for r in same if r.ids & mention.ids]
        chosen = same if len(same) == 1 else known
        return chosen[0] if len(chosen) == 1 else None

    def _same(self, referent: Referent, mention: Mention) -> bool:
        if mention.kind == "state" or referent.kind == "state":
            return mention.kind == referent.kind and bool(referent.ids & mention.ids)
        person = mention.kind == "person" or _surname(mention, referent)
        if person != (referent.kind == "person"):
            return False
        names = mention.names
        if referent.ids & mention.ids:
            return not (person and _apart(names, referent.names))
        if not names or not referent.names:
            return False
        if person:
            return names <= referent.names or referent.names <= names
        if mention.token.text.isupper() and len(names) == 1:
            return mention.token.lower in initials(referent)
        stems = {stem(n) for n in referent.names}
        return mention.token.pos == "PROPN" and {stem(n) for n in names} <= stems


def _surname(mention: Mention, referent: Referent) -> bool:
    """Whether a lone name that the parser takes for a body is that of a person named before."""
    lone = mention.hit is None and len(mention.names) == 1 and mention.token.tag == "NNP"
    if mention.token.text.isupper():
        return False
    return lone and referent.kind == "person" and mention.names <= referent.names


def definite(mention: Mention) -> bool:
    """Whether "the" or the like stands before the noun."""
    kids = mention.clauses.sentence.kids(mention.token.i)
    return any(k.lower in _DEFINITE for k in kids)


def _apart(a: frozenset[str], b: set[str]) -> bool:
    """Whether two full names differ: "Raul Castro" is not "Fidel Castro"."""
    return len(a) > 1 and len(b) > 1 and not (a <= b or b <= a) and len(a & b) < 2


def stem(word: str) -> str:
    """A word without the "s" of its plural."""
    return word.removesuffix("s")


def initials(referent: Referent) -> set[str]:
    """Acronyms that the group's full names may have, country words before them left out."""
    out: set[str] = set()
    for mention in referent.mentions:
        if mention.token.pos != "PROPN" or mention.inner:
            continue
        words = [t.text for t in _run(mention)]
        letters = "".join(w[0] for w in words if w.lower() not in _SMALL).lower()
        out |= {letters[i:] for i in range(len(letters) - 1)}
    return out


def _run(mention: Mention) -> list[Token]:
    """The capitalised words around a name's head, small ones between them allowed."""
    tokens = mention.clauses.tokens
    first = last = mention.token.i
    while first > 0 and tokens[first - 1].text[:1].isupper():
        first -= 1
    for token in tokens[last + 1 :]:
        if token.text[:1].isupper():
            last = token.i
        elif token.lower not in _SMALL:
            break
    return tokens[first : last + 1]
