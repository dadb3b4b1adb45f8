"""The one form of `data/update.json`, in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_desktop.domain.update import (
    LONGEST_NOTES,
    TARGET,
    VERSION,
    Action,
    Update,
    UpdateFile,
    clash,
    path_fault,
    version_order,
)
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.json_fields import Fields
from cchc_desktop.package.layout import FILES_FOLDER, LARGEST_PACKAGE, UPDATE_NAME, name_fault
from cchc_desktop.package.strict_json import read_json, write_json

FORM = "cchc-update-1"


def write_update(update: Update) -> bytes:
    return write_json(
        {
            "form": FORM,
            "version": update.version,
            "from_version": update.from_version,
            "target": update.target,
            "from_listing": update.from_listing,
            "listing": update.listing,
            "files": [_file(file) for file in update.files],
            "notes": update.notes,
        }
    )


def _file(file: UpdateFile) -> dict[str, Any]:
    if file.action is Action.REMOVE:
        return {"path": file.path, "action": file.action.value}
    return {
        "path": file.path,
        "action": file.action.value,
        "sha256": file.sha256,
        "size": file.size,
        "executable": file.executable,
        "entry": file.entry,
    }


def read_update(content: bytes) -> Update:
    """Raises `ProfileBroken`: a path out of the program's folder is refused before anything is written."""
    fields = Fields(read_json(content, UPDATE_NAME), UPDATE_NAME)
    if fields.text("form") != FORM:
        raise ProfileBroken("package.update_form")
    update = Update(
        version=fields.matching("version", VERSION),
        from_version=fields.matching("from_version", VERSION),
        target=fields.matching("target", TARGET),
        from_listing=fields.digest("from_listing"),
        listing=fields.digest("listing"),
        files=fields.each("files", _read_file),
        notes=fields.text("notes", LONGEST_NOTES),
    )
    fields.end()
    if version_order(update.version) <= version_order(update.from_version):
        raise ProfileBroken("package.update_backwards", version=update.version, wanted=update.from_version)
    if (path := clash(file.path for file in update.files)) is not None:
        raise ProfileBroken("package.update_path_clash", name=ascii(path)[1:-1])
    entries = [file.entry for file in update.written]
    if len(set(entries)) != len(entries):
        raise ProfileBroken("package.head_file_twice")
    return update


def _read_file(fields: Fields) -> UpdateFile:
    path = fields.text("path", 1000)
    if fault := path_fault(path):
        raise ProfileBroken(fault, name=ascii(path)[1:101])
    action = fields.choice("action", Action)
    if action is Action.REMOVE:
        return UpdateFile(path, action)
    file = UpdateFile(
        path,
        action,
        sha256=fields.digest("sha256"),
        size=fields.integer("size", most=LARGEST_PACKAGE),
        executable=fields.yes_or_no("executable"),
        entry=fields.text("entry", 100),
    )
    fault = name_fault(file.entry.encode("utf-8", "surrogatepass"))
    if fault or not file.entry.startswith(f"{FILES_FOLDER}/"):
        raise ProfileBroken(fault or "package.update_path_form", name=ascii(file.entry)[1:-1])
    return file


def check_entries(update: Update, entries: Mapping[str, tuple[int, str]]) -> None:
    """The files in the pack (size and SHA-256 by entry) are those that it names, one to one.

    Raises `ProfileBroken`.
    """
    named = {file.entry: file for file in update.written}
    brought = {name for name in entries if name.startswith(f"{FILES_FOLDER}/")}
    if missing := named.keys() - brought:
        raise ProfileBroken("package.head_file_missing", name=named[min(missing)].path)
    if extra := brought - named.keys():
        raise ProfileBroken("package.head_file_unnamed", name=min(extra))
    for name, file in named.items():
        if entries[name] != (file.size, file.sha256):
            raise ProfileBroken("package.head_file_other", name=file.path)
