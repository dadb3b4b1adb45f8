"""What a PDF could do when it is opened is said, whatever way it is hidden."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from cchc_desktop.intake import pdf_content
from tests.intake.active_files import codes, object_stream


def pdf(add: Callable[[pikepdf.Pdf], object], *, packed_objects: bool = False) -> bytes:
    """A page and what `add` puts in; with `packed_objects` nothing of it stands in clear."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    add(made)
    to = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed_objects else pikepdf.ObjectStreamMode.disable
    made.save(to, object_stream_mode=mode, compress_streams=True)
    return to.getvalue()


def opening(action: pikepdf.Dictionary) -> Callable[[pikepdf.Pdf], object]:
    def add(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(action)

    return add


def annotation(action: pikepdf.Dictionary) -> Callable[[pikepdf.Pdf], object]:
    def add(made: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
        )
        made.pages[0].Annots = made.make_indirect(pikepdf.Array([made.make_indirect(link)]))

    return add


def attachment(made: pikepdf.Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ" + bytes(100)


def form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def script(made: pikepdf.Pdf) -> None:
    opening(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))(made)


PDFS: dict[str, tuple[list[str], Callable[[pikepdf.Pdf], object]]] = {
    "plain": ([], lambda made: None),
    "JavaScript on opening": (["pdf_on_open", "pdf_script"], script),
    "program started": (
        ["pdf_launch"],
        annotation(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")),
    ),
    "embedded file": (["pdf_files"], attachment),
    "link": (["pdf_link"], annotation(pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.vn"))),
    "data sent": (
        ["pdf_form"],
        annotation(pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://example.vn")),
    ),
    "other file": (["pdf_other_file"], annotation(pikepdf.Dictionary(S=pikepdf.Name.GoToR, F="b.pdf"))),
    "dynamic form": (["pdf_xfa"], form),
}


@pytest.mark.parametrize("packed_objects", [False, True], ids=["in clear", "in object streams"])
@pytest.mark.parametrize("what", PDFS)
def test_pdf_is_pointed_out(what: str, packed_objects: bool, tmp_path: Path) -> None:
    expected, add = PDFS[what]
    content = pdf(add, packed_objects=packed_objects)
    if packed_objects:
        assert not any(word in content for word in (b"/JavaScript", b"/Launch", b"/Names", b"/URI", b"/Goto"))
    assert codes(content, "a.pdf", tmp_path) == expected


def test_pdf_names_in_hex_are_found(tmp_path: Path) -> None:
    good = b"%PDF-1.7\n1 0 obj<</S/Go /JS(x)>>endobj\n%%EOF"
    assert codes(good, "a.pdf", tmp_path) == []
    for spelling in (b"/J#61vaScript", b"/#4a#61#76#61#53cript", b"/JavaS#63ript", b"/JavaScrip#74"):
        assert codes(good.replace(b"/Go", spelling), "a.pdf", tmp_path) == ["pdf_script"]
    assert codes(good.replace(b"/Go", b"/JavaScriptX"), "a.pdf", tmp_path) == []


@pytest.mark.parametrize("spelling", [b"/S/URI", b"/S /U#52I", b"/S\r\n%x\n/URI", b"/#53 /URI"])
def test_pdf_link_in_any_spelling(spelling: bytes, tmp_path: Path) -> None:
    content = b"%PDF-1.7\n1 0 obj<<" + spelling + b"/URI(http://x.vn)>>endobj\n%%EOF"
    assert codes(content, "a.pdf", tmp_path) == ["pdf_link"]


INNER = b"5 0 << /S /JavaScript /JS (x) >>"


def test_pdf_object_stream_under_another_name_is_searched(tmp_path: Path) -> None:
    """Its dictionary may stand elsewhere, or say nothing: the content tells."""
    for dictionary in (b"", b"/Type 9 0 R/Filter 8 0 R", b"/Type/XObject/Subtype/Image/Filter/FlateDecode"):
        assert codes(object_stream(zlib.compress(INNER), dictionary), "a.pdf", tmp_path) == ["pdf_script"]


def test_pdf_object_stream_in_two_layers_is_said(tmp_path: Path) -> None:
    twice = zlib.compress(zlib.compress(INNER).hex().encode())
    both = b"/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/ASCIIHexDecode/FlateDecode]"
    assert codes(object_stream(twice, both), "a.pdf", tmp_path) == ["pdf_unsearched"]


def test_pdf_object_stream_over_the_end_of_a_block_is_searched(tmp_path: Path) -> None:
    for before in range(pdf_content._BLOCK - 220, pdf_content._BLOCK, 11):
        content = b"%PDF-1.7\n" + b"%" * before + b"\n" + object_stream(zlib.compress(INNER))
        assert codes(content, "a.pdf", tmp_path) == ["pdf_script"], before


def test_pdf_hidden_behind_a_false_stream_is_found(tmp_path: Path) -> None:
    """A search that jumped over streams would miss what a comment calls one."""
    content = b"%PDF-1.7\n% stream\n1 0 obj<</S/JavaScript>>endobj\n% endstream\n%%EOF"
    assert codes(content, "a.pdf", tmp_path) == ["pdf_script"]


def test_pdf_that_is_locked_is_said(tmp_path: Path) -> None:
    made = pikepdf.new()
    made.add_blank_page()
    to = io.BytesIO()
    made.save(to, encryption=pikepdf.Encryption(owner="chủ", user=""))
    assert codes(to.getvalue(), "a.pdf", tmp_path) == ["pdf_encrypted"]


def test_pdf_bomb_ends_at_the_bound(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    block = b" " * 1_000_000
    bomb = packer.compress(b"5 0 ") + b"".join(packer.compress(block) for _ in range(100)) + packer.flush()
    assert len(bomb) < 200_000
    assert codes(object_stream(bomb), "a.pdf", tmp_path) == ["pdf_unsearched"]


def test_pdf_of_nothing_but_streams_ends_at_the_bound(tmp_path: Path) -> None:
    content = b"%PDF-1.7\n" + b"1 0 obj<<>>stream\nx\nendstream " * (pdf_content.MOST_STREAMS + 1)
    assert codes(content, "a.pdf", tmp_path) == ["pdf_unsearched"]


def test_program_with_a_pdf_behind_it_is_said(tmp_path: Path) -> None:
    assert "type_differs" in codes(b"MZ" + bytes(50) + b"%PDF-1.7\n%%EOF", "a.pdf", tmp_path)
