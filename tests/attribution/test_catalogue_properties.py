"""What holds of every name of every entry, in any neutral surroundings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.attribution import names
from dedup.attribution.catalogue import load

CATALOGUE = load()
SURE = [
    (entry.id, name)
    for entry in CATALOGUE.agencies.values()
    for name in entry.names
    if name not in entry.doubtful and name not in entry.exact
]
SHORT = [
    (entry.id, name)
    for entry in CATALOGUE.agencies.values()
    for name in (*entry.exact, *entry.context)
]
BEFORE = ("", "été ", "hier — ", "«", "“", "(", "\n", "\xa0", "0, ", "» ")
AFTER = ("", " été", " — hier", "»", "”", ")", ",", ".", "\n", "\xa0", "'s", "’s", ": 0")
PIECES = (
    *("(Reuters)", "AP", "and", "新华社", "été", "Associated Press", "of", "Pakistan", "l'AFP"),
    *("\n", "Thomson", "رويترز", "dpa-", "PTI/", "China News", "Service"),
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=14)
known = settings(max_examples=200)


@known
@given(st.sampled_from(SURE), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_a_sure_name_is_found_exactly_at_its_place(
    entry: tuple[str, str], before: str, after: str
) -> None:
    id_, name = entry
    text = f"{before}{name}{after}"
    known_by = [one for other, one in SURE if other == id_ and f"{name}{after}".startswith(one)]
    longest = max(map(len, known_by))  # "Corp" and a full stop may be "Corp."
    assert [(m.agency, m.start, m.end) for m in CATALOGUE.find(text)] == [
        (id_, len(before), len(before) + longest)
    ]


@known
@given(st.sampled_from(SHORT), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_a_short_name_is_found_exactly_at_its_place(
    entry: tuple[str, str], before: str, after: str
) -> None:
    id_, name = entry
    accent = "" if name[0].isupper() else "é "
    text = f"{accent}{before}{name}{after}"
    start = len(accent + before)
    found = [(m.agency, m.start, m.end, m.needs_context) for m in CATALOGUE.find(text)]
    needs_context = name in CATALOGUE.agencies[id_].context
    assert found == [(id_, start, start + len(name), needs_context)]


@known
@given(st.sampled_from(SURE))
def test_capitals_breaks_and_blanks_change_nothing(entry: tuple[str, str]) -> None:
    id_, name = entry
    for written in (name.upper(), name.replace(" ", "\n"), name.replace(" ", "\xa0")):
        (mention,) = CATALOGUE.find(f"é {written} é")
        assert (mention.agency, mention.start, mention.end) == (id_, 2, 2 + len(written))


@known
@given(st.sampled_from(SURE), st.sampled_from("xqé9ж"))
def test_a_letter_before_a_word_makes_it_another_word(entry: tuple[str, str], letter: str) -> None:
    _, name = entry
    if not names.begins(f"{letter}{name}", 1):
        assert all(m.start > 1 for m in CATALOGUE.find(f"{letter}{name}"))


@known
@given(WORDS, st.sampled_from((" ", "", "\n")))
def test_mentions_are_in_order_and_never_overlap(words: list[str], gap: str) -> None:
    text = gap.join(words)
    mentions = CATALOGUE.find(text)
    ends = [0, *(m.end for m in mentions)]
    assert all(m.start >= end for m, end in zip(mentions, ends, strict=False))
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)


@known
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for mention in (*CATALOGUE.find(text), *CATALOGUE.find_in_field(text)):
        assert mention.agency in CATALOGUE.agencies
        assert text[mention.start : mention.end]
    assert CATALOGUE.by_publisher(text, text) in {"", *CATALOGUE.agencies}
    assert CATALOGUE.by_name(text) in {"", *CATALOGUE.agencies}
