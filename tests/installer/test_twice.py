"""A second build is held against the first, byte for byte, and made of what lies in the checkout now."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from resources.installer import BuildError, twice
from resources.installer.build import Build


def a_build(out: Path, content: bytes, **facts: object) -> Path:
    out.mkdir()
    package = out / "cchc.deb"
    package.write_bytes(content)
    build = Build(out, "0.2.0")
    build.add("linux", package, **facts)
    build.write_report()
    return out


def test_the_same_bytes_are_the_same(tmp_path: Path) -> None:
    one = a_build(tmp_path / "one", b"abc", installed_bytes=7)
    assert twice.compare(one, a_build(tmp_path / "two", b"abc", installed_bytes=7)) == []
    # printf abc | sha256sum
    assert twice.sums(one) == {"cchc.deb": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}


def test_what_differs_is_named(tmp_path: Path) -> None:
    one = a_build(tmp_path / "one", b"abc", installed_bytes=7)
    assert twice.compare(one, a_build(tmp_path / "two", b"abd", installed_bytes=7)) == ["cchc.deb"]
    assert twice.compare(one, a_build(tmp_path / "three", b"abc", installed_bytes=8)) == ["build.json"]


def test_a_copy_has_what_git_would_have(tmp_path: Path) -> None:
    root = tmp_path / "clone"
    root.mkdir()
    subprocess.run(["git", "init", "--quiet", root], check=True)
    for name, words in (
        *((".gitignore", "dist/\n"), ("kept.py", "1"), ("gone.py", "2"), ("new.py", "3"), ("dist/big", "4")),
    ):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(words)
    subprocess.run(["git", "-C", root, "add", ".gitignore", "kept.py", "gone.py"], check=True)
    (root / "gone.py").unlink()
    (root / "kept.py").write_text("changed since")
    twice.copy_checkout(root, tmp_path / "copy")
    found = {path.name: path.read_text() for path in (tmp_path / "copy").rglob("*") if path.is_file()}
    assert found == {".gitignore": "dist/\n", "kept.py": "changed since", "new.py": "3"}


def a_clone(folder: Path, script: str) -> Path:
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    (folder / "build_installer.py").write_text(script)
    return folder


def build_again(work: Path, out: Path, root: Path) -> None:
    with twice.building_again(work, out, ["--target", "linux"], root) as compared:
        compared()


def test_a_second_build_that_fails_stops_with_its_own_words(tmp_path: Path) -> None:
    root = a_clone(tmp_path / "clone", "import sys; sys.exit('no compiler')")
    with pytest.raises(BuildError, match=r"(?s)the second build failed.*no compiler"):
        build_again(tmp_path / "work", a_build(tmp_path / "out", b"abc"), root)


def test_a_second_build_is_held_against_the_first(tmp_path: Path) -> None:
    out, other = a_build(tmp_path / "out", b"abc"), a_build(tmp_path / "other", b"abd")
    root = a_clone(
        tmp_path / "clone",
        "import shutil, sys\nassert sys.argv[1:5] == ['--target', 'linux', '--no-smoke', '--out']\n"
        f"shutil.copytree({str(other)!r}, sys.argv[5])",
    )
    with pytest.raises(BuildError, match=r"other bytes: cchc\.deb"):
        build_again(tmp_path / "again", out, root)
    script = f"import shutil, sys\nshutil.copytree({str(out)!r}, sys.argv[5])"
    (root / "build_installer.py").write_text(script)
    build_again(tmp_path / "third", out, root)
    assert not (tmp_path / "third").exists()


def test_a_second_build_ends_with_a_first_that_fails(tmp_path: Path) -> None:
    """It and what it has started: here a shell that would write a file after a second."""
    begun, late = tmp_path / "begun", tmp_path / "late"
    root = a_clone(
        tmp_path / "clone",
        f"import subprocess\nsubprocess.run(['sh', '-c', 'touch {begun}; sleep 1; touch {late}'])",
    )
    out = a_build(tmp_path / "out", b"abc")
    with (
        pytest.raises(BuildError, match="the first"),
        twice.building_again(tmp_path / "work", out, ["--target", "linux"], root),
    ):
        while not begun.exists():
            time.sleep(0.01)
        raise BuildError("the first failed")
    time.sleep(1.2)
    assert not late.exists()
