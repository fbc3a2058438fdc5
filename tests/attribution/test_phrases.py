"""Words with their places, and phrases against a plain matcher."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.attribution import lexicon
from dedup.attribution.phrases import Phrases, Words, keys_of

TEXTS = st.lists(
    st.sampled_from(
        [
            "told",
            "AP's",
            "’s",
            "O’Neill",
            "'",
            ",",
            "—",
            " ",
            "\n",
            "İ",
            "Σ",
            "新华",
            "a-b",
            "x_1",
            "!",
        ]
    ),
    max_size=12,
).map("".join)
KEYS = st.lists(st.sampled_from(["a", "b", "c", "…", "."]), max_size=16)
PHRASES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["a", "b", "c|a", "…"]), min_size=1, max_size=4).map(" ".join),
        st.sampled_from("uvw"),
    ),
    max_size=6,
)


def ends(phrase: list[str], keys: list[str], at: int) -> int:
    """Give where a phrase ends that begins at a word, or 0; a gap is nine words at most."""
    if not phrase:
        return at
    if phrase[0] != "…":
        if keys[at : at + 1] != phrase[:1]:
            return 0
        return ends(phrase[1:], keys, at + 1)
    for start in range(at, min(at + 10, len(keys))):
        end = ends(phrase[1:], keys, start)
        if end or keys[start] in ".!?;:":
            return end
    return 0


def plain_match(phrases: list[tuple[str, str]], keys: list[str], at: int) -> tuple[str, int] | None:
    """Try every spelling: those without a gap first, then the longest, then in their order."""
    spelled: list[tuple[list[str], str]] = []
    for phrase, value in phrases:
        begun: list[list[str]] = [[]]
        for slot in phrase.split():
            begun = [[*words, word] for words in begun for word in slot.split("|")]
        spelled += [(words, value) for words in begun]
    spelled.sort(key=lambda entry: ("…" in entry[0], -len(entry[0]), entry))
    for words, value in spelled:
        end = ends(words, keys, at) if keys[at : at + 1] == words[:1] else 0
        if end:
            return value, end
    return None


@given(TEXTS, st.data())
def test_words_stand_where_they_say(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = Words(text, start, end)
    spans = words.spans()
    piece = text[start:end].replace("’", "'")
    written = piece, piece.lower()  # as a whole: a sigma is another where its word ends
    assert len(spans) == len(words.keys)
    for number, (key, (first, last)) in enumerate(zip(words.keys, spans, strict=True)):
        assert start <= first < last <= end
        assert key in {piece[first - start : last - start] for piece in written}
        assert (words.start(number), words.end(number)) == (first, last)
        assert words.start(number - len(spans)) == first
    assert "".join(text[first:last] for first, last in spans) == "".join(text[start:end].split())


@settings(max_examples=500)
@given(PHRASES, KEYS)
def test_the_longest_phrase_is_matched(phrases: list[tuple[str, str]], keys: list[str]) -> None:
    known = Phrases(phrases)
    for at in range(len(keys) + 1):
        assert known.match(keys, at) == plain_match(phrases, keys, at)
    places = [at for at in range(len(keys)) if known.match(keys, at)]
    found = known.find(keys)
    assert (found[0] if found else None) == (places[0] if places else None)


def test_shipped_phrases_are_matched_on_both_sides_of_a_name() -> None:
    before = keys_of("so he said on Monday evening to")[::-1]
    assert lexicon.before().match(before, 0) == ("told", 5)
    assert lexicon.after().match(keys_of("was not immediately able to"), 0) == ("agency_source", 4)
