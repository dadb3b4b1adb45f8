"""An office with CA and register, made once and copied, and what its post carries."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.domain.unit import Unit
from cchc_desktop.services import enrolment, office_certificates, office_enrolment
from cchc_desktop.services.office import AUTHORITY_FOLDER
from cchc_desktop.services.profile import Profile
from cchc_desktop.trust.key_room import KeyRoom

NAME, CODE = "Sở Nội vụ tỉnh mẫu", "SNV-MAU"
PASSPHRASE = "mật khẩu của văn phòng"
AUTHORITY_PASSPHRASE = "mật khẩu của nơi cấp"


@cache
def _made(name: str, code: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cchc-test-")) / "sở"
    office_certificates.create(folder, name, code, PASSPHRASE, AUTHORITY_PASSPHRASE)
    return folder


def office_at(folder: Path, name: str = NAME, code: str = CODE) -> Path:
    """A copy of the office; its keys are open in this process, whatever another test has closed."""
    shutil.copytree(_made(name, code), folder)
    for room, words in ((folder, PASSPHRASE), (folder / AUTHORITY_FOLDER, AUTHORITY_PASSPHRASE)):
        if KeyRoom(room).status().state is KeyState.LOCKED:
            KeyRoom(room).unlock(words)
    return folder


def authority_code(folder: Path) -> str:
    return office_certificates.state(folder).authority.spoken_code


def enrol(profile: Profile, unit: Unit, office: Path, post: Path) -> None:
    """The unit asks, reads its code out, and takes the answer in."""
    request, asked = enrolment.write_enrolment(profile, unit, post)
    _row, answer = office_enrolment.enrol(office, request, asked.code, post)
    enrolment.take_answer(profile, answer, authority_code(office))
