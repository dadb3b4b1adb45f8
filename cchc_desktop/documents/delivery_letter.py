"""The words of a mail that carries a package: what is in it, its code, and how anyone checks it."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_desktop.domain.delivery import DeliveryFile
from cchc_desktop.domain.package_head import check_code, filing
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.submission import Submission
from cchc_desktop.language import format_size, text


def delivery_letter(
    of_round: Round, filed: Submission, files: Sequence[DeliveryFile], number: int
) -> tuple[str, str]:
    """Subject and body for the file of that number: 1 is the package, from 2 on they are its packs."""
    file, count = files[number - 1], len(files)
    what = text(f"outbox.what_{filed.kind}", year=str(of_round.year))
    of_many = text("outbox.of_many", number=number, count=count) if count > 1 else ""
    subject = text(
        "outbox.subject", what=what, unit=of_round.unit.name, filing=filing(filed.revision), of_many=of_many
    )
    facts = {"name": file.name, "size": format_size(file.size), "code": check_code(file.sha256)}
    if number == 1:
        contents = text("outbox.letter_package", what=what, filing=filing(filed.revision), **facts)
        if count > 1:
            contents += "\n" + text("outbox.letter_light", count=count - 1)
    else:
        main = text("outbox.main", name=files[0].name, code=check_code(files[0].sha256))
        contents = text("outbox.letter_pack", part=number - 1, parts=count - 1, main=main, **facts)
    contact = of_round.unit.focal_point
    sender = ", ".join(part for part in (contact.name, contact.title, contact.contact) if part)
    body = text(
        "outbox.letter",
        contents=contents,
        unit=of_round.unit.name,
        sender=sender,
        name=file.name,
        digest=file.sha256,
    )
    return subject, body
