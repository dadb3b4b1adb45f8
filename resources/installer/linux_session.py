"""The frozen program in a desktop's session: its signing key lies in the Secret Service, and is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from resources.installer import smoke, tools
from resources.installer.smoke import Way

_IN_A_SESSION = """
printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$@"
"""
_DBUS_SAYS = "dbus-daemon["
"""How lines begin that the session's own daemon writes (it may not raise a limit in a container)."""


def with_keyring(way: Way, home: Path) -> Way:
    """The same program, each time in a session of its own with one keyring that lies in `home`."""
    return replace(
        way,
        command=("dbus-run-session", "--", "sh", "-c", _IN_A_SESSION, "sh", *way.command),
        environment={
            **way.environment,
            **{name: str(home) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME")},
        },
        said=lambda out: "".join(
            line for line in out.splitlines(keepends=True) if not line.startswith(_DBUS_SAYS)
        ),
    )


def try_keyring(way: Way, data: Path) -> None:
    """`smoke.check_key` with the Secret Service of a desktop's session."""
    tools.need("dbus-run-session", "gnome-keyring-daemon")
    home = way.folder / "phiên"
    home.mkdir(mode=0o700)
    smoke.check_key(with_keyring(way, home), data, home)
