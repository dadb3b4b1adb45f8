"""The file name of a package: without accents, and the same for the same filing."""

from __future__ import annotations

import re

from cchc_desktop.domain.package_head import PackageHead, filing
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.package.layout import EXTENSION

# As the offices abbreviate: kế hoạch, tự chấm điểm, báo cáo, bộ biểu mẫu, đăng ký, biên nhận, cập nhật.
_SHORT = {
    PackageKind.PLAN: "KH",
    PackageKind.SELFSCORE: "TCD",
    PackageKind.REPORT: "BC",
    PackageKind.FORMPACK: "BBM",
    PackageKind.ENROLMENT: "DK",
    PackageKind.RECEIPT: "BN",
    PackageKind.UPDATE: "CN",
}

# Biên nhận, trả lời.
_ANSWERS = {PackageKind.RECEIPT: "BN", PackageKind.ENROLMENT: "TL"}


SOME_PACKAGE_ID = "00000000-0000-7000-8000-000000000000"
"""As long as any: for a package that is only weighed."""


def new_package_id() -> str:
    """A UUIDv7: new for every package, and in the order of time."""
    from uuid6 import uuid7

    return str(uuid7())


def package_file_name(sender: str, kind: PackageKind, period: str, revision: int) -> str:
    """ "XA-EA-KAO_TCD_2026_L00.asice": sender's code, kind, period, filing."""
    return f"{sender}_{_SHORT[kind]}_{period}_{filing(revision)}{EXTENSION}"


def answer_file_name(sender: str, kind: PackageKind, period: str, revision: int, answer: PackageKind) -> str:
    """ "XA-EA-KAO_TCD_2026_L00_BN.asice": the office's answer to that package, named by what it answers."""
    asked = package_file_name(sender, kind, period, revision).removesuffix(EXTENSION)
    return f"{asked}_{_ANSWERS[answer]}{EXTENSION}"


def file_name_of(head: PackageHead) -> str:
    """Of an evidence pack with its number behind: "XA-EA-KAO_TCD_2026_L00_MC01.asice" (minh chứng)."""
    name = package_file_name(head.sender_id, head.kind, head.period, head.revision)
    if head.pack_of is None:
        return name
    return f"{name.removesuffix(EXTENSION)}_MC{head.pack_of.part:02d}{EXTENSION}"


def countersigned_name(name: str, signatures: int) -> str:
    """ "XA-EA-KAO_TCD_2026_L00_K02.asice": beside the package, with how many signatures it now bears."""
    plain = re.sub(r"_K[0-9]{2}$", "", name.removesuffix(EXTENSION))
    return f"{plain}_K{signatures:02d}{EXTENSION}"
