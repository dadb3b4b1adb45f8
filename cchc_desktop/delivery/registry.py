"""The ways out of the house. A channel is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from cchc_desktop.delivery.channel import Channel
from cchc_desktop.domain.delivery import EMAIL, FOLDER, UPLOAD
from cchc_desktop.errors import BugError

# Each module has a `CHANNEL`.
_MODULES = {
    FOLDER: "folder_channel",
    EMAIL: "email_channel",
    UPLOAD: "upload_channel",
}
IDS = tuple(_MODULES)


def channel(channel_id: str) -> Channel:
    if channel_id not in _MODULES:
        raise BugError(f"no channel {channel_id}")
    module = import_module(f"cchc_desktop.delivery.{_MODULES[channel_id]}")
    return cast(Channel, module.CHANNEL)
