"""The draft as other programs read it: Python's email package, munpack; and the size that was promised."""

from __future__ import annotations

import email
import email.policy
import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest

from cchc_desktop.delivery.channel import Errand, Letter, Outgoing
from cchc_desktop.delivery.email_channel import CHANNEL
from cchc_desktop.delivery.email_draft import draft_size, is_address, write_draft
from cchc_desktop.domain.delivery import DeliveryFile, DeliveryState, FileRole
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.readiness import email_capacity, email_size
from cchc_desktop.domain.transfer import TransferMemory
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.message import Message

LETTER = Letter(
    "UBND xã Ea Kao: Kết quả tự chấm điểm cải cách hành chính năm 2026, bản L00 (thư 1/3)",
    "Kính gửi Quý cơ quan,\n\nGửi kèm thư này: Kết quả tự chấm điểm, bản L00.\n.\nFrom đây trở đi\n",
)
ADDRESS = "sonoivu@daklak.gov.vn"
NAME = "XA-EA-KAO_TCD_2026_L00.asice"


def drafted(folder: Path, content: bytes, *, name: str = NAME, address: str = ADDRESS) -> Path:
    (folder / name).write_bytes(content)
    path = folder / "draft.eml"
    with path.open("wb") as file:
        written = write_draft(file, address, LETTER, folder / name, Progress())
    assert written == path.stat().st_size == draft_size(address, LETTER, name, len(content))
    return path


def read(path: Path) -> EmailMessage:
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.SMTP)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


@pytest.mark.parametrize("size", [0, 1, 2, 56, 57, 58, 57 * 16 * 1024, 57 * 16 * 1024 + 1, 1_000_003])
def test_the_draft_reads_back_as_it_was_written(size: int, tmp_path: Path) -> None:
    content = bytes(number * 7 % 251 for number in range(size))
    found = read(drafted(tmp_path, content))
    assert (found["X-Unsent"], found["To"], found["Subject"]) == ("1", ADDRESS, LETTER.subject)
    body = found.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.body
    (attached,) = found.iter_attachments()
    assert attached.get_filename() == NAME
    assert attached.get_content_type() == "application/vnd.etsi.asic-e+zip"
    assert attached.get_payload(decode=True) == content
    assert not list(attached.defects)


def test_lines_are_as_mail_servers_want_them(tmp_path: Path) -> None:
    content = drafted(tmp_path, bytes(100_000)).read_bytes()
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert content.isascii()


def test_names_and_subjects_in_vietnamese_are_encoded(tmp_path: Path) -> None:
    name = "Bảng tự chấm điểm năm 2026.asice"
    raw = drafted(tmp_path, b"x", name=name).read_bytes()
    assert b"filename*" in raw
    assert b"Subject: =?utf-8?" in raw
    (attached,) = read(tmp_path / "draft.eml").iter_attachments()
    assert attached.get_filename() == name


def test_independent_readers_take_the_attachment_out(tmp_path: Path) -> None:
    """munpack knows nothing of this program, nor does `file`; a package of real size."""
    content = bytes(range(256)) * 4000
    path = drafted(tmp_path, content)
    kind = subprocess.run(["file", "-b", str(path)], check=True, capture_output=True, text=True).stdout
    assert "mail" in kind or "MIME" in kind or "ASCII" in kind
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(["munpack", "-q", "-C", str(out), str(path)], check=True, capture_output=True)
    assert (out / NAME).read_bytes() == content


@pytest.mark.parametrize("words", range(1, 60))
def test_long_subjects_keep_every_blank(words: int, tmp_path: Path) -> None:
    """Python 3.11's own folding of headers loses some between words with accents."""
    subject = " ".join(["UBND", "xã", "Ea", "Kao:", "cải", "cách", "hành", "chính", "(mẫu)"] * 7)[: words * 4]
    (tmp_path / NAME).write_bytes(b"x")
    with (tmp_path / "draft.eml").open("wb") as file:
        write_draft(file, ADDRESS, Letter(subject, "x"), tmp_path / NAME, Progress())
    assert read(tmp_path / "draft.eml")["Subject"] == subject.strip()
    head = (tmp_path / "draft.eml").read_bytes().partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78


def test_without_an_address_the_user_fills_it_in(tmp_path: Path) -> None:
    assert read(drafted(tmp_path, b"x", address=""))["To"] is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "a@b.vn, c@d.vn",
        "a@b.vn\r\nBcc: c@d.vn",
        "Sở <a@b.vn>",
        "a b@c.vn",
        "a@b..vn",
        "ạ@b.vn",
    ],
)
def test_no_address_can_add_a_header_or_a_receiver(text: str) -> None:
    assert not is_address(text)
    assert bool(CHANNEL.check(text, ())) is bool(text)
    assert is_address(ADDRESS)


def errand(folder: Path, sizes: list[int], limit: int) -> Errand:
    going = []
    for number, size in enumerate(sizes):
        path = folder / f"X_L00_{number}.asice"
        path.write_bytes(bytes(size))
        role = FileRole.EVIDENCE_PACK if number else FileRole.PACKAGE
        going.append(Outgoing(path, DeliveryFile(path.name, size, "a" * 64, role), LETTER))

    def no_memory(_name: str) -> TransferMemory:
        raise AssertionError("mail remembers no transfer")

    return Errand("d", ADDRESS, tuple(going), limit, lambda _path: None, no_memory)


def test_one_draft_for_each_package_and_none_over_the_limit(tmp_path: Path) -> None:
    limit = 2_000_000
    largest = email_capacity(limit)
    assert email_size(largest) <= limit
    sent = CHANNEL.send(errand(tmp_path, [largest, 10], limit), Progress())
    assert sent.state is DeliveryState.WRITTEN
    assert [file.role for file in sent.files] == [
        *(FileRole.PACKAGE, FileRole.EVIDENCE_PACK, FileRole.DRAFT, FileRole.DRAFT)
    ]
    assert [path.name for path in sent.made] == ["X_L00_0.eml", "X_L00_1.eml"]
    for path, file in zip(sent.made, sent.files[2:], strict=True):
        assert path.stat().st_size == file.size <= limit
        assert len(read(path).as_bytes()) <= limit + 100


def test_a_package_over_the_limit_leaves_no_draft(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        CHANNEL.send(errand(tmp_path, [10, 2_000_000], 2_000_000), Progress())
    assert caught.value.code == "delivery.too_large_for_channel"
    assert list(tmp_path.glob("*.eml*")) == []


def test_cancelled_drafting_leaves_no_draft(tmp_path: Path) -> None:
    progress = Progress()

    def stop(_step: Message, done: int, _total: int) -> None:
        if done:
            progress.stop()

    progress.report = stop
    with pytest.raises(Cancelled):
        CHANNEL.send(errand(tmp_path, [10, 3_000_000], 20_000_000), progress)
    assert list(tmp_path.glob("*.eml*")) == []
