"""Bytes to text: every encoding exactly, guesses never silent."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.sources.decode import as_utf8, decode, guess, marked, sound
from dedup.sources.opening import RefusedError

ENGLISH = "The minister said it’s “too early” to judge – but the café owners disagreed.\r\n\x00"
FRENCH = (
    "Le président de la République a déclaré, à l'issue du Conseil des ministres, que la "
    "réforme serait présentée avant l'été. « Nous n'avons pas le choix », a-t-il ajouté."
)
GERMAN = (
    "Die Bundesregierung will die Förderung für Wärmepumpen kürzen, sagte der Minister gestern."
)
RUSSIAN = "Президент подписал закон о бюджете на следующий год, сообщает ТАСС со ссылкой на Кремль."
POLISH = "Rząd przyjął projekt ustawy budżetowej. Premier powiedział, że „środki są zabezpieczone”."
GREEK = "Ο πρωθυπουργός δήλωσε ότι η κυβέρνηση θα στηρίξει τα νοικοκυριά με νέα μέτρα."
JAPANESE = (
    "首相は１１日、首相官邸で記者団に対し、経済対策を早急にまとめる考えを示した。共同通信が報じた。"
)
CHINESE = "新华社北京8月11日电 国务院总理主持召开国务院常务会议，研究部署进一步稳定经济的措施。"
ARABIC = "قال الرئيس إن الحكومة ستتخذ إجراءات جديدة لدعم الاقتصاد، بحسب وكالة فرانس برس."
KOREAN = "연합뉴스에 따르면 정부는 11일 새로운 경제 대책을 발표했다고 밝혔다."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, FRENCH, RUSSIAN, JAPANESE, ARABIC])
def test_unicode_is_read_exactly(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, "")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_byte_order_marks_are_no_text(mark: bytes, encoding: str) -> None:
    data = mark + ENGLISH.encode(encoding)
    assert marked(data)
    assert decode(data).text == ENGLISH
    halves = (data[:7], data[7:])  # a mark and a character may be cut by a chunk's end
    assert b"".join(as_utf8(iter(halves))).decode() == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "latin-1", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8_r"),
        (POLISH, "cp1250", "cp1250"),
        (GREEK, "cp1253", "cp1253"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "gbk", "gb18030"),
        (ARABIC, "cp1256", "cp1256"),
        (KOREAN, "euc_kr", "euc_kr"),
    ],
)
def test_a_guess_is_right_and_never_silent(text: str, encoding: str, said: str) -> None:
    assert decode(text.encode(encoding)) == (text, f"decoded as {said} by a guess")


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="iso-8859-2">',
        b"<META http-equiv=Content-Type content='text/html; charset=ISO-8859-2'>",
        b'<?xml version="1.0" encoding="iso-8859-2"?>',
    ],
)
def test_a_page_may_declare_its_encoding(head: bytes) -> None:
    text = "Rząd przyjął projekt, że środki są"
    decoded = decode(head + text.encode("iso-8859-2"), markup=True)
    assert decoded.text.endswith(text)
    assert decoded.note == ""


def test_latin_1_as_declared_is_read_as_browsers_do() -> None:
    decoded = decode(b"<meta charset=iso-8859-1>\x93caf\xe9\x94", markup=True)
    assert decoded.text.endswith("“café”")


@pytest.mark.parametrize("declared", [b"no-such-thing", b"utf-8"])
def test_a_wrong_declaration_leads_to_a_guess(declared: bytes) -> None:
    data = b'<meta charset="' + declared + b'">' + FRENCH.encode("cp1252")
    assert decode(data, markup=True).text.endswith(FRENCH)
    assert "by a guess" in decode(data, markup=True).note


def test_a_declaration_that_does_not_hold_is_said() -> None:
    data = b"<meta charset=shift_jis>" + RUSSIAN.encode("cp1251") + b"\xff\xfd"
    decoded = decode(data, markup=True)
    assert "президент" in decoded.text.lower()
    assert decoded.note.startswith("not shift_jis as declared: decoded as cp1251")


def test_mostly_utf_8_stays_utf_8() -> None:
    data = RUSSIAN.encode() + b"\xe9 fin"
    assert decode(data) == (RUSSIAN + "� fin", "1 damaged bytes were replaced by �")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"PK\x03\x04", "zip"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(range(32)) * 40, "binary"),
        (b"abc\0" * 100, "binary"),
        (b"\xff\xfea", "not UTF-16"),
    ],
)
def test_what_is_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        decode(data)


def test_a_stream_that_breaks_its_mark() -> None:
    with pytest.raises(RefusedError, match="not UTF-16"):
        list(as_utf8(iter((b"\xff\xfea\0", b"\0\xdc"))))


def test_an_unknowable_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dedup.sources.decode._guessed", lambda _data: "")
    with pytest.raises(RefusedError, match="encoding cannot be found out"):
        decode(b"\xe9\xe8")


def test_stray_bytes_in_a_record_are_decoded() -> None:
    text = FRENCH.encode("cp1252").decode("utf-8", "surrogateescape")
    whole = sound(text)
    assert whole == (FRENCH, "decoded as cp1252 by a guess")
    assert sound("caf\udce9", whole.note).text == "café"  # too short to guess again


def test_half_characters_are_replaced_one_by_one() -> None:
    assert sound("a\ud83d\ude00b") == ("a��b", "half characters were replaced by �")
    assert sound("plain") == ("plain", "")
    assert sound("wörter €") == ("wörter €", "")


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_decoded_or_refused(data: bytes, markup: bool) -> None:  # noqa: FBT001
    try:
        text, _ = decode(data, markup=markup)
    except RefusedError:
        return
    text.encode()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=200))
def test_utf_8_is_never_altered(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), "")


@given(st.binary(max_size=80))
def test_a_guess_says_what_it_did(data: bytes) -> None:
    with contextlib.suppress(RefusedError):
        assert guess(b"\xe9" + data).note
