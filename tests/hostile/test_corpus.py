"""Each attack is refused for its own reason, after its untampered twin passed; fast, and in little room."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.language import render
from cchc_desktop.package.verifier import verify_package
from tests.hostile.corpus import CORPUS, ELSEWHERE, RULES, SIGNED, THREATS
from tests.package.samples import NOW

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 1.0
MOST_KIB = 100 * 1024


@pytest.mark.parametrize("name", CORPUS)
def test_attack_is_refused_by_name_and_its_twin_passes(name: str, tmp_path: Path) -> None:
    attack = CORPUS[name]
    path = tmp_path / "package.asice"
    path.write_bytes(attack.twin())
    good = verify_package(path, attack.twin_trusted(), NOW)
    assert good.outcome is Outcome.VALID, [reason.code for reason in good.reasons]
    path.write_bytes(attack.build())
    trusted, begun = attack.trusted(), time.process_time()
    found = verify_package(path, trusted, attack.now)
    assert time.process_time() - begun < SLOWEST
    assert found.outcome is attack.outcome
    reasons = [reason for reason in found.reasons if reason.leads_to is found.outcome]
    assert tuple(reason.code for reason in reasons) == attack.codes
    assert all(re.search(r"\w", render(reason.message)) for reason in found.reasons)


def test_every_rule_and_every_threat_has_its_attacks() -> None:
    for what, names in (RULES | THREATS).items():
        assert names, what
        assert [name for name in names if name not in CORPUS] == [], what
    shown = {name for names in (RULES | THREATS).values() for name in names}
    assert {attack.outcome for attack in CORPUS.values()} == set(Outcome) - {Outcome.VALID}
    assert len(shown) > 140


def test_threats_that_are_no_single_file_have_their_tests() -> None:
    for what, places in ELSEWHERE.items():
        for place in places:
            file, _, test = place.partition("::")
            assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8"), what


def test_attacks_that_a_sender_can_sign_are_there_signed() -> None:
    """On the container, all but those that take the place of the signature away."""
    signed = [name for name in CORPUS if name.startswith(SIGNED)]
    assert len(signed) > 60
    assert {name.removeprefix(SIGNED) for name in signed} <= CORPUS.keys()


MEASURE = """
import json, sys, time
from datetime import datetime
from pathlib import Path
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import load_trusted
folder = Path(sys.argv[1])
def memory(key):
    for line in open("/proc/self/status"):
        if line.startswith(key):
            return int(line.split()[1])
def fresh_peak():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
trusted = load_trusted([folder / "trust.pem"])
now = datetime.fromisoformat(sys.argv[2])
assert verify_package(folder / "good", trusted, now).outcome.value == "valid"
found = {}
for path in sorted(folder.glob("*.asice")):
    fresh_peak()
    before, begun = memory("VmRSS"), time.process_time()
    outcome = verify_package(path, trusted, now).outcome.value
    found[path.name] = [outcome, time.process_time() - begun, memory("VmHWM") - before]
print(json.dumps(found))
"""


def test_each_attack_within_a_second_and_100_mb(tmp_path: Path) -> None:
    """A process of its own reads one after the other; the system says how much it held at most."""
    from tests.package.samples import pinned

    pinned(tmp_path)
    attacks = {f"{number:03d}.asice": attack for number, attack in enumerate(CORPUS.values())}
    (tmp_path / "good").write_bytes(next(iter(attacks.values())).twin())
    for file, attack in attacks.items():
        (tmp_path / file).write_bytes(attack.build())
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path), NOW.isoformat()],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(answer.stdout)
    assert found.keys() == attacks.keys()
    slow = {attacks[file].name: took for file, (_, took, _kib) in found.items() if took > SLOWEST}
    large = {attacks[file].name: kib for file, (_, _took, kib) in found.items() if kib > MOST_KIB}
    assert (slow, large) == ({}, {})
    assert max(kib for _outcome, _took, kib in found.values()) > 1024, "it was measured"
