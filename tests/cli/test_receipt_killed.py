"""`cchc receipt` killed at any moment: the register is whole, and the next run gives the one receipt."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.receipt import ReceiptEffect
from cchc_desktop.services import office, receipts, rounds, submissions
from tests.services.handing_in import sample_profile
from tests.services.trust_office import PASSPHRASE, enrol, office_at

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_killed_while_taking_in(tmp_path: Path) -> None:
    place, post, secret = office_at(tmp_path / "sở"), tmp_path / "đường đi", tmp_path / "mật khẩu"
    post.mkdir()
    secret.write_text(PASSPHRASE, "utf-8")
    with sample_profile(tmp_path / "xã") as (profile, round_id):
        enrol(profile, rounds.round_of(profile, round_id).unit, place, post)
        sent = submissions.export(profile, round_id, PackageKind.PLAN, post)
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

        def started(desk: Path) -> subprocess.Popen[bytes]:
            line = [sys.executable, "-m", "cchc_desktop", "receipt", post / sent.file_name, "--to", desk]
            line += ["--office", desk, "--passphrase-file", secret]
            call = [str(part) for part in line]
            return subprocess.Popen(call, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)

        def fresh(name: str) -> Path:
            return Path(shutil.copytree(place, tmp_path / name))

        begun = time.monotonic()
        assert started(fresh("đo giờ")).wait(60) == 0
        whole = time.monotonic() - begun
        rows = []
        for share in (0.6, 0.75, 0.85, 0.92, 0.97):
            desk = fresh(f"bàn {share}")
            running = started(desk)
            time.sleep(whole * share)
            running.send_signal(signal.SIGKILL)
            running.wait()
            with sqlite3.connect(desk / "office.sqlite3") as db:
                assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            before = office.received(desk)
            rows.append(len(before))
            half = [file.read_bytes() for file in desk.glob("*_BN.asice")]
            _found, row, receipt = office.take_in(desk, post / sent.file_name, desk)
            assert len(office.received(desk)) == 1
            assert not before or before[0].receipt_id == row.receipt_id, "the same receipt, not a new one"
            assert half in ([], [row.receipt])
            assert receipt.read_bytes() == row.receipt
            assert list(desk.glob("*.part")) == []
        assert set(rows) <= {0, 1}
        assert receipts.take(profile, receipt)[1].effect is ReceiptEffect.DELIVERED
