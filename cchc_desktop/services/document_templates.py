"""An office's own wording and layout of documents: which is used, its workbook, what is wrong with one."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.documents.output import whole_file
from cchc_desktop.domain.document_layout import BOUNDS
from cchc_desktop.domain.document_template import PARTS, WORDINGS, DocumentTemplate
from cchc_desktop.domain.pack import PackInfo, PackKind, PackRef
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.formpack.document_sheets import (
    DocumentCompilation,
    WorkbookWords,
    compile_document,
    is_wanted,
    write_document,
)
from cchc_desktop.intake.workbook import read_workbook
from cchc_desktop.language import format_number, standing, text
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.settings import DOCUMENT_TEMPLATE, setting


def templates(data: Path | None = None) -> tuple[PackInfo, ...]:
    """All that are installed, the program's own first."""
    found = registry.installed(registry.pack_folders(data), PackKind.DOCUMENT)
    return tuple(entry.info for entry in found)


def choice(profile: Profile, unit_kind: UnitKind) -> tuple[tuple[PackInfo, ...], str]:
    """What a unit of that kind can choose from, the newest version of each id; and the id that was chosen.

    The id is empty where none was chosen, or what was is not there any more: the unit's own newest is taken.
    """
    newest: dict[str, PackInfo] = {}
    for info in templates(profile.folder):
        known = newest.get(info.ref.id)
        if unit_kind in info.unit_kinds and (known is None or known.ref.version < info.ref.version):
            newest[info.ref.id] = info
    chosen = profile.read(lambda db: setting(db, DOCUMENT_TEMPLATE))
    return tuple(newest.values()), chosen if chosen in newest else ""


def in_use(profile: Profile, unit_kind: UnitKind) -> PackRef:
    """Which template words the unit's documents now."""
    chosen = profile.read(lambda db: setting(db, DOCUMENT_TEMPLATE))
    template = registry.document_template(unit_kind, profile.folder, chosen)
    return PackRef(template.id, template.version)


def choose(profile: Profile, id_: str) -> None:
    """Use the template of that id from now on; empty: the unit's own newest, else the program's.

    Raises KnownError formpack.pack_unknown.
    """
    if id_ and id_ not in {info.ref.id for info in templates(profile.folder)}:
        raise KnownError("formpack.pack_unknown", id=id_)
    profile.write(lambda change: change.set_setting(DOCUMENT_TEMPLATE, id_))


def check_workbook(file: Path) -> DocumentCompilation:
    """The template in a workbook, with every error and its cell. `KnownError` workbook.… for no .xlsx."""
    return compile_document(read_workbook(file, is_wanted))


def write_workbook(to: Path, id_: str = "", data: Path | None = None) -> Path:
    """A workbook to change and take in again: that of an installed template, else the program's own words.

    Raises KnownError formpack.pack_unknown and those of writing.
    """
    content = write_document(_newest(id_, data), _words())
    with whole_file(to) as part:
        part.write_bytes(content)
    return to


def _newest(id_: str, data: Path | None) -> DocumentTemplate:
    if not id_:
        return DocumentTemplate(
            "van-ban-don-vi", 1, text("document_template.new_title"), (UnitKind.DEPARTMENT, UnitKind.COMMUNE)
        )
    found = registry.newest(registry.pack_folders(data), PackKind.DOCUMENT, id_)
    if found is None or not isinstance(found.pack, DocumentTemplate):
        raise KnownError("formpack.pack_unknown", id=id_)
    return found.pack


def _words() -> WorkbookWords:
    def ranged(name: str) -> str:
        bounds = BOUNDS[name]
        return text(
            "document_template.range",
            lowest=format_number(bounds.lowest),
            highest=format_number(bounds.highest),
            unit=text(f"document_template.unit_{bounds.unit}"),
        )

    settings = ("id", "version", "title", "unit_kinds", "source")
    return WorkbookWords(
        settings={key: text(f"document_template.main_{key}") for key in settings},
        layout={name: text(f"document_template.layout_{name}") for name in BOUNDS},
        ranges={name: ranged(name) for name in BOUNDS},
        standing={key: standing(f"documents.{key}") for key in WORDINGS},
        parts={
            f"{document.value}.{part.name}": text(f"document_template.part_{document.value}_{part.name}")
            for document, parts in PARTS.items()
            for part in parts
        },
    )
