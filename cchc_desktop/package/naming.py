"""The file name of a package: without accents, and the same for the same filing."""

from __future__ import annotations

from cchc_desktop.domain.package_head import PackageHead, PackageKind, filing
from cchc_desktop.package.layout import EVIDENCE_FOLDER, EXTENSION, LONGEST_NAME

# As the offices abbreviate: kế hoạch, tự chấm điểm, báo cáo, bộ biểu mẫu, đăng ký, biên nhận.
_SHORT = {
    PackageKind.PLAN: "KH",
    PackageKind.SELFSCORE: "TCD",
    PackageKind.REPORT: "BC",
    PackageKind.FORMPACK: "BBM",
    PackageKind.ENROLMENT: "DK",
    PackageKind.RECEIPT: "BN",
}


def package_file_name(sender: str, kind: PackageKind, period: str, revision: int) -> str:
    """ "XA-EA-KAO_TCD_2026_L00.asice": sender's code, kind, period, filing."""
    return f"{sender}_{_SHORT[kind]}_{period}_{filing(revision)}{EXTENSION}"


def file_name_of(head: PackageHead) -> str:
    return package_file_name(head.sender_id, head.kind, head.period, head.revision)


def evidence_entry(number: int, name: str) -> str:
    """The entry of the evidence file with that number (from 1); only its known extension is taken over."""
    extension = name[name.rfind(".") :].lower() if "." in name else ""
    if not (extension[1:].isascii() and extension[1:].isalnum() and len(extension) <= LONGEST_NAME // 10):
        extension = ".bin"
    return f"{EVIDENCE_FOLDER}/{number:04d}{extension}"
