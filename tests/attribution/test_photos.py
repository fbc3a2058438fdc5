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
