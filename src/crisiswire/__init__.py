"""crisiswire: who did what to whom, when, where and according to whom, from news reports.

from crisiswire import Article, Coder
coder = Coder()
events = coder.code(Article(text="…", date=date(2019, 5, 31)))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crisiswire.errors import CrisiswireError
    from crisiswire.model import (
        Actor,
        Article,
        Attribution,
        Event,
        Place,
        Quantity,
        Quote,
        Span,
        When,
    )
    from crisiswire.pipeline import Coder

__version__ = "0.1.0"
__all__ = [
    "Actor",
    "Article",
    "Attribution",
    "Coder",
    "CrisiswireError",
    "Event",
    "Place",
    "Quantity",
    "Quote",
    "Span",
    "When",
    "__version__",
]


def __getattr__(name: str) -> Any:
    """Public names, loaded on first use so that ``crisiswire --version`` is instant."""
    import importlib

    if name == "Coder":
        return importlib.import_module("crisiswire.pipeline").Coder
    if name == "CrisiswireError":
        return importlib.import_module("crisiswire.errors").CrisiswireError
    if name in __all__:
        return getattr(importlib.import_module("crisiswire.model"), name)
    raise AttributeError(f"module 'crisiswire' has no attribute {name!r}")
