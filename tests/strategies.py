"""Articles for property tests, and what a copyist does to one: cut, swap, reword, credit-strip.

The sentences tell of different things and share no run of words, so that what two articles have in
common is exactly the sentences that both were given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy


def one_by_one(text: str) -> tuple[str, ...]:
    """Cut a text after every full stop."""
    return tuple(f"{sentence.strip('.')}." for sentence in " ".join(text.split()).split(". "))


#: What a wire's copy stands under, and what a client may leave off.
DATELINE, TAGLINE = "NAIROBI (Reuters) - ", "With inputs from Associated Press"

SENTENCES = one_by_one("""
The harbour board rejected the dredging plan after fishermen blocked the eastern quay with forty
trawlers. Engineers found hairline cracks in two girders of the viaduct while they were repainting
its northern railings. A schoolteacher from Kisumu won the marathon in pouring rain, beating a
field of seasoned professionals by nearly a minute. Prosecutors say the accountant moved pension
money through nine shell companies before buying a vineyard. Villagers carried sacks of maize
uphill for three days when the river swallowed the only road to the clinic. The orchestra cancelled
its spring tour because customs officers impounded two antique cellos at the border. Beekeepers
blame a new orchard spray for the collapse of hives along the whole western slope. An inquiry heard
that the ferry left port with its bow doors ajar and a lookout asleep below deck. Researchers
drilled through ancient ice and brought up ash from an eruption nobody had recorded. The bakery
chain shut half its ovens as wheat became dearer than at any time since the war. Striking tram
drivers lit braziers outside the depot and promised to stay until their rosters changed. A retired
judge will look again at the verdicts that sent six dockers to prison in the seventies. Hackers
locked the hospital's scheduling computers, so nurses wrote appointments on cardboard for a week.
The glacier lake burst its moraine at dawn and carried boulders the size of lorries into the
valley. Shareholders booed the chairman when he defended a bonus larger than the factory's annual
wages. Botanists rediscovered a yellow orchid that collectors had believed extinct since Victorian
times. The council wants to flood the old quarry and rent out pedal boats to summer visitors.
Smugglers hid parrots inside hollow dictionaries, but a sniffer dog barked at the parcel. Pilots
complained for years about the runway lamps before the cargo plane slid into the marsh. The queen
opened a library shaped like a folded newspaper on the site of a demolished brewery. Seismologists
warned hoteliers that the dormant volcano under the resort was breathing again. A goalkeeper scored
from his own penalty area as a gale carried the ball the length of the pitch. Customs data show
that smokers cross the strait each weekend to fill their boots with cheap tobacco. The monastery
sold a medieval psalter to mend its roof, and bidders telephoned from four continents. Firefighters
let the peat burn underground because trenches had failed to starve it of air. A court ordered the
mine to empty its tailings pond after cattle downstream went blind. Parliament voted by candlelight
when a squirrel bit through the cable feeding the chamber. The refinery flared gas all night,
turning the clouds above the estuary the colour of apricots. Divers raised a bronze propeller
thought to belong to a submarine lost with every sailor aboard. Midwives in the delta deliver
babies on moored barges while the causeway lies under water.
""")

#: Other words of the same meaning, for a light hand.
OTHER_WORDS = {
    "rejected": "refused",
    "found": "discovered",
    "won": "took",
    "say": "claim",
    "carried": "hauled",
    "cancelled": "scrapped",
    "blame": "accuse",
    "heard": "learned",
    "shut": "closed",
    "promised": "vowed",
    "locked": "froze",
    "burst": "broke",
    "hid": "concealed",
    "warned": "told",
    "voted": "decided",
    "ordered": "told",
    "raised": "lifted",
    "sold": "auctioned",
    "nearly": "almost",
    "whole": "entire",
    "because": "since",
    "before": "ahead of",
}


class Copy(NamedTuple):
    """An article, and the one that was made of it."""

    source: str
    text: str
    kept: tuple[str, ...]  #: the sentences that came through word for word


class Draft(NamedTuple):
    """An article's sentences, paragraph by paragraph."""

    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(sentences) for sentences in self.paragraphs)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for sentences in self.paragraphs for sentence in sentences)


def laid_out(sentences: Sequence[str], size: int) -> Draft:
    """Put ``size`` sentences into each paragraph."""
    cuts = range(0, len(sentences), size)
    return Draft(tuple(tuple(sentences[cut : cut + size]) for cut in cuts))


@st.composite
def drafts(draw: DrawFn, least: int = 3, most: int = 10, of: Sequence[str] = SENTENCES) -> Draft:
    """Draw an article of sentences that are all different."""
    chosen = draw(st.lists(st.sampled_from(of), min_size=least, max_size=most, unique=True))
    return laid_out(chosen, draw(st.integers(1, 3)))


def articles(least: int = 3, most: int = 10) -> SearchStrategy[str]:
    return drafts(least, most).map(lambda draft: draft.text)


@st.composite
def unrelated(draw: DrawFn, least: int = 3, most: int = 8) -> tuple[Draft, Draft]:
    """Draw two articles that have no sentence in common."""
    order = draw(st.permutations(SENTENCES))
    cut, end = draw(st.integers(least, most)), draw(st.integers(least, most))
    size = draw(st.integers(1, 3))
    return laid_out(order[:cut], size), laid_out(order[cut : cut + end], size)


@st.composite
def cut(draw: DrawFn, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out some sentences, but not all."""
    kept = draw(st.sets(st.sampled_from(range(len(sentences))), min_size=1))
    return tuple(sentence for i, sentence in enumerate(sentences) if i in kept)


@st.composite
def swap(draw: DrawFn, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Let two neighbours change places."""
    if len(sentences) < 2:
        return sentences
    i = draw(st.integers(0, len(sentences) - 2))
    return (*sentences[:i], sentences[i + 1], sentences[i], *sentences[i + 2 :])


@st.composite
def reword(draw: DrawFn, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Say one thing in other words wherever the table knows some, in some of the sentences."""
    chosen = draw(st.sets(st.sampled_from(range(len(sentences)))))
    return tuple(_reworded(s) if i in chosen else s for i, s in enumerate(sentences))


def _reworded(sentence: str) -> str:
    return " ".join(OTHER_WORDS.get(word, word) for word in sentence.split(" "))


def turned(sentence: str) -> str:
    """Say the same words in another order, in which hardly any three stand together."""
    words = sentence.rstrip(".").lower().split(" ")
    return " ".join(words[1::2][::-1] + words[::2]).capitalize() + "."


def credited(text: str) -> str:
    """Put an agency's dateline before a text and a tagline after it."""
    return f"{DATELINE}{text}\n\n{TAGLINE}"


def credit_strip(text: str) -> str:
    """Take the dateline and the tagline away."""
    return text.removeprefix(DATELINE).removesuffix(TAGLINE).rstrip()


@st.composite
def copies(draw: DrawFn, least: int = 4, most: int = 10) -> Copy:
    """Draw an article under an agency's credits, and a copy of it that went through some edits."""
    draft = draw(drafts(least, most))
    sentences = draft.sentences
    for edit in draw(st.lists(st.sampled_from((cut, swap, reword)), max_size=3, unique=True)):
        sentences = draw(edit(sentences))
    source, text = credited(draft.text), laid_out(sentences, draw(st.integers(1, 3))).text
    kept = tuple(sentence for sentence in sentences if sentence in draft.sentences)
    return Copy(source, credit_strip(credited(text)) if draw(st.booleans()) else text, kept)
