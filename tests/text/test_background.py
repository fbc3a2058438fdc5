from __future__ import annotations

import importlib.util
import math
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.compiling import pays
from dedup.tables import NUMBER
from dedup.text.background import (
    LANGUAGES,
    NUMBER_WEIGHT,
    VERSION,
    _WordList,
    background,
    function_words,
    guess_languages,
    weights,
)
from dedup.text.tokens import tokenize, word_hash

pytestmark = pytest.mark.usefixtures("back_end")

FOLDER = Path(str(files("dedup.text"))) / "background"
SENTENCES = {
    "en": "The president said on Tuesday that the government would present a plan to cut costs.",
    "fr": "Le président a annoncé que le gouvernement présenterait un plan dans le sud du pays.",
    "de": "Die Regierung sprach am Donnerstag von einem wichtigen Schritt, den das Land brauche.",
    "es": "El presidente anunció el martes que el gobierno presentará un plan para el sur.",
    "pt": "O presidente anunciou na terça-feira que o governo vai apresentar um plano para o sul.",
    "it": "Il presidente ha annunciato martedì che il governo presenterà un piano per il sud.",
    "ru": "Президент объявил во вторник, что правительство представит план, и это не первый раз.",
    "ar": "أعلن الرئيس يوم الثلاثاء أن الحكومة ستقدم خطة جديدة في البلاد بعد أن كانت قد وعدت",
    "el": "Ο πρόεδρος ανακοίνωσε την Τρίτη ότι η κυβέρνηση θα παρουσιάσει ένα σχέδιο για το νότο.",
    "he": "הנשיא הודיע כי הממשלה תציג תוכנית, אבל לא אמר אם היא גם תפחית את האבטלה של תושבי הדרום",
    "hi": "राष्ट्रपति ने मंगलवार को घोषणा की कि सरकार देश के लिए एक नई योजना पेश करेगी।",
    "ko": "대통령은 이날 또 올해 이번 계획이 가장 중요하다고 말했다. 그는 지난 계획을 위해 밝혔다.",
    "zh": "中国国家主席星期二宣布，政府将提出一项新计划，以降低南部地区的失业率，这是今年第二次。",
    "ja": "大統領は火曜日、南部地域の失業率を下げるための新しい計画を政府が提出すると発表した。",
    "th": "ประธานาธิบดีประกาศเมื่อวันอังคารว่ารัฐบาลจะเสนอแผนใหม่เพื่อลดการว่างงานในภาคใต้ของประเทศ",
}


TAGS = st.sampled_from(["en", "en-GB", "fr", "de", "sv", ""])
#: many with the same leading bits
HASHES = st.builds(lambda high, low: high << 48 | low, st.integers(0, 3), st.integers(0, 9)) | (
    st.integers(0, (1 << 64) - 1)
)


