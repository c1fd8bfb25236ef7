"""The pipeline: article in, events out, in the order parse, code, resolve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import tee
from typing import TYPE_CHECKING

from crisiswire.model import Article, Event, Quote

if TYPE_CHECKING:
    from crisiswire.coding.sentences import Proposal, SentenceCoder
    from crisiswire.config import Config
    from crisiswire.knowledge.names import Hit
    from crisiswire.parsing.tree import Sentence


class Coder:
    """Codes articles. Loads parser, lexicon and tables once; needs no network.

    ``actors`` are the user's actor files, with the lines of them that were left out.
    Not thread-safe; use ``jobs`` of :meth:`code_many` for more cores.
    """

    def __init__(self, config: Config | None = None) -> None:
        from crisiswire.coding.encoder import named_model
        from crisiswire.config import load_config
        from crisiswire.knowledge.gazetteer import gazetteer
        from crisiswire.knowledge.lexicon import lexicon
        from crisiswire.knowledge.names import name_index
        from crisiswire.knowledge.operators import operators
        from crisiswire.knowledge.user_actors import load_user_actors
        from crisiswire.parsing.parser import Parser
        from crisiswire.resolving.actors import ActorResolver

        self.config = config or load_config()
        self.lexicon, self.operators = lexicon(), operators()
        self.actors = load_user_actors(self.config.actors.files)
        self.names, self.gazetteer = self.actors.over(name_index()), gazetteer()
        self.parser = Parser(self.config.parser.model, self._name_spans)
        self.model = named_model(self.config.coder.model)
        self.resolver = ActorResolver(self.names, self._place_country)

    @cached_property
    def version(self) -> str:
        """What coded: package version, digests of the model, the knowledge and the user's files."""
        from crisiswire import __version__
        from crisiswire.knowledge.files import data_digest

        model = f" / model {self.model.digest}" if self.model is not None else ""
        own = f" / actors {self.actors.digest}" if self.actors.files else ""
        return f"crisiswire {__version__}{model} / lexicon {data_digest()}{own}"

    def _place_country(self, name: str, near: Iterable[str]) -> str | None:
        found = self.gazetteer.best(name, countries=tuple(near))
        return found.country if found is not None else None

    def _name_spans(self, text: str) -> list[tuple[int, int]]:
        return [(h.start, h.end) for h in self.names.find(text) if h.known]

    def refusal(self, article: Article) -> str | None:
        """Why the article is not coded (its language), or None."""
        language = article.language or "und"
        if language in self.config.coder.languages:
            return None
        return f"language {language!r} is not coded"

    def code(self, article: Article) -> list[Event]:
        """Events of one article, in the order of the text."""
        return next(self.code_many([article]))[1]

    def code_many(
        self, articles: Iterable[Article], jobs: int = 1
    ) -> Iterator[tuple[Article, list[Event]]]:
        """(article, events) in the order given; ``jobs`` processes share the work."""
        if jobs > 1:
            from crisiswire.workers import code_in_processes

            yield from code_in_processes(articles, self.config, jobs)
            return
        first, second = tee(articles)
        texts = (("", ()) if self.refusal(a) else (a.text, a.masked) for a in first)
        parsed = self.parser.parse_many(texts, self.config.parser.batch_size)
        for article, sentences in zip(second, parsed, strict=True):
            yield article, self._code(article, sentences)

    def quotes_of(self, article: Article) -> list[Quote]:
        """Quotes of one article with their speakers, in the order of the text."""
        if self.refusal(article):
            return []
        sentences = self.parser.parse(article.text, article.masked)
        return self._quotes(article, self._proposals(article, sentences)[1])

    def _code(self, article: Article, sentences: list[Sentence]) -> list[Event]:
        from crisiswire.coding.judging import judge

        coder, proposals = self._proposals(article, sentences)
        if self.model is not None:
            judge(self.model, article.text, proposals, self.config.coder.none_above)
        quotes = self._quotes(article, proposals)
        return [event for p in proposals for event in coder.finish(p, quotes)]

    def _quotes(self, article: Article, proposals: list[Proposal]) -> list[Quote]:
        from crisiswire.coding.quotes import find_quotes

        return find_quotes(article, [p.voice(self.operators) for p in proposals])

    def _proposals(
        self, article: Article, sentences: list[Sentence]
    ) -> tuple[SentenceCoder, list[Proposal]]:
        """What is read in each sentence, before the model judges."""
        from crisiswire.coding.sentences import SentenceCoder
        from crisiswire.resolving.setting import setting_of

        hits = self.names.find(article.text)
        countries = _countries(hits, article)
        hits = [hit.ranked(article.date, countries) for hit in hits]
        title = self.names.find(article.title or "")
        titled = [hit.ranked(article.date, countries) for hit in title]
        setting = setting_of(article, hits, titled, self._place_country, countries)
        coder = SentenceCoder(self, article, countries, setting)
        proposals = []
        cursor = 0
        for sentence in sentences:
            own: list[Hit] = []
            while cursor < len(hits) and hits[cursor].start < sentence.end:
                if hits[cursor].start >= sentence.start:
                    own.append(hits[cursor])
                cursor += 1
            proposals.append(coder.propose(sentence, own))
        return coder, proposals


def _countries(hits: list[Hit], article: Article) -> tuple[str, ...]:
    """Countries the article speaks of, most often first."""
    counts: Counter[str] = Counter()
    spoken = Counter(tuple(hit.countries(article.date)) for hit in hits if hit.known)
    for codes, times in sorted(spoken.items(), key=lambda item: len(item[0])):
        if codes:  # where a name may mean several, the one that is named otherwise
            counts[max(codes, key=lambda code: counts[code])] += times
    return tuple(code for code, _ in counts.most_common())
