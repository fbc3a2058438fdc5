"""Who is credited: the catalogue of agencies, and what an article says about its own sources."""

from __future__ import annotations

from dedup.attribution.catalogue import Catalogue, load
from dedup.attribution.reading import prepare, read, read_all
from dedup.attribution.signs import is_update

__all__ = ["Catalogue", "is_update", "load", "prepare", "read", "read_all"]
