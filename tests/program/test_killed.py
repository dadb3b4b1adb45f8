"""A SIGKILL before every single step of an update: the old program or the new one, never half of one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.program.releases import NEW, NEW_FILES, OLD, install, lay, pack, publisher

ROOT = Path(__file__).resolve().parents[2]


def test_killed_at_every_step(tmp_path: Path) -> None:
    issuer = publisher(tmp_path / "tin")
    program = install(tmp_path / "thử" / "pristine")
    new = lay(tmp_path / "mới", NEW, NEW_FILES)
    update = pack(tmp_path, issuer.signer, program.running, new)
    out = tmp_path / "lines"
    run = subprocess.run(
        [
            *(sys.executable, "-m", "tests.program.kill_worker"),
            *(str(tmp_path / "thử"), str(update), str(issuer.files()[0]), str(out)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    *killed, lived = lines
    assert (lived["step"], lived["exit"], lived["version"], lived["doing"]) == (None, 0, NEW, "")
    assert [line["step"] for line in killed] == list(range(1, len(killed) + 1))
    assert len(killed) >= 60
    assert all(line["exit"] == -9 for line in killed)

    doing = [line["doing"] for line in killed]
    for kind in ("open ", "os.link ", "os.mkdir ", "fsync ", "os.rename ", "os.chmod "):
        assert any(done.startswith(kind) for done in doing), kind
    versions = [line["version"] for line in killed]
    turn = versions.index(NEW)
    assert versions == [OLD] * turn + [NEW] * (len(killed) - turn)
    assert doing[turn - 1] == "os.rename current", "the pointer alone decides"
    renamed = doing.index(f"os.rename versions/{NEW}")
    assert 0 < renamed < turn - 1, "between the folder's rename and the pointer's it is still the old one"
    for line in lines:
        assert line["left"] == []
        assert line["version_after_tidy"] == line["version"]
        assert (line["again"], line["back"], line["whole_after_back"]) == (NEW, OLD, OLD)
