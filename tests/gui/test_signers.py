"""Choosing who signs, with a real file and a real (software) token, and signing over a package."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea

from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind, SignWith
from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.services import countersigning, signers
from cchc_desktop.services.verification import verify
from cchc_desktop.trust.certificate import Certificate
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, click, press, settle
from tests.gui.test_submit_page import make_key, opened
from tests.package.samples import NOW as SIGNED
from tests.package.samples import on_disk, packed
from tests.trust.authority import DAY, Authority, rsa_key
from tests.trust.soft_token import LIBRARY, PIN, SoftToken, make_token
from tests.trust.test_pkcs12 import made
from ui import theme
from ui.main_window import MainWindow
from ui.pages.submit.page import Page
from ui.signing.countersign_dialog import CountersignDialog

NOW = datetime.now(UTC)
AUTHORITY = Authority(NOW)
PASSWORD = "mật khẩu tệp"
CODE = "XA-EA-KAO"
NAMES = frozenset({"Ea", "SoftHSM", "Kao"})
pytestmark = pytest.mark.slow


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    return make_token(tmp_path, monkeypatch)


def file_of(folder: Path, code: str = CODE, name: str = "Lê Văn Á") -> tuple[Path, Certificate]:
    key, certificate = AUTHORITY.issue(name, code, NOW - DAY, NOW + 400 * DAY)
    return made(folder, key, certificate, password=PASSWORD), certificate


def at_sign_step(window: MainWindow) -> Page:
    page = opened(window)
    page.show_step("sign")
    return page


def look_at(page: Page, kind: SignerKind) -> None:
    click(page.keys.picker.cards[kind])


def chosen_is(page: Page, kind: SignerKind) -> Callable[[], bool]:
    return lambda: page.found is not None and page.found.signer.kind is kind


def choose_target(page: Page, dialogs: AnsweringDialogs, target: Path) -> None:
    target.mkdir(exist_ok=True)
    dialogs.answers = [target]
    page.show_step("place")
    click(page.place_step.choose_button)
    settle(page.place_step.write.isEnabled)


def written(page: Page, dialogs: AnsweringDialogs, target: Path, *answers: object) -> Path:
    choose_target(page, dialogs, target)
    dialogs.answers = list(answers)
    click(page.place_step.write)
    settle(lambda: page.step_name() == "done", 60.0)
    (package,) = target.glob("*.asice")
    return package


def trusted(folder: Path) -> list[Path]:
    path = folder / "authority.pem"
    path.write_bytes(AUTHORITY.certificate.pem)
    return [path]


def test_a_file_signs_and_its_password_is_asked_each_time(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    file, certificate = file_of(tmp_path)
    page = at_sign_step(window)
    look_at(page, SignerKind.PKCS12)
    assert not page.sign.next.isEnabled()
    assert signers.chosen(page.context.profile) == SignerChoice(), "looking is not choosing"
    dialogs.answers = [file, "sai", PASSWORD]
    click(page.keys.picker.file.choose)
    settle(lambda: "Sai mật khẩu" in page.keys.picker.file.says.words())
    page.keys.picker.file.ask_password()
    settle(chosen_is(page, SignerKind.PKCS12))
    assert page.sign.next.isEnabled()
    assert page.card.facts()["signer"] == "Lê Văn Á"
    assert "dấu xác thực" not in page.card.facts()["seal"]
    target = tmp_path / "usb"
    package = written(page, dialogs, target, PASSWORD)
    assert dialogs.asked[-1][0] == "ask_text"
    found = verify(package, trusted(tmp_path))
    assert found.outcome is Outcome.VALID_WITH_WARNINGS  # nobody made a revocation list
    assert found.signers[0].fingerprint == certificate.fingerprint


def test_a_token_signs_and_a_wrong_pin_is_told_with_its_count(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path, token: SoftToken
) -> None:
    _key, certificate = pair = AUTHORITY.issue("Lê Văn Á", "", NOW - DAY, NOW + 400 * DAY, rsa_key(2048))
    token.take(*pair)
    page = at_sign_step(window)
    look_at(page, SignerKind.TOKEN)
    settle(chosen_is(page, SignerKind.TOKEN))
    choice = signers.chosen(page.context.profile)
    assert (choice.path, choice.label, choice.certificate) == (
        str(LIBRARY),
        token.label,
        certificate.fingerprint,
    )
    target = tmp_path / "usb"
    choose_target(page, dialogs, target)
    dialogs.answers = ["000000"]
    click(page.place_step.write)
    settle(lambda: "Sai mã PIN (lần thứ 1" in page.place_step.says.words(), 30.0)
    assert list(target.iterdir()) == []
    dialogs.answers = [None]  # steps back: nothing is tried
    click(page.place_step.write)
    assert page.sending.job is None
    package = written(page, dialogs, target, PIN)
    found = verify(package, trusted(tmp_path))
    assert found.signers[0].fingerprint == certificate.fingerprint
    assert found.outcome is Outcome.VALID_WITH_WARNINGS
    assert "package.sender_unproven" in {reason.code for reason in found.reasons}


def test_a_certificate_of_another_unit_is_stopped_at_the_step(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    file, _certificate = file_of(tmp_path, "XA-KHAC", "UBND xã khác")
    page = at_sign_step(window)
    look_at(page, SignerKind.PKCS12)
    dialogs.answers = [file, PASSWORD]
    click(page.keys.picker.file.choose)
    settle(chosen_is(page, SignerKind.PKCS12))
    assert "XA-KHAC" in page.sign.says.words()
    assert not page.sign.next.isEnabled()


def test_what_is_wrong_with_a_token_is_said_in_its_place(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path, token: SoftToken
) -> None:
    page = at_sign_step(window)
    look_at(page, SignerKind.TOKEN)
    part = page.keys.picker.token
    settle(lambda: part.with_pin.isVisible())
    dialogs.answers = [PIN]
    click(part.with_pin)
    settle(lambda: "Không có khóa nào" in part.says.words())
    token.take(*AUTHORITY.issue("Lê Văn Á", CODE, NOW - 9 * DAY, NOW - DAY))
    click(part.search)
    settle(lambda: "đã hết hạn" in part.says.words())
    none = tmp_path / "không phải thư viện.so"
    none.write_text("x")
    dialogs.answers = [none]
    click(part.other)
    settle(lambda: "không phải thư viện PKCS#11" in part.says.words())


def test_software_installed_meanwhile_is_found_by_looking_again(
    window: MainWindow, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = signers.libraries
    monkeypatch.setattr(signers, "libraries", lambda: ())
    page = at_sign_step(window)
    look_at(page, SignerKind.TOKEN)
    part = page.keys.picker.token
    assert "Cài phần mềm đi kèm token" in part.says.words()
    click(part.search)
    assert "Đang tìm token" in part.says.words()
    settle(lambda: "Cài phần mềm đi kèm token" in part.says.words())
    monkeypatch.setattr(signers, "libraries", found)
    click(part.search)
    settle(lambda: part.library.value() == str(LIBRARY))
    settle(lambda: not window.work.running)


def test_a_chosen_token_is_not_touched_before_it_signs(
    window: MainWindow, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another start of the program shows who signs from what was kept; no library is loaded for it."""
    token.take(*AUTHORITY.issue("Lê Văn Á", CODE, NOW - DAY, NOW + 400 * DAY))
    page = at_sign_step(window)
    look_at(page, SignerKind.TOKEN)
    settle(chosen_is(page, SignerKind.TOKEN))
    monkeypatch.setattr("cchc_desktop.trust.token.TokenLibrary", None)
    status = signers.status(page.context.profile, CODE)
    assert status.state is KeyState.READY
    assert status.certificate is not None and status.certificate.name == "Lê Văn Á"


