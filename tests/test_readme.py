"""What README promises: its pictures are there, and its commands are the program's."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
import statistics
from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from cchc_desktop.cli import COMMANDS
from cchc_desktop.cli.entry import take_option
from tests.bench import FIGURES, Figure, measuring, table

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LARGEST_PICTURE = 120 * 1024
PNG = b"\x89PNG\r\n\x1a\n"


def _lines(program: str) -> list[str]:
    """Every line of a code block that calls the program, without what is said beside it."""
    lines = [line for block in BLOCK.findall(README) for line in block.splitlines()]
    # Two spaces and more part a call from the words about it.
    return [re.split(r"\s{2,}", line)[0] for line in lines if line.split()[:1] == [program]]


def _whole(line: str) -> bool:
    """A call that can be typed as it stands; not an overview ("a | b") or one with a part left out."""
    return "|" not in line and "[" not in line


def _inline() -> list[str]:
    return [words for words in INLINE.findall(BLOCK.sub("", README)) if words.startswith("cchc ")]


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"cchc {command}", exit_on_error=False)
    import_module(f"cchc_desktop.cli.{command}").configure(parser)
    return parser


def _actions(command: str) -> set[str]:
    groups = (
        action for action in _parser(command)._actions if isinstance(action, argparse._SubParsersAction)
    )
    return {name for group in groups for name in group.choices}


def test_every_picture_is_there_and_small() -> None:
    names = [unquote(name) for name in PICTURE.findall(README)]
    assert len(names) == len(set(names)) >= 7
    for name in names:
        content = (ROOT / name).read_bytes()
        assert content.startswith(PNG), name
        assert len(content) <= LARGEST_PICTURE, name
    shown = {path.relative_to(ROOT).as_posix() for path in (ROOT / "resources/help/office").iterdir()}
    assert shown <= set(names)


@pytest.mark.parametrize("line", [line for line in _lines("cchc") if _whole(line)])
def test_every_whole_command_line_parses(line: str) -> None:
    rest = shlex.split(line)[1:]
    take_option(rest, "--data")
    if not rest:
        return  # the window
    assert rest[0] in COMMANDS
    parsed = _parser(rest[0]).parse_args(rest[1:])
    assert getattr(parsed, "action", None) in {None, *rest}


def test_every_command_that_is_named_is_known() -> None:
    named = [*_lines("cchc"), *_inline()]
    assert len(named) >= 20
    for line in named:
        words = line.split()[1:]
        if not words:
            continue
        assert words[0] in COMMANDS, line
        if actions := _actions(words[0]):
            listed = [word for word in words[1 : words.index("--") if "--" in words else None] if word != "|"]
            several = listed if "|" in words else listed[:1]
            assert several and set(several) <= actions, line


def test_every_action_of_forms_is_said_in_readme() -> None:
    said = {word for line in (*_lines("cchc"), *_inline()) for word in line.split() if "forms" in line}
    assert _actions("forms") <= said


def test_the_two_commands_of_the_checkout_exist() -> None:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None and spec.loader is not None
    dev: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    named = [line.split()[2] for line in _lines("python3") if line.split()[1] == "dev.py"]
    assert named == ["run", "test"]
    assert set(named) <= set(dev.COMMANDS)


def test_the_bench_table_has_a_line_for_each_figure() -> None:
    """The bench writes it; a figure that was added since, renamed or given another bound is missing in it."""
    _before, begin, rest = README.partition(table.BEGIN)
    written, end, _after = rest.partition(table.END)
    assert begin and end
    lines = [line for line in written.splitlines() if line.startswith("| ")]
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]
    wanted = [
        [figure.title, figure.reference or "–", table.wanted(measuring.head(figure))] for figure in FIGURES
    ]
    assert [cells[:3] for cells in told] == wanted
    for cells in told:
        assert len(cells) == 5
        assert re.match(r"\d[\d.]* (ms|MB)\b|not measured: \w", cells[3]), cells
    assert re.search(r"^Measured \d{4}-\d{2}-\d{2}\b.* on \w+ .*Python 3\.", written, re.MULTILINE)


def test_the_bench_writes_its_table_and_nothing_else(tmp_path: Path) -> None:
    """A ratio that holds, one that doesn't, memory, tenfold data, a figure that can't be measured."""

    def found(figure: Figure, **more: object) -> measuring.Found:
        return {**measuring.head(figure), "at": "2026-11-22T01:02:03+00:00", **more}

    ratio = Figure("a", "one edit", 2.0, "raw", plus=0.5)
    figures = [
        found(ratio, value=0.0003, reference_value=0.00015, ratio=2.0, spread=[0.0002, 0.0004], holds=True),
        found(ratio, value=0.9, reference_value=0.15, ratio=6.0, spread=[0.8, 1.0], holds=False),
        found(Figure("b", "memory", 32, megabytes=True), value=12.34, spread=[12.0, 13.0], holds=True),
        found(
            Figure("c", "search", 1 / 3, "Calc"),
            value=0.0123,
            reference_value=0.123,
            ratio=0.1,
            spread=[0.01, 0.02],
            holds=True,
            growth={"times": [1, 10], "values": [0.01, 0.1], "exponent": 1.0},
        ),
        found(Figure("d", "installed", 0.05), lacking="a build"),
    ]
    readme = tmp_path / "README.md"
    readme.write_text(f"trước\n{table.BEGIN}\ncũ\n{table.END}\nsau\n", "utf-8")
    table.write_readme(table.readme_table("Linux, 2 cores", "medians of 7", figures), readme)
    assert readme.read_text("utf-8").splitlines()[-9:] == [
        "| figure | against | wanted | measured | ten times the data |",
        "|---|---|---|---|---|",
        "| one edit | raw | ≤ 2.0 × + 0.5 s | 0.30 ms = **2.00 ×** | – |",
        "| one edit | raw | ≤ 2.0 × + 0.5 s | 900 ms = **6.00 ×** (does not hold) | – |",
        "| memory | – | ≤ 32.0 MB | 12.3 MB | – |",
        "| search | Calc | ≤ 1/3 × | 12.3 ms = **0.10 ×** | 10.0 ms → 100 ms (1.00) |",
        "| installed | – | ≤ 50.0 ms | not measured: a build | – |",
        table.END,
        "sau",
    ]
    assert readme.read_text("utf-8").startswith(
        f"trước\n{table.BEGIN}\nMeasured 2026-11-22 on Linux, 2 cores;"
    )
    table.write_readme(f"{table.BEGIN}\nanew\n{table.END}", readme)
    assert readme.read_text("utf-8") == f"trước\n{table.BEGIN}\nanew\n{table.END}\nsau\n"
    readme.write_text("no place", "utf-8")
    with pytest.raises(SystemExit, match="no place for the table"):
        table.write_readme("anything", readme)


@pytest.mark.parametrize(
    ("small", "large", "expected"), [(2.0, 20.0, 1.0), (3.0, 3.0, 0.0), (1.0, 100.0, 2.0)]
)
def test_the_exponent_of_growth(small: float, large: float, expected: float) -> None:
    assert measuring.exponent(small, large) == pytest.approx(expected)


def test_a_ratio_is_that_of_two_runs_of_the_same_turn() -> None:
    """The machine is twice as slow for two of five turns of the one side, and for three of the other's."""
    references, own = [1.0, 1.0, 2.0, 2.0, 1.0], [1.4, 1.4, 2.8, 2.8, 2.8]
    assert measuring.ratio(own, references, statistics.median) == pytest.approx(1.4)
    assert measuring.ratio(own, references, min) == pytest.approx(1.4)
    slower = [2.0 * one for one in own]
    assert measuring.ratio(slower, references, statistics.median) == pytest.approx(2.8)
