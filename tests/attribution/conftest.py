"""Articles for the tests of this room, read as a pipeline would hand them over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, TypedDict, Unpack

import pytest

from dedup import attribution
from dedup.records import Article, Paragraph, Role

if TYPE_CHECKING:
    from dedup.attribution import Catalogue
    from dedup.records import Credits, Field

#: What stands between an article's edges in these tests: long enough that nothing else is near.
STORY = "\n\n".join(
    f"The harbour board met for the {n} time this month and heard from the people who live on the"
    f" quay, who had brought photocopies of letters that nobody at the ministry had answered."
    for n in ("first", "second", "third", "fourth", "fifth", "sixth")
)


class Known(TypedDict, total=False):
    """What may be known of an article besides its text."""

    publisher: str
    title: str
    authors: tuple[str, ...]
    credit: str
    agency: str
    language: str
    evidence: tuple[Field, ...]


class Reader(Protocol):
    """Reads a text with some metadata."""

    def __call__(self, text: str, **known: Unpack[Known]) -> Credits: ...


def split(text: str) -> list[Paragraph]:
    """Split at blank lines, or at line ends where there are none."""
    gap = r"\n\s*\n" if re.search(r"\n\s*\n", text) else r"\n"
    paragraphs: list[Paragraph] = []
    at = 0
    for end in [*(m.start() for m in re.finditer(gap, text)), len(text)]:
        piece = text[at:end]
        if piece.strip():
            start = at + len(piece) - len(piece.lstrip())
            paragraphs.append(
                Paragraph(len(paragraphs) + 1, start, start + len(piece.strip()), Role.BODY)
            )
        at = end
    return paragraphs


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return attribution.load()


@pytest.fixture(scope="session")
def story() -> str:
    return STORY


@pytest.fixture(scope="session")
def read(catalogue: Catalogue) -> Reader:
    def read_article(text: str, **known: Unpack[Known]) -> Credits:
        article = Article(id="a", text=text, **known)
        found = attribution.read(article, split(text), catalogue)
        for row in found.attributions:
            if row.n:
                assert text[row.start : row.end] == row.text
        return found

    return read_article
