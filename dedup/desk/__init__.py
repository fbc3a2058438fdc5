"""The desk: a page and a JSON API that say of a text, while it is typed, where it comes from.

The web server (`application`) holds no index: it asks processes that do (`lanes`, `reading`), each
question within its time, so that it answers others whatever one of them costs.
"""

from __future__ import annotations

from dedup.desk.serving import Entrance, serve

__all__ = ["Entrance", "serve"]
