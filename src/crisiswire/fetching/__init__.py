"""From the web to articles: feeds are polled, their pages fetched politely and read."""

from crisiswire.fetching.settings import Feed, WatchSettings, load_feeds
from crisiswire.fetching.state import WatchState
from crisiswire.fetching.watching import Watcher

__all__ = ["Feed", "WatchSettings", "WatchState", "Watcher", "load_feeds"]
