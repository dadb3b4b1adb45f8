"""A finished program takes a real update pack: looked at, killed in the middle, taken, gone back from.

The release key is made for the trial and known to this copy alone; the pack changes one module.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.trust.key_room import KeyRoom
from resources.installer import ROOT, BuildError, listing, program_files, update_pack
from resources.installer.smoke import LONGEST, Way, environment, expect, json_object, run

MODULE = "cchc_desktop/domain/scorer.py"
LARGEST = 2_000_000
"""Bytes of a pack for a change in one module."""
_PASSPHRASE = "chỉ để thử một lần"  # noqa: S105 - the key lives as long as the trial


def try_update(way: Way, program: Path, version: str) -> dict[str, float]:
    """`way` starts the program in the folder `program`, whose files are changed: give a copy, or try it last.

    Gives the pack's bytes and the seconds that taking it took. BuildError at the first step that goes wrong.
    """
    work = way.folder / "cập nhật"
    old = program / "versions" / version
    target = listing.read(old / listing.NAME).target
    signer_room = KeyRoom(work / "khóa")
    signer_room.create("Nhà phát hành (thử)", "CCHC-THU", _PASSPHRASE, vietnam_now())
    signer = signer_room.signer()
    publishers = next(old.rglob("resources/trusted/publishers"))
    (publishers / "trial.pem").write_bytes(signer.certificate.pem)
    listing.write(listing.of_folder(old, version, target), old)

    later = f"{version}.1"
    new = work / "mới" / "versions" / later
    shutil.copytree(old, new)
    _compile(new, "cchc_desktop/__init__.py", _with_version(later))
    _compile(new, MODULE, (ROOT / MODULE).read_text("utf-8") + "\n\nCHANGED = True\n")
    listing.write(listing.of_folder(new, later, target), new)
    update = update_pack.difference(update_pack.release(old), update_pack.release(new), "Sửa một chỗ.")
    pack = update_pack.write(update, new, signer, work)
    if len(update.files) != 2 or (size := pack.stat().st_size) > LARGEST:
        raise BuildError(f"{way.name}: a change in one module makes a pack of {len(update.files)} files")
    shutil.rmtree(work / "mới")

    answer = expect(way, ["update", way.seen_as(pack), "--check", "--json"])
    if json_object(way, "update", answer.out)["refusals"]:
        raise BuildError(f"{way.name}: the pack is refused: {answer.out}")
    _kill_in_the_middle(way, program, pack)
    expect(way, ["--version"], f"cchc {version}\n")
    taken = expect(way, ["update", way.seen_as(pack), "--json"])
    if not json_object(way, "update", taken.out)["taken"]:
        raise BuildError(f"{way.name}: the update was not taken: {taken.out}")
    expect(way, ["--version"], f"cchc {later}\n")
    if listing.of_folder(program / "versions" / later, later, target) != listing.read(
        program / "versions" / later / listing.NAME
    ):
        raise BuildError(f"{way.name}: the new version's files are not those of its list")
    again = run(way, ["update", way.seen_as(pack)])
    if again.code != 1 or "Traceback" in again.err:
        raise BuildError(f"{way.name}: a version that is there already is not refused: {again}")
    expect(way, ["update", "--back"])
    expect(way, ["--version"], f"cchc {version}\n")
    return {"update_pack_bytes": size, "update": round(taken.seconds, 2)}


def _kill_in_the_middle(way: Way, program: Path, pack: Path) -> None:
    """As soon as the new version's folder is begun; nothing but that folder may be there afterwards."""
    running = subprocess.Popen(
        [*way.command, "update", way.seen_as(pack)],
        cwd=way.folder,
        env=environment(way),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # wine takes no /dev/null for an output
        stderr=subprocess.PIPE,
    )
    end = time.monotonic() + LONGEST
    versions = program / "versions"
    while not list(versions.glob("*.part")) and running.poll() is None and time.monotonic() < end:
        time.sleep(0.005)
    killed = running.poll() is None
    running.kill()
    out, err = running.communicate()
    if not killed:
        words = (out + err).decode("utf-8", "replace")
        raise BuildError(f"{way.name}: the update ended before it could be killed: {words}")


def _with_version(version: str) -> str:
    said = (ROOT / "cchc_desktop/__init__.py").read_text("utf-8")
    line = next(line for line in said.splitlines() if line.startswith("__version__"))
    return said.replace(line, f'__version__ = "{version}"')


def _compile(folder: Path, module: str, source: str) -> None:
    found = sorted(folder.rglob(str(Path(module).with_suffix(".pyc"))))
    if len(found) != 1:
        raise BuildError(f"{module} is {len(found)} times in the program, expected once")
    found[0].write_bytes(program_files.compiled(source.encode("utf-8"), module))
