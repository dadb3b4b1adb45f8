"""The folders that packages went to, newest first; remembered in the profile."""

from __future__ import annotations

import json
from pathlib import Path

from cchc_desktop.services import profile as profiles
from ui.context import Context

_SETTING = "submit.folders"
_KEPT = 4


def recent_folders(context: Context) -> list[Path]:
    """Those that are there now (a stick that was pulled out is not)."""
    try:
        kept = json.loads(profiles.setting(context.profile, _SETTING, "[]"))
    except ValueError:
        return []
    names = [name for name in kept if isinstance(name, str)] if isinstance(kept, list) else []
    return [folder for folder in map(Path, names) if folder.is_dir()]


def remember_folder(context: Context, folder: Path) -> None:
    folders = [folder, *(other for other in recent_folders(context) if other != folder)]
    written = json.dumps([str(one) for one in folders[:_KEPT]], ensure_ascii=False)
    profile = context.profile
    context.edits.save(lambda: profiles.set_setting(profile, _SETTING, written))
