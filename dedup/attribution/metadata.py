"""Credits beside the text: author, credit and agency fields, evidence of the page or feed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.attribution import lexicon
from dedup.attribution.phrases import keys_of
from dedup.records import Attribution, Kind, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.attribution.catalogue import Catalogue
    from dedup.records import Article

_PICTURES = ("image", "photo", "thumbnail", "picture", "media:", "media.")
#: Fields of feeds that say how an item may be used or which state of it this is, and not by whom.
_TERMS = ("usage", "limitations", "embargo", "release", "version")
_LONGEST_CREDIT = 300


def read_metadata(article: Article, catalogue: Catalogue, house: str) -> list[Attribution]:
    """Give the agencies that the article's fields name.

    Args:
        article: With the fields.
        catalogue: The names to look for.
        house: The entry that the publisher is; a row only where it is an agency.

    """
    named = [
        (name, value, agency)
        for name, value in _fields(article)
        for agency in _named(catalogue, value)
        if not agency or agency != house or catalogue.agencies[agency].is_agency
    ]
    if house and catalogue.agencies[house].is_agency:
        said = ("publisher", article.publisher) if article.publisher else ("url", article.url)
        named.append((*said, house))
    return [
        Attribution(
            *(0, 0, 0, f"{name}={value}", agency, Kind.METADATA, Scope.ARTICLE),
            is_agency=bool(agency) and catalogue.agencies[agency].is_agency,
        )
        for name, value, agency in dict.fromkeys(named)
    ]


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    for author in article.authors:
        yield "author", author
    if article.credit:
        yield "credit", article.credit
    if article.agency:
        yield "agency", article.agency
    for name, value in article.evidence:
        if not any(other in name.lower() for other in (*_PICTURES, *_TERMS)):
            yield name, value


@lru_cache(maxsize=4096)
def _named(catalogue: Catalogue, value: str) -> tuple[str, ...]:
    """Give the entries a field names, an empty one where it says only "Agencies"."""
    if len(value) > _LONGEST_CREDIT:
        return ()
    if "://" in value and " " not in value:
        found = [catalogue.by_publisher("", value)]
    else:
        found = [m.agency for m in catalogue.find_in_field(value)] or [catalogue.by_name(value)]
    named = tuple(dict.fromkeys(agency for agency in found if agency))
    return named or (("",) if _generic(value) else ())


def _generic(value: str) -> bool:
    """Whether a field says only "Agencies" or the like."""
    keys = keys_of(value)
    if lexicon.words("lines", "generic").isdisjoint(keys):
        return False
    known = lexicon.words("lines", "vocabulary")
    return all(key in known for key in keys if key[0].isalnum())
