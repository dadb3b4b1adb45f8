#!/usr/bin/env python3
"""One file to install: setup.exe and a portable ZIP for Windows, a .deb and a .tar.xz for Linux.

python3 build_installer.py                       all of them, each tried out in the same run
python3 build_installer.py --target windows      setup.exe and the ZIP alone
python3 build_installer.py --target linux        .deb and .tar.xz alone
    --out DIR                                    where they go, with their hashes and parts (dist/)
    --python-embed ZIP                           the official embeddable Python, for releases
    --python-from-wheel                          the same Python out of a pinned wheel (default)
    --previous FILE                              setup.exe or .deb of the release before, to upgrade from
    --no-smoke                                   pack only; never for a release
    --all-gui-tests                              all tests of the window on the Windows program: for a release
    --twice                                      a second build beside it has to give the same bytes

python3 build_installer.py update --from RELEASE --to RELEASE --key KEY.p12
                                                 a signed update pack (resources/installer/update_pack.py)

Built on Debian 12 from the package registries alone; every input is pinned by SHA-256.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import dev
from resources.installer import ROOT, BuildError, program_version, twice
from resources.installer.build import Build

TARGETS = ("linux", "windows")
"""Each is a module of resources/installer with `packages()` and `build(build)`."""


def arguments_of(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build_installer.py", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--target", choices=(*TARGETS, "all"), default="all")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    runtime = parser.add_mutually_exclusive_group()
    runtime.add_argument("--python-embed", type=Path, metavar="ZIP")
    runtime.add_argument("--python-from-wheel", action="store_true")
    parser.add_argument("--previous", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--no-smoke", dest="smoke", action="store_false")
    parser.add_argument("--all-gui-tests", action="store_true")
    parser.add_argument("--twice", action="store_true")
    return parser.parse_args(words)


def run(words: Sequence[str]) -> int:
    chosen = arguments_of(words)
    targets = TARGETS if chosen.target == "all" else (chosen.target,)
    modules = [importlib.import_module(f"resources.installer.{target}") for target in targets]
    needed = dict.fromkeys(package for module in modules for package in module.packages(chosen.smoke))
    if not dev.install_packages(tuple(needed)):
        return 2
    began = time.monotonic()
    build = Build(
        out=chosen.out.absolute(),
        version=program_version(),
        python_embed=chosen.python_embed.absolute() if chosen.python_embed else None,
        previous=tuple(path.absolute() for path in chosen.previous),
        smoke=chosen.smoke,
        all_gui_tests=chosen.all_gui_tests,
    )
    if chosen.twice:
        again = ["--target", chosen.target]
        if build.python_embed:
            again += ["--python-embed", str(build.python_embed)]
        build.say("beside it once more, from a copy of the checkout in another folder")
        with twice.building_again(build.fresh("twice"), build.out, again) as compared:
            build_all(build, modules)
            build.say("waiting for the second build")
            compared()
        build.say("the second build has the same bytes")
    else:
        build_all(build, modules)
    build.say(f"done in {time.monotonic() - began:.0f} s")
    for product in build.products:
        print(f"  {product.path.stat().st_size / 1e6:7.1f} MB  {product.sha256}  {product.path}")
    return 0


def build_all(build: Build, modules: Sequence[ModuleType]) -> None:
    for module in modules:
        module.build(build)
    build.write_report()


def main(words: list[str]) -> int:
    """Make `.venv` as dev.py does and go on in its Python, which has the pinned libraries."""
    if words[:1] != ["update"] and any(word in ("-h", "--help") for word in words):
        arguments_of(words)
    if not dev.set_up(dev.RUN_LIBRARIES):
        return 2
    if Path(sys.prefix).resolve() != dev.VENV.resolve():
        python = str(dev.PROGRAMS / "python")
        os.execv(python, [python, __file__, *words])  # noqa: S606
    try:
        if words[:1] == ["update"]:
            return int(importlib.import_module("resources.installer.update_pack").run(words[1:]))
        return run(words)
    except BuildError as error:
        print(f"build_installer.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"build_installer.py: stopped; to begin again: {shlex.join(words)}", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
