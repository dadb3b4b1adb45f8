"""A program that edits until it is killed: says on standard output, line by line, what it holds for saved.

python -m tests.store.editor FOLDER SEED
"""

from __future__ import annotations

import random
import sys
from itertools import count
from pathlib import Path

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.services import evidence, rounds
from cchc_desktop.services.profile import open_profile
from cchc_desktop.store import answers, journal, plan


def main() -> None:
    folder, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
    profile = open_profile(folder)
    round_id = rounds.rounds(profile)[0].id
    start = profile.read(journal.head).seq + 1  # numbers only ever grow
    task = profile.write(lambda change: plan.add_task(change, round_id, "A", title=f"{start}"))[1]

    def explain(where: str, text: str) -> None:
        profile.write(lambda change: answers.set_explanation(change, round_id, where, text))

    def rename(title: str) -> None:
        profile.write(lambda change: plan.update_task(change, task.id, title=title))

    for number in count(start):
        kind = chance.choice(("answer", "answer", "answer", "task", "evidence"))
        where = f"r{chance.randrange(10)}"
        if kind == "answer":
            explain(where, f"{number}")
        elif kind == "task":
            where = task.id
            rename(f"{number}")
        else:
            source = folder.parent / "minh-chung.pdf"
            source.write_bytes(b"%PDF-1.7\n" + f"{number}".encode() * chance.randrange(1, 50_000))
            link = EvidenceLink(LinkKind.ROW, "r1")
            where = evidence.add(profile, round_id, source, EvidenceRecord(f"{number}"), [link])[1].id
        sys.stdout.write(f"{kind} {where} {number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
