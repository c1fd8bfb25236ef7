"""From files to articles: formats, encodings, cleaning, dates and language."""

from crisiswire.reading.cleaning import Dateline, dateline, masked_ranges
from crisiswire.reading.language import detect_language
from crisiswire.reading.options import ArticleDefaults, ReadLimits
from crisiswire.reading.reader import read_articles

__all__ = [
    "ArticleDefaults",
    "Dateline",
    "ReadLimits",
    "dateline",
    "detect_language",
    "masked_ranges",
    "read_articles",
]
