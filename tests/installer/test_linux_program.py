"""The installed shape, its archive and its .deb: the same bytes whatever the machine's umask and clock."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import tarfile
from pathlib import Path

import pytest

from resources.installer import SOURCE_DATE_EPOCH, BuildError, deb, linux_program, listing
from tests.installer.a_program import version_folder


def laid_out(folder: Path, umask: int = 0o022) -> tuple[Path, listing.Listing]:
    before = os.umask(umask)
    try:
        program = folder / "program"
        return program, linux_program.lay_out(version_folder(folder / "frozen"), "0.2.0", program)
    finally:
        os.umask(before)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_installed_shape(tmp_path: Path) -> None:
    program, listed = laid_out(tmp_path)
    names = {path.relative_to(program).as_posix() for path in program.rglob("*") if path.is_file()}
    home = "versions/0.2.0"
    assert names == {
        *("cchc", "cchc-desktop", "current", f"{home}/files.json", f"{home}/cchc", f"{home}/libssl.so.3"),
        *(f"{home}/cchc_desktop/paths.pyc", f"{home}/forms/xã.json"),
    }
    assert (program / "current").read_bytes() == b"0.2.0\n"
    assert listing.read(program / home / "files.json") == listed
    assert [name for name, entry in listed.files.items() if entry.executable] == ["cchc"]


def test_the_read_me_names_the_systems_libraries(tmp_path: Path) -> None:
    program, _listed = laid_out(tmp_path)
    linux_program.write_read_me(program, ["libxcb1", "libegl1"])
    words = (program / "doc-truoc.txt").read_text("utf-8")
    assert "sudo apt install libegl1 libxcb1\n" in words
    assert "{" not in words
    assert "cchc-data" in words
    assert (program / "doc-truoc.txt").stat().st_mtime == SOURCE_DATE_EPOCH


def test_bits_and_times_come_from_nowhere_but_here(tmp_path: Path) -> None:
    program, _listed = laid_out(tmp_path, umask=0o077)
    starts = {"cchc", "cchc-desktop", "versions/0.2.0/cchc"}
    for path in program.rglob("*"):
        name = path.relative_to(program).as_posix()
        wanted = 0o755 if path.is_dir() or name in starts else 0o644
        assert stat.S_IMODE(path.stat().st_mode) == wanted, name
        assert path.stat().st_mtime == SOURCE_DATE_EPOCH, name


def test_a_folder_without_the_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "frozen").mkdir()
    with pytest.raises(BuildError, match="holds no cchc"):
        linux_program.lay_out(tmp_path / "frozen", "0.2.0", tmp_path / "program")


def test_the_archive_unpacks_to_one_folder_and_is_the_same_each_time(tmp_path: Path) -> None:
    digests = set()
    for number, umask in enumerate((0o022, 0o077)):
        folder = tmp_path / str(number)
        program, listed = laid_out(folder, umask)
        archive = linux_program.pack(program, "cchc-desktop-0.2.0", folder / "a.tar.xz")
        digests.add(digest(archive))
    assert len(digests) == 1
    with tarfile.open(archive) as packed:
        members = packed.getmembers()
        assert {member.name.partition("/")[0] for member in members} == {"cchc-desktop-0.2.0"}
        assert {(member.uid, member.gid, member.uname) for member in members} == {(0, 0, "root")}
        assert {member.mtime for member in members} == {SOURCE_DATE_EPOCH}
        packed.extractall(tmp_path / "out", filter="data")
    home = tmp_path / "out/cchc-desktop-0.2.0/versions/0.2.0"
    assert listing.of_folder(home, "0.2.0", "linux") == listed
    assert os.access(home.parent.parent / "cchc-desktop", os.X_OK)


def built(folder: Path, umask: int = 0o022) -> Path:
    program, _listed = laid_out(folder, umask)
    copyright_file = folder / "copyright"
    copyright_file.write_text("MIT\n")
    work = folder / "work"
    work.mkdir()
    needed = deb.depends(["libegl1", "libc6"], (2, 35))
    return deb.build(program, "0.2.0", needed, copyright_file, work, folder / deb.file_name("0.2.0"))


def test_the_deb_is_the_same_each_time(tmp_path: Path) -> None:
    one, two = built(tmp_path / "1"), built(tmp_path / "2", umask=0o077)
    assert one.name == two.name == "cchc-desktop_0.2.0_amd64.deb"
    assert digest(one) == digest(two)


def test_dpkg_reads_the_deb(tmp_path: Path) -> None:
    package = built(tmp_path)
    fields = subprocess.run(
        ["dpkg-deb", "--field", package], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {"Package: cchc-desktop", "Version: 0.2.0", "Depends: libc6 (>= 2.35), libegl1"} <= set(fields)
    root = tmp_path / "root"
    subprocess.run(["dpkg-deb", "--extract", package, root], check=True)
    assert (root / "opt/cchc-desktop/current").read_text() == "0.2.0\n"
    assert (root / "usr/bin/cchc").readlink() == Path("/opt/cchc-desktop/cchc")
    assert (root / "usr/bin/cchc-desktop").readlink() == Path("/opt/cchc-desktop/cchc-desktop")
    for name in (
        *("applications/cchc-desktop.desktop", "mime/packages/cchc-desktop.xml"),
        *("icons/hicolor/scalable/apps/cchc-desktop.svg", "doc/cchc-desktop/copyright"),
    ):
        assert (root / "usr/share" / name).is_file(), name
    entries = subprocess.run(["dpkg-deb", "--ctrl-tarfile", package], capture_output=True, check=True).stdout
    assert b"postinst" not in entries


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("-rw-r--r-- root/root  1081 2026-01-01 00:00 ./usr/share/doc/x", ""),
        ("lrwxrwxrwx root/root  0 2026-01-01 00:00 ./usr/bin/cchc -> /opt/cchc-desktop/cchc", ""),
        ("drwxr-xr-x root/root  0 2026-01-01 00:00 ./", ""),
        ("-rw-r--rw- root/root  1 2026-01-01 00:00 ./usr/share/x", "others may write it"),
        ("-rw-rw-r-- root/root  1 2026-01-01 00:00 ./usr/share/x", "others may write it"),
        ("-rwsr-xr-x root/root  1 2026-01-01 00:00 ./usr/bin/x", "it has a special bit"),
        ("-rw-r--r-- tester/root  1 2026-01-01 00:00 ./usr/share/x", "somebody else's"),
        ("-rw-r--r-- root/root  1 2026-01-01 00:00 ./etc/x", "it lies outside of /opt and /usr"),
    ],
)
def test_what_no_package_should_hold(line: str, what: str) -> None:
    assert deb.fault(line) == what


def test_depends_name_the_oldest_c_library_that_will_do() -> None:
    assert deb.depends(["zlib1g", "libc6", "zlib1g"], (2, 35)) == ("libc6 (>= 2.35)", "zlib1g")


def test_the_menu_entry_and_the_type_are_well_formed(tmp_path: Path) -> None:
    """The type is read by the desktop's own tool; the entry's lines are held against its specification."""
    lines = (linux_program.PARTS / "cchc-desktop.desktop").read_text("utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    fields = dict(line.split("=", 1) for line in lines[1:])
    assert fields["Exec"] == "cchc-desktop %F"
    assert fields["Comment[vi]"].startswith("Kế hoạch CCHC")
    for name in ("Categories", "MimeType", "Keywords"):
        assert fields[name].endswith(";"), name
    packages = tmp_path / "mime/packages"
    packages.mkdir(parents=True)
    shutil.copy(linux_program.PARTS / "cchc-desktop.xml", packages)
    tool = shutil.which("update-mime-database")
    if tool is not None:
        subprocess.run([tool, tmp_path / "mime"], check=True, capture_output=True)
        assert "*.asice" in (tmp_path / "mime/globs").read_text("utf-8")
    assert fields["MimeType"].removesuffix(";") in (packages / "cchc-desktop.xml").read_text("utf-8")
