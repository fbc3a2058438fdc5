"""The spaCy component: what an index says, as groups of spans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import DocBin

from dedup import IndexUnusableError
from dedup.integrations.annotating import ATTRIBUTIONS, MATCHES

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from dedup import Article, Index


@pytest.fixture
def reprint(story: list[Article]) -> Article:
    return next(article for article in story if article.id == "s01-outlet1")


def pipeline(index: Path | None) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("dedup", config={"index": str(index)} if index else {})
    return nlp


def asked(nlp: Language, article: Article) -> Doc:
    doc = nlp.make_doc(article.text)
    doc._.dedup_record = {
        name: getattr(article, name) for name in ("id", "publisher", "published_at")
    }
    return nlp(doc)


def test_what_an_index_says_is_in_the_document(index: Index, path: Path, reprint: Article) -> None:
    doc = asked(pipeline(path), reprint)
    record = {n: getattr(reprint, n) for n in ("id", "text", "publisher", "published_at")}
    answer = index.check(record)
    assert doc._.dedup == answer.said()
    assert doc._.dedup["verdict"] == "wire_copy"
    assert len(doc.spans[MATCHES]) == len(answer.matches) > 0
    for span, match in zip(doc.spans[MATCHES], answer.matches, strict=True):
        assert (span.label_, span.kb_id_) == (match["kind"], match["other_id"])
        assert span.id_ == match["direction"]
        start, end = int(str(match["start"])), int(str(match["end"]))
        assert span.start_char <= start < end <= span.end_char
        assert reprint.text[start:end] in span.text
    said = [found for found in answer.verdict.attributions if found.n]
    assert [(s.label_, s.kb_id_, s.id_) for s in doc.spans[ATTRIBUTIONS]] == [
        (str(found.kind), found.agency, str(found.scope)) for found in said
    ]


def test_without_an_index_a_text_is_read_by_itself(reprint: Article) -> None:
    doc = asked(pipeline(None), reprint)
    assert len(doc.spans[MATCHES]) == 0
    assert {span.kb_id_ for span in doc.spans[ATTRIBUTIONS]} >= {"reuters"}
    assert doc._.dedup["article_id"] == reprint.id


@pytest.mark.parametrize("with_index", [True, False])
def test_a_blank_text_is_left_alone(index: Index, path: Path, with_index: bool) -> None:  # noqa: FBT001
    assert len(index)
    doc = pipeline(path if with_index else None)("  \n ")
    assert doc._.dedup is None
    assert not doc.spans[MATCHES]
    assert not doc.spans[ATTRIBUTIONS]


def test_an_index_that_is_not_there_is_said(tmp_path: Path) -> None:
    nlp = pipeline(tmp_path / "none.dedup")
    with pytest.raises(IndexUnusableError, match="there is no index at"):
        nlp("A text.")


def test_pipelines_and_documents_are_stored(
    index: Index, path: Path, tmp_path: Path, reprint: Article
) -> None:
    assert len(index)
    nlp = pipeline(path)
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    doc, other = asked(nlp, reprint), asked(again, reprint)
    kept = DocBin(store_user_data=True, docs=[doc, other]).to_bytes()
    stored = list(DocBin().from_bytes(kept).get_docs(nlp.vocab))
    for one in stored:
        assert json.dumps(one._.dedup) == json.dumps(doc._.dedup)
        assert [(s.start, s.end, s.kb_id_) for s in one.spans[MATCHES]] == [
            (s.start, s.end, s.kb_id_) for s in doc.spans[MATCHES]
        ]


def test_processes_open_the_index_each_for_itself(
    index: Index, path: Path, story: list[Article]
) -> None:
    assert len(index)
    texts = [article.text for article in story]
    nlp = pipeline(path)
    alone = [doc._.dedup for doc in nlp.pipe(texts)]  # and so the index is open here
    assert [doc._.dedup for doc in nlp.pipe(texts, n_process=2, batch_size=3)] == alone
