"""Handing in through the network by the window: typed, checked, sent, paused, gone on with, and receipted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from cchc_desktop.delivery import upload, upload_access
from cchc_desktop.domain.delivery import UPLOAD, DeliveryState
from cchc_desktop.domain.lifecycle import DocumentState, Mover
from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.domain.transfer import Transfer
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.language import text
from cchc_desktop.services import (
    encryption,
    keys,
    office_certificates,
    office_enrolment,
    outbox,
    submissions,
    trusted,
    uploads,
)
from cchc_desktop.services.profile import Profile
from cchc_desktop.store import deliveries
from cchc_desktop.store.transfers import StoredTransfer
from tests.delivery.office_server import TOKEN, OfficeServer, office_server, receipt_command
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, click, settle, type_text
from tests.gui.test_guards import SAMPLE_NAMES, SCREENS
from tests.gui.test_submit_page import make_key, opened
from ui.context import Context
from ui.main_window import MainWindow
from ui.outbox_at_start import receipts_that_came
from ui.pages.submit.page import Page
from ui.pages.submit.upload_place import UploadPlace

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SECRET = "mật khẩu của văn phòng"


@pytest.fixture(autouse=True)
def no_access_left() -> Iterator[None]:
    yield
    upload_access._known.clear()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "sở"
    office_certificates.create(folder, "Sở Nội vụ tỉnh mẫu", "SNV-MAU", SECRET, SECRET)
    return folder


@pytest.fixture
def server(office: Path, tmp_path: Path) -> Iterator[OfficeServer]:
    secret = tmp_path / "mật khẩu.txt"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    command = receipt_command(
        *("-m", "cchc_desktop", "receipt", "{package}", "--to", "{folder}"),
        *("--office", str(office), "--passphrase-file", str(secret)),
    )
    with office_server(tmp_path / "máy chủ", RECEIPT_COMMAND=command) as started:
        yield started


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    real = upload.send

    def send(*arguments: object, **more: object) -> None:
        patience = upload.Patience(first=0.02, longest=0.2, tries=3)
        real(*arguments, **(more | {"piece": 128 * 1024, "patience": patience}))  # type: ignore[arg-type]

    monkeypatch.setattr(upload, "send", send)


def know_each_other(page: Page, office: Path, folder: Path) -> None:
    """The unit trusts the office's CA, the office pins the unit's key."""
    profile = page.context.profile
    pem = office_certificates.export_trust(office, folder / "cơ quan.pem")
    first = pem.read_text().split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
    (folder / "ca.pem").write_text(first)
    trusted.confirm(profile, folder / "ca.pem", trusted.look_at(folder / "ca.pem").spoken_code)
    own = keys.export_certificate(profile, folder)
    status = keys.key_state(profile)
    assert status.state is KeyState.READY and status.certificate is not None
    office_enrolment.pin_certificate(office, own, status.certificate.spoken_code)


def at_upload(window: MainWindow) -> tuple[Page, UploadPlace]:
    page = opened(window)
    make_key(page)
    page.show_step("place")
    click(page.place_step.cards[UPLOAD])
    panel = page.place_step.panel
    assert isinstance(panel, UploadPlace)
    settle(lambda: not window.work.running)
    return page, panel


def fill(panel: UploadPlace, address: str, token: str = TOKEN) -> None:
    type_text(panel.address, address)
    panel.address.commit()
    settle(lambda: panel.target() == address)
    type_text(panel.token, token)


def state(page: Page) -> tuple[DeliveryState, DocumentState]:
    profile, round_id = page.context.profile, page.context.round_id
    (delivery,) = outbox.deliveries_of(profile, round_id)
    (made,) = submissions.submissions_of(profile, round_id)
    return delivery.state, made.state


def test_typed_checked_sent_and_receipted(
    window: MainWindow, office: Path, server: OfficeServer, tmp_path: Path
) -> None:
    page, panel = at_upload(window)
    know_each_other(page, office, tmp_path)
    assert "địa chỉ" in page.place_step.write.toolTip()
    assert panel.token.echoMode() is QLineEdit.EchoMode.Password
    fill(panel, server.address)
    click(panel.check)
    settle(lambda: "trả lời" in panel.says.words())
    assert panel.token.text() == "", "the token does not stay on the screen"
    assert not panel.blocked()
    click(page.place_step.write)
    settle(lambda: page.step_name() == "done", 60.0)
    settle(lambda: not window.work.running, 60.0)
    if state(page)[0] is DeliveryState.WAITING:
        settle(lambda: bool(server.receipts()), 60.0)
        page.show_step("place")
        page.place_step.choose_channel(UPLOAD)
        settle(lambda: bool(page.under_way.buttons))
        (ask,) = page.under_way.buttons.values()
        click(ask)
        settle(lambda: "biên nhận của Sở Nội vụ tỉnh mẫu" in page.under_way.says.words(), 30.0)
    assert state(page) == (DeliveryState.DELIVERED, DocumentState.DELIVERED)
    settle(lambda: not page.under_way.buttons)


@pytest.mark.usefixtures("small_pieces")
def test_paused_upload_is_offered_again_and_goes_on(window: MainWindow, server: OfficeServer) -> None:
    page, panel = at_upload(window)
    fill(panel, server.address)
    click(page.place_step.write)
    settle(lambda: page.job is not None)
    job = page.job
    assert job is not None

    def stop(step: object, done: int, _total: int) -> None:
        if getattr(step, "id", "") == "upload.sending" and done > 400_000:
            job.stop()

    report = job.progress.report
    job.progress.report = lambda *said: (stop(*said), report(*said))[1]  # type: ignore[func-returns-value]
    settle(lambda: page.job is None, 60.0)
    assert page.step_name() == "place"
    assert "được giữ lại" in panel.says.words()
    settle(lambda: len(page.under_way.buttons) == 2)
    (begun,) = uploads.begun(page.context.profile, page.context.round_id)
    assert 0 < begun.sent < begun.size
    go_on = page.under_way.buttons[f"go_on:{begun.delivery.id}"]
    click(go_on)
    settle(lambda: page.step_name() == "done", 60.0)
    assert state(page)[0] in (DeliveryState.WAITING, DeliveryState.DELIVERED)
    assert len(server.uploads()) == 1


@pytest.mark.usefixtures("small_pieces")
def test_wrong_token_is_said_in_place_and_the_right_one_goes_on(
    window: MainWindow, server: OfficeServer
) -> None:
    page, panel = at_upload(window)
    fill(panel, server.address, "sai-ma".replace("-", "_"))
    click(page.place_step.write)
    settle(lambda: "không nhận mã truy cập" in panel.says.words(), 60.0)
    assert page.step_name() == "place"
    assert state(page)[0] is DeliveryState.FAILED
    settle(lambda: not window.work.running)
    type_text(panel.token, TOKEN)
    (delivery,) = outbox.deliveries_of(page.context.profile, page.context.round_id)
    page.sending.go_on(delivery, again=True)
    settle(lambda: page.step_name() == "done", 60.0)
    assert state(page)[0] in (DeliveryState.WAITING, DeliveryState.DELIVERED)


def test_unencrypted_address_is_refused_where_it_is_typed(window: MainWindow) -> None:
    _page, panel = at_upload(window)
    type_text(panel.address, "http://nop.example.vn/files")
    panel.address.commit()
    settle(lambda: "không mã hóa đường truyền" in panel.says.words())
    assert panel.target() == ""
    assert panel.address.property("bad")


def test_encryption_is_offered_once_the_certificate_was_taken(
    window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    """By the spoken code, because no CA speaks for it; then only the encrypted copy goes onto the stick."""
    page, _panel = at_upload(window)
    choice = page.place_step.encrypt
    assert choice.tick.isHidden()
    made, pem = encryption.make_key(tmp_path / "sở", "Phòng Nội vụ", "PNV", SECRET)
    (tmp_path / "mã hóa.pem").write_bytes(pem)
    dialogs.answers = [tmp_path / "mã hóa.pem", "AAAA-" * 6]
    click(choice.add)
    settle(lambda: not choice.says.isHidden())
    assert choice.tick.isHidden()
    dialogs.answers = [tmp_path / "mã hóa.pem", made.spoken_code]
    click(choice.add)
    settle(lambda: not choice.tick.isHidden())
    assert choice.tick.isChecked()
    assert "Phòng Nội vụ" in choice.tick.text()
    assert choice.fingerprint() == made.fingerprint
    stick = tmp_path / "USB"
    stick.mkdir()
    page.place_step.choose_channel("folder")
    page.place_step.folder.choose(stick)
    click(page.place_step.write)
    settle(lambda: page.step_name() == "done", 60.0)
    (out,) = stick.iterdir()
    assert out.name.endswith(".asice.p7m")
    assert encryption.is_encrypted(out)


def test_receipts_that_came_meanwhile_are_taken_at_the_next_start(
    window: MainWindow, office: Path, server: OfficeServer, tmp_path: Path
) -> None:
    page, panel = at_upload(window)
    know_each_other(page, office, tmp_path)
    context: Context = page.context
    assert receipts_that_came(context) == ()
    uploads.set_address(context.profile, server.address)
    uploads.use_token(context.profile, TOKEN, remember=False)
    _made, queued = submissions.prepare(context.profile, context.round_id, "plan", UPLOAD, server.address)
    outbox.send(context.profile, queued.id)
    settle(lambda: bool(server.receipts()), 60.0)
    (changes,) = receipts_that_came(context)
    assert "submissions" in changes.subjects or "deliveries" in changes.subjects
    assert state(page) == (DeliveryState.DELIVERED, DocumentState.DELIVERED)
    assert receipts_that_came(context) == ()
    assert not panel.blocked() or panel.target() == ""


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_step_with_uploads_under_way_can_be_read(window: MainWindow, screen: tuple[int, int]) -> None:
    """The guards of every page, over all that this way of sending can show."""
    page, panel = at_upload(window)
    profile, round_id = page.context.profile, page.context.round_id
    address = uploads.set_address(profile, "https://nopbaocao.daklak.gov.vn/files")
    begun(profile, round_id, "plan", address)
    _made, waits = submissions.prepare(profile, round_id, "selfscore", UPLOAD, address)
    moved = waits.moved(DeliveryState.WAITING, Mover.PROGRAM, vietnam_now())
    profile.write(lambda change: deliveries.put(change, moved))
    window.resize(*screen)
    page.refresh(None)
    settle(lambda: len(page.under_way.buttons) == 3 and not window.work.running)
    faults = all_faults(window, SAMPLE_NAMES | {"nopbaocao", "daklak", "files", "https", "vn"})
    panel.says.say(text("upload.token_refused", host="nopbaocao.daklak.gov.vn"))
    settle()
    faults += all_faults(window, SAMPLE_NAMES | {"nopbaocao", "daklak", "files", "https", "vn"})
    assert not faults, "\n".join(faults)


def begun(profile: Profile, round_id: str, kind: str, address: str) -> str:
    """A delivery whose upload stopped on its way."""
    _made, queued = submissions.prepare(profile, round_id, kind, UPLOAD, address)
    (file,) = queued.files
    transfer = Transfer(f"{address}/1", file.size // 2, file.size, "ab" * 32)
    StoredTransfer(profile, queued.id, file.name).remember(transfer)
    return queued.id


def test_given_up_upload_leaves_the_list(window: MainWindow, dialogs: AnsweringDialogs) -> None:
    """Asked first; "Giữ lại" keeps it. The server can't be reached here, which does not hinder."""
    page, _panel = at_upload(window)
    profile, round_id = page.context.profile, page.context.round_id
    delivery_id = begun(profile, round_id, "plan", uploads.set_address(profile, "http://127.0.0.1:9/files"))
    page.refresh(None)
    settle(lambda: len(page.under_way.buttons) == 2)
    dialogs.answers = [False]
    click(page.under_way.buttons[f"give_up:{delivery_id}"])
    settle(lambda: not window.work.running)
    assert len(uploads.begun(profile, round_id)) == 1
    dialogs.answers = [True]
    click(page.under_way.buttons[f"give_up:{delivery_id}"])
    settle(lambda: not page.under_way.buttons)
    assert uploads.begun(profile, round_id) == ()
    assert outbox.delivery(profile, delivery_id).state is DeliveryState.FAILED
