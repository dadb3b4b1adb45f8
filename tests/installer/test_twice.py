"""A second build is held against the first, byte for byte, and made of what lies in the checkout now."""

from __future__ import annotations

import subprocess
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


def test_a_second_build_that_fails_or_differs_stops(tmp_path: Path) -> None:
    root = tmp_path / "clone"
    root.mkdir()
    subprocess.run(["git", "init", "--quiet", root], check=True)
    script = root / "build_installer.py"
    script.write_text("import sys; sys.exit(3)")
    out = a_build(tmp_path / "out", b"abc")
    with pytest.raises(BuildError, match="the second build failed"):
        twice.build_again(tmp_path / "work", out, ["--target", "linux"], root)
    other = a_build(tmp_path / "other", b"abd")
    script.write_text(
        "import shutil, sys\nassert sys.argv[1:5] == ['--target', 'linux', '--no-smoke', '--out']\n"
        f"shutil.copytree({str(other)!r}, sys.argv[5])"
    )
    with pytest.raises(BuildError, match=r"other bytes: cchc\.deb"):
        twice.build_again(tmp_path / "again", out, ["--target", "linux"], root)
    script.write_text(f"import shutil, sys\nshutil.copytree({str(out)!r}, sys.argv[5])")
    twice.build_again(tmp_path / "third", out, ["--target", "linux"], root)
    assert not (tmp_path / "third").exists()