@cache
def recipe() -> dict[str, np.ndarray]:
    pytest.importorskip("wordfreq", reason="the dev extra has it")
    path = Path(__file__).parents[2] / "tools" / "background.py"
    spec = importlib.util.spec_from_file_location("make_background", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    tables: dict[str, np.ndarray] = made.tables()
    return tables


def test_the_shipped_tables_are_what_the_recipe_makes() -> None:
    made = recipe()
    assert sorted(made) == sorted(path.stem for path in FOLDER.glob("*.npy"))
    for name, rows in made.items():
        shipped = np.load(FOLDER / f"{name}.npy", allow_pickle=False)
        assert shipped.dtype == rows.dtype
        assert (shipped == rows).all()


def test_the_tables_are_small_and_their_licence_is_beside_them() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_000_000
    assert "Attribution-ShareAlike 4.0" in (FOLDER / "LICENSE").read_text("utf-8")


def test_a_word_weighs_what_its_frequency_says() -> None:
    wordfreq = pytest.importorskip("wordfreq", reason="the dev extra has it")
    for language, words in (("en", ["government", "Malawi", "2019", "317"]), ("fr", ["l'état"])):
        weights = background(language).weight(word_hash(words)).tolist()
        for word, weight in zip(words, weights, strict=True):
            zipf = wordfreq.zipf_frequency(word, language)
            assert weight == pytest.approx((7.5 - zipf) * math.log(10), abs=0.05)


def test_unknown_words_weigh_most_and_none_less_than_nothing() -> None:
    weights = background("en").weight(word_hash(["qzxqzx", "the"]))
    assert weights.dtype == np.float32
    assert weights.tolist() == pytest.approx([6 * math.log(10), 0], abs=0.01)


def test_no_words() -> None:
    none = np.empty(0, np.uint64)
    assert len(background("en").weight(none)) == 0
    assert len(background("en").function(none)) == 0


def test_no_articles() -> None:
    assert guess_languages(tokenize([])) == []
    assert weights(tokenize([]), []).tolist() == []


@pytest.mark.parametrize(
    ("tag", "table"), [("en-GB", "en"), ("pt_BR", "pt"), ("DE", "de"), ("sv", "any"), ("", "any")]
)
def test_a_tag_finds_its_table(tag: str, table: str) -> None:
    found = background(tag)
    assert (found.language, found.version) == (table, f"{VERSION}:{table}")


def test_the_generic_table_holds_each_word_at_its_most_frequent() -> None:
    words = word_hash(["government", "regierung", "gouvernement"])
    own = [background(tag).weight(words)[i] for i, tag in enumerate(("en", "de", "fr"))]
    assert background("").weight(words).tolist() == pytest.approx(own)
    assert background("").function(word_hash(["the", "der", "malawi"])).tolist() == [1, 1, 0]


def test_function_words() -> None:
    assert background("en").function(word_hash(["the", "said", "don’t"])).tolist() == [1, 0, 1]
    assert background("fr").function(word_hash(["qu'il", "état"])).tolist() == [1, 0]


def test_listed_function_words_are_among_the_commonest() -> None:
    wordfreq = pytest.importorskip("wordfreq", reason="the dev extra has it")
    rare = {
        (language, word): zipf
        for language in LANGUAGES
        for word in function_words()[language]
        if (zipf := wordfreq.zipf_frequency(word, language)) < 3.9
    }
    assert not rare


def test_a_listed_function_word_is_one_word_listed_once() -> None:
    for language, words in function_words().items():
        assert len(words) > 40, language
        if language not in {"zh", "ja", "th"}:
            assert len(tokenize([" ".join(words)]).word) == len(words), language
            assert len(set(word_hash(words).tolist())) == len(words), language


@pytest.mark.parametrize("language", SENTENCES)
def test_languages_are_told(language: str) -> None:
    assert guess_languages(tokenize([SENTENCES[language]])) == [language]


def test_each_article_has_its_own_language() -> None:
    texts = ["", *SENTENCES.values(), "Reuters", ""]
    told = ["", *SENTENCES, "", ""]
    assert guess_languages(tokenize(texts)) == told
    assert guess_languages(tokenize(texts * 9)) == told * 9


@given(st.lists(st.text("theofd l'ß", max_size=30).map(lambda text: f"the of {text}"), max_size=9))
def test_the_language_with_most_function_words_leads(texts: list[str]) -> None:
    lists = {name: set(word_hash(words).tolist()) for name, words in function_words().items()}
    tokens = tokenize(texts)
    for found, first, last in zip(
        guess_languages(tokens), tokens.indptr[:-1], tokens.indptr[1:], strict=True
    ):
        words = tokens.word[first:last].tolist()
        counts = {name: sum(word in own for word in words) for name, own in lists.items()}
        *_, second, best = sorted(counts.values())
        leads = best >= max(4, 0.08 * len(words), 1.25 * second)
        assert counts.get(found, 0) == (best if leads else 0)


@pytest.mark.parametrize(
    "text",
    [
        "De president kondigde dinsdag aan dat de regering een nieuw plan zal voorleggen.",
        "Tổng thống tuyên bố hôm thứ Ba rằng chính phủ sẽ trình bày một kế hoạch mới.",
        "Reuters Reuters Reuters",
    ],
)
def test_other_languages_are_not(text: str) -> None:
    assert guess_languages(tokenize([text])) == [""]


@given(st.lists(st.tuples(st.sampled_from(list(SENTENCES.values())), TAGS), max_size=12))
def test_a_word_weighs_what_its_article_s_language_says(articles: list[tuple[str, str]]) -> None:
    texts = [f"{text} 317 the" for text, _ in articles]
    tokens = tokenize(texts)
    found = weights(tokens, [tag for _, tag in articles])
    assert found.dtype == np.float32
    for (_, tag), first, last in zip(articles, tokens.indptr[:-1], tokens.indptr[1:], strict=True):
        table = background(tag)
        word, flags = tokens.word[first:last], tokens.flags[first:last]
        expected = np.where(table.function(word), 0, table.weight(word))
        expected[flags & NUMBER > 0] = NUMBER_WEIGHT
        assert found[first:last].tolist() == expected.astype(np.float32).tolist()


@given(st.data())
def test_a_row_is_found_where_it_is(data: st.DataObject) -> None:
    listed = np.unique(np.array(data.draw(st.lists(HASHES, min_size=1)), np.uint64))
    asked = data.draw(st.lists(HASHES | st.sampled_from(listed.tolist())))
    table = _WordList.of(listed)
    places = {word: row for row, word in enumerate(listed.tolist())}
    rows = table.find(np.array(asked, np.uint64), compiled=pays(len(asked)))
    assert rows.tolist() == [places.get(word, len(listed)) for word in asked]
