"""The event store: SQLite by default, PostgreSQL by URL.

>>> from crisiswire.storing import EventQuery, open_store
>>> with open_store("events.db") as store:               # doctest: +SKIP
...     store.save(article, events)
...     for stored in store.events(EventQuery(dyad="USA-VEN")):
...         print(stored.event.event_type, stored.article_date)
"""

from crisiswire.storing.backends import default_url
from crisiswire.storing.judgements import Judgement
from crisiswire.storing.paging import PAGE_LIMIT, Page
from crisiswire.storing.records import (
    EventQuery,
    FoundArticle,
    PartyMention,
    StoreCounts,
    StoredEvent,
    UncodedArticle,
    Upgrade,
)
from crisiswire.storing.reviews import ReviewRepository
from crisiswire.storing.store import Store, open_store

__all__ = [
    "PAGE_LIMIT",
    "EventQuery",
    "FoundArticle",
    "Judgement",
    "Page",
    "PartyMention",
    "ReviewRepository",
    "Store",
    "StoreCounts",
    "StoredEvent",
    "UncodedArticle",
    "Upgrade",
    "default_url",
    "open_store",
]