@pytest.mark.parametrize("shade", [theme.Appearance.LIGHT, theme.Appearance.DARK])
def test_every_kind_is_whole_to_look_at(
    window: MainWindow, token: SoftToken, shade: theme.Appearance
) -> None:
    token.take(*AUTHORITY.issue("Lê Văn Á", CODE, NOW - DAY, NOW + 400 * DAY))
    theme.set_appearance(shade)
    page = at_sign_step(window)
    for kind in (SignerKind.SOFTWARE, SignerKind.PKCS12, SignerKind.TOKEN):
        look_at(page, kind)
        settle(lambda: not window.work.running)
        assert all_faults(window, NAMES) == []
    area = page.sign.parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    assert not area.verticalScrollBar().isVisible(), "the way on is in sight at 1366 × 768"


def countersigning_dialog(window: MainWindow, dialogs: AnsweringDialogs, package: Path) -> CountersignDialog:
    context = window.page("submit").context
    dialog = CountersignDialog(window, context.work, dialogs, package, context.profile.folder)
    dialog.open()
    settle(lambda: not window.work.running)
    return dialog


def test_the_head_signs_over_what_was_written(
    window: MainWindow,
    dialogs: AnsweringDialogs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The own key has signed; the head uses a file; the button stands at the end of handing in."""
    file, certificate = file_of(tmp_path, CODE, "Chủ tịch xã")
    page = at_sign_step(window)
    make_key(page)
    target = tmp_path / "usb"
    package = written(page, dialogs, target)
    seen: list[CountersignDialog] = []
    monkeypatch.setattr(QDialog, "exec", lambda self: seen.append(self))
    click(page.done.countersign)
    (dialog,) = seen
    dialog.open()
    settle(lambda: not window.work.running)
    assert "đã ký gói này rồi" in dialog.own_words.text()
    assert not dialog.sign.isEnabled()
    assert all_faults(dialog, NAMES) == []
    click(dialog.picker.cards[SignerKind.PKCS12])
    dialogs.answers = [file, PASSWORD]
    click(dialog.picker.file.choose)
    settle(lambda: dialog.sign.isEnabled())
    dialogs.answers = [PASSWORD]
    click(dialog.sign)
    settle(lambda: "2 chữ ký" in dialog.says.words(), 30.0)
    assert all_faults(dialog, NAMES) == []
    (second,) = (one for one in target.glob("*.asice") if one != package)
    assert second.name == package.name.replace(".asice", "_K02.asice")
    found = verify(second, trusted(tmp_path))
    assert [signer.fingerprint for signer in found.signers][1] == certificate.fingerprint
    assert signers.chosen(page.context.profile) == SignerChoice(), "the unit's own choice stays"
    press(dialog, Qt.Key.Key_Escape)
    settle()


def test_what_can_not_be_signed_over_says_why(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    content = bytearray(packed()[0])
    content[content.index(b"% a scan")] ^= 1
    dialog = countersigning_dialog(window, dialogs, on_disk(tmp_path, bytes(content)))
    assert "Không ký thêm lên gói này" in dialog.says.words()
    assert not dialog.sign.isEnabled()
    dialog.reject()


def test_a_wrong_pin_leaves_the_dialog_ready_for_the_next_try(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path, token: SoftToken
) -> None:
    token.take(*AUTHORITY.issue("Chủ tịch xã", CODE, SIGNED - DAY, NOW + 400 * DAY))
    package = on_disk(tmp_path, packed()[0])
    dialog = countersigning_dialog(window, dialogs, package)
    click(dialog.picker.cards[SignerKind.TOKEN])
    settle(lambda: dialog.sign.isEnabled())
    dialogs.answers = ["000000"]
    click(dialog.sign)
    settle(lambda: "Sai mã PIN" in dialog.says.words())
    dialogs.answers = [PIN]
    click(dialog.sign)
    settle(lambda: "2 chữ ký" in dialog.says.words())
    assert len(countersigning.look_at(tmp_path / "XA-EA-KAO_TCD_2026_L00_K02.asice").signers) == 2
    dialog.reject()


def test_the_pin_stays_nowhere_in_the_program(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path, token: SoftToken
) -> None:
    """No object that is left holds it after signing: not the job, not a closure, not the page."""
    token.take(*AUTHORITY.issue("Lê Văn Á", CODE, NOW - DAY, NOW + 400 * DAY))
    page = at_sign_step(window)
    look_at(page, SignerKind.TOKEN)
    settle(chosen_is(page, SignerKind.TOKEN))
    target = tmp_path / "usb"
    written(page, dialogs, target, PIN)
    settle(lambda: not window.work.running)

    def left() -> list[SignWith]:
        gc.collect()
        return [one for one in gc.get_objects() if type(one) is SignWith and one.secret]

    settle(lambda: not left())
    kept = page.context.profile.folder
    assert [file for file in kept.rglob("*") if file.is_file() and PIN.encode() in file.read_bytes()] == []
