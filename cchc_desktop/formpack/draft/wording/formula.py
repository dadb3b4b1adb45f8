""" "Điểm = (a x 0,6 + b x 0,4) x 4. Trong đó: a là …; b là …": an expression over lettered figures."""

from __future__ import annotations

import re

from cchc_desktop.domain.formula import FormulaFault, parse
from cchc_desktop.domain.rules.formula import FormulaRule
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale

_RESULT = re.compile(r"^(?:so )?diem[a-z ]*=\s*(?P<expression>[0-9a-z\s+\-*/.,():%]+)$")


def read_formula(scale: Scale) -> Reading | None:
    """Only where every letter of the expression is defined. Always for a person: is a ratio 0.9 or 90?"""
    if scale.options or scale.shares or scale.products or len(scale.letters) < 2:
        return None
    for clause in scale.unread:
        found = _RESULT.match(clause.plain)
        if not found:
            continue
        written = found["expression"]
        written = re.sub(r"(?<=\d)\s*,\s*(?=\d)", ".", written)
        written = re.sub(r"(?<![a-z])x(?![a-z])", "*", written).replace(":", "/")
        written = re.sub(r"diem toi da", str(scale.maximum), written).replace("%", "").strip()
        names = tuple(sorted(set(re.findall(r"[a-z]+", written))))
        if not names or any(name not in scale.letters for name in names):
            return None
        written = re.sub(r"\s*\*\s*", "*", written)
        try:
            parse(written, names)
        except FormulaFault:
            return None
        scale.unread.remove(clause)
        told = tuple(f"{name}: {scale.letters[name].text}" for name in names)
        rule = FormulaRule(formula=written, steps=tuple(Step(name) for name in names))
        return Reading(rule, (doubt("formula", figures="; ".join(told)),))
    return None
