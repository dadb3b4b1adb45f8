"""Words, dashes, brackets and figures in a text, each against the regular expression that says the same."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from cchc_desktop.domain.body_names import begins_with, has_words, spoken
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan_check_tasks import leads
from cchc_desktop.domain.preset import PresetTarget, has_figure
from cchc_desktop.domain.room_name import room_key, room_of

NAMES = ("Sở Nội vụ", "Nội vụ", "Văn phòng", "Phòng Văn hóa – Xã hội", "Ban A, B và C", "a")
_PIECES = st.sampled_from(
    [
        *(*NAMES, "phòng", "sở", "sớm", "ban", "Bản", "Hội", "to cong", "Tổ công tác", "Đoàn Thanh niên"),
        *(
            " và ",
            "va",
            ",",
            ";",
            "/",
            "+",
            "&",
            "\n",
            "\0",
            "-",
            "–",
            "―",
            "‒",
            "—",
            "‐",
            "‑",
            "(",
            ")",
            " ",
        ),
        *("_", ".", "1", "٣", "²", "\u0323", "\u0301", "\u0332", "\u00a0", "\t", "\x1c", "\x85", "đ", "Đ"),
        *("tram", " ", "  ", "ô\u0323"),
    ]
)
TEXTS = st.one_of(st.lists(_PIECES, max_size=8).map("".join), st.text(max_size=20))


@given(TEXTS, st.one_of(st.sampled_from(NAMES), TEXTS))
@example("cơ sở nội vụ, sở nội vụ", "sở nội vụ")
@example("_a a_ aa", "a")
@example("aa a", "a")
@example("a", "a")
@example("", "")
@example("a.", "")
def test_whole_words(text: str, words: str) -> None:
    whole = rf"(?<!\w){re.escape(words)}(?!\w)"
    assert has_words(text, words) is (re.search(whole, text) is not None)
    assert begins_with(text, words) is (re.match(rf"{re.escape(words)}(?!\w)", text) is not None)


@given(TEXTS)
@example(" - a--b – — c\u2011\n")
def test_dashes_are_read_aloud_alike(text: str) -> None:
    # before: the dashes and blanks of a text that is spoken already, and dashes touching its words
    dashed = re.sub(r"\s*[-‐‑‒–—]\s*", " - ", text)
    assert spoken(text) == spoken(re.sub(r"\s+", " ", dashed).strip())
    assert not re.search(r"[‐‑‒–—]|\s\s|^\s|\s$|[^ ]-|-[^ ]|[^\S ]", spoken(text))


@given(TEXTS)
@example(" Phòng  Văn hóa\n–\tXã hội ")
@example("- a - - b -")
@example("".join(map(chr, range(0x200F, 0x2018))))
@example("")
def test_a_room_s_key_has_no_blank_beside_a_dash(name: str) -> None:
    assert room_key(name) == re.sub(r"\s*[-‐-―]\s*", "-", " ".join(folded(name).split()))


@given(TEXTS)
@example("Công an xã (Đại úy Y Bhem)")
@example("a (b) (c)\n")
@example("a (b\n) \n")
@example("a (b) c)")
@example("a ((b)")
@example("(b)")
@example("a (")
@example("a)")
@example("a ()")
def test_the_person_in_brackets_falls_away(lead: str) -> None:
    assert room_of(lead) == re.sub(r"\s*\([^()]*\)\s*$", "", lead).strip()


@given(TEXTS, st.lists(st.sampled_from(NAMES), max_size=3))
@example("Phòng A\0Ban B va va So C", [])
@example("Sở_ A, sở A, sớm B, Sở", [])
@example("Sở Nội vụ Văn phòng", ["Sở Nội vụ", "Văn phòng", "Nội vụ"])
def test_leads_are_known_names_and_what_begins_like_a_body(written: str, known: list[str]) -> None:
    names = sorted({folded(name) for name in known}, key=len, reverse=True)
    any_name = rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)" if names else "(?!)"
    rest, count = re.subn(any_name, ";", folded(written))
    body = (
        r"(phong|van phong|trung tam|ban|bo phan|so|ubnd|uy ban|don vi|cong an|tram|thanh tra|chi cuc|hoi"
        r"|to cong|doan thanh nien)\b"
    )
    parts = re.split(r"[,;/+&\n\0]| va ", rest)
    assert leads(written, known) == max(1, count + sum(bool(re.match(body, part.strip())) for part in parts))


FIGURE = r"([≥≤><]?\s*)([0-9]+(?:[.,][0-9]+)?)((?:\s*%)?)"
RISING = PresetTarget("k", "a", "T", "%", "", increment=Decimal(1), base_year=2025)


@given(st.one_of(st.from_regex(FIGURE, fullmatch=True), st.text("≥≤<> \n\u00a0059.,%-٣", max_size=9)))
@example("≥ 85,5 %")
@example("≥≥ 5")
@example("5 ")
@example("5%\n")
@example("%")
@example("> %")
@example("1,2.3")
@example("")
def test_a_target_rises_by_its_figure(value: str) -> None:
    found = re.fullmatch(FIGURE, value)
    assert has_figure(value) is (found is not None)
    risen = replace(RISING, value=value).value_in(2026)
    if found is None:
        assert risen == value
    else:
        figure = Decimal(found[2].replace(",", ".")) + 1
        assert risen.startswith(found[1]) and risen.endswith(found[3])
        assert Decimal(risen[len(found[1]) : len(risen) - len(found[3])].replace(",", ".")) == figure
