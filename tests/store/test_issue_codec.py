"""How a plan was issued comes back as it was stored, and what an older program stored still reads."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cchc_desktop.domain.plan import PlanForm, PlanIssue
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person
from cchc_desktop.store.codec import decode_issue, encode_issue


@pytest.mark.parametrize(
    "issue",
    [
        PlanIssue(),
        PlanIssue("05/KH-UBND", date(2026, 2, 5)),
        PlanIssue("5", None, PlanForm.DECISION),
        PlanIssue(signs_as=SignsAs.AUTHORISED, signer=Person("H'Yar", "Trưởng phòng", "0900")),
        PlanIssue(letter_number="17/UBND-VP"),
        PlanIssue(letter_on=date(2026, 2, 6)),
        PlanIssue(
            *("5", date(2026, 2, 5), PlanForm.DECISION, SignsAs.BY_ORDER),
            *(Person("A", "B", "C"), "17", date(2026, 2, 6)),
        ),
    ],
)
def test_comes_back(issue: PlanIssue) -> None:
    assert decode_issue(encode_issue(issue)) == issue


def test_a_plain_issue_is_stored_as_ever() -> None:
    stored = encode_issue(PlanIssue("5", date(2026, 2, 5)))
    assert json.loads(stored) == {"number": "5", "issued_on": "2026-02-05"}
    assert decode_issue('{"issued_on":null,"number":""}') == PlanIssue()
