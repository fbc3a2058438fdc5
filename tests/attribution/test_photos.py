from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Kind, Role

if TYPE_CHECKING:
    from tests.attribution.conftest import Reader


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Photo: Reuters/Jane Doe", "reuters"),
        ("A quay at dusk. (Photo: Reuters/D. Okello)", "reuters"),
        ("© Photo AFP / S. Bocquet", "afp"),
        ("AP Photo/Jane Doe", "ap"),
        ("A quay at dusk (AP Photo/Jane Doe, File)", "ap"),
        ("Jane Doe/AFP/Getty Images", "afp"),
        ("File photo: PTI", "pti"),
        ("A quay at dusk. (Jane Doe/Reuters)", "reuters"),
        ("Enlarge this image toggle caption Jane Doe/AP Jane Doe/AP", "ap"),
        ("Image copyright Reuters Image caption A quay at dusk", "reuters"),
        ("A quay at dusk. | AP Photo", "ap"),
        ("사진: 신화통신", "xinhua"),
        ("Foto: dpa", "dpa"),
        ("Foto: EFE", "efe"),
        ("Foto ANSA", "ansa"),
    ],
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_photo_credit_is_never_a_text_credit(
    read: Reader, story: str, line: str, agency: str, place: str
) -> None:
    pages = {"first": f"{line}\n\n{story}", "middle": f"{story}\n\n{line}\n\n{story}"}
    found = read(pages.get(place, f"{story}\n\n{line}"))
    assert {row.kind for row in found.attributions} == {Kind.PHOTO}
    assert agency in {row.agency for row in found.attributions}
    assert [role for _, role in found.roles] == [Role.CAPTION]


@pytest.mark.parametrize("line", ["Photo: Jane Doe", "A quay at dusk. Photo: Jane Doe"])
def test_a_photo_credit_without_an_agency_is_a_caption(read: Reader, story: str, line: str) -> None:
    found = read(f"{line}\n\n{story}")
    assert found.attributions == ()
    assert found.roles == ((1, Role.CAPTION),)


def test_a_paragraph_that_speaks_of_photos_is_none(read: Reader, story: str) -> None:
    text = f"{story}\n\nThe photos were false, a doctor told Reuters.\n\n{story}"
    found = read(text)
    assert [row.kind for row in found.attributions] == [Kind.TOLD]
    assert found.roles == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "He leads, an NBC News/Wall Street Journal/Marist poll found.",
        "(A CNN/ORC poll out Friday has him ahead.)",
        "Support is at its lowest level in Journal/NBC polling.",
        "An instant poll from CNN/YouGov had him ahead.",
        "He trusts the AP/Reuters.",
        "Selon un sondage BFM/AFP, dix hommes ont couru.",
        "Someone shared an image of CNN and its reporters.",
        "Read all of it on https://twitter.com/AP and http://feeds.example/ AP.",
    ],
)
def test_names_in_a_sentence_are_no_photo_credit(read: Reader, story: str, sentence: str) -> None:
    found = read(f"{story}\n\n{sentence}\n\n{story}")
    assert Kind.PHOTO not in {row.kind for row in found.attributions}
    assert found.roles == ()


@pytest.mark.parametrize(
    "line",
    [
        "CLOSE The president was moved to the hospital across the street. (Aug. 22) AP",
        "Shoppers in New York. Reuters",
        "A rally in Tampa, Fla. AP",
    ],
)
def test_a_name_behind_the_last_sentence_of_a_caption_is_its_credit(
    read: Reader, story: str, line: str
) -> None:
    found = read(f"{line}\n\n{story}")
    assert [(row.kind, row.n) for row in found.attributions] == [(Kind.PHOTO, 1)]
    assert found.roles == ((1, Role.CAPTION),)


@pytest.mark.parametrize("line", ["It is smart to swing at Mr. Bloomberg", "(END) Reuters"])
def test_a_name_at_the_end_of_a_line_is_no_photo_credit(
    read: Reader, story: str, line: str
) -> None:
    found = read(f"{story}\n\n{line}\n\n{story}")
    assert Kind.PHOTO not in {row.kind for row in found.attributions}
    assert found.roles == ()
