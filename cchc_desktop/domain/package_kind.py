"""What a package may hold."""

from __future__ import annotations

from enum import StrEnum


class PackageKind(StrEnum):
    PLAN = "plan"
    SELFSCORE = "selfscore"
    REPORT = "report"
    FORMPACK = "formpack"
    ENROLMENT = "enrolment"
    RECEIPT = "receipt"
    UPDATE = "update"
