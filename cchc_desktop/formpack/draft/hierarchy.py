"""Which criterion stands below which, by how their numbers are written and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc_desktop.formpack.draft.codes import Code, value_of
from cchc_desktop.formpack.draft.plain import is_capitals
from cchc_desktop.formpack.draft.rows import Entry
from cchc_desktop.formpack.draft.wording.reading import doubt
from cchc_desktop.quick_dataclass import dataclass, field

_TWINS = {"number.": "number", "number": "number.", "small)": "small", "small": "small)"}


@dataclass(eq=False)
class Item:
    """A criterion in the tree. `code` carries the hierarchy: it is its parent's, a dot and its own."""

    entry: Entry
    style: str
    parts: tuple[str, ...]
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)
    code: str = ""

    @property
    def level(self) -> int:
        return 1 if self.parent is None else self.parent.level + 1

    @property
    def value(self) -> int:
        return value_of(self.parts[-1], self.style) if self.parts else 0

    def walk(self) -> Iterator[Item]:
        yield self
        for child in self.children:
            yield from child.walk()


def build_tree(entries: Sequence[Entry]) -> list[Item]:
    """The top of the tree; doubts about the place of a criterion are added to its entry."""
    builder = _Builder()
    for place, entry in enumerate(entries):
        following = entries[place + 1].code if place + 1 < len(entries) else None
        builder.add(entry, following)
    taken: set[str] = set()
    for root in builder.roots:
        _name(root, taken)
    return builder.roots


class _Builder:
    def __init__(self) -> None:
        self.roots: list[Item] = []
        self._stack: list[Item] = []
        self._nested: set[tuple[str, str]] = set()

    def add(self, entry: Entry, following: Code | None) -> None:
        code = entry.code
        style = self._style(entry)
        item = Item(entry, style, code.parts if code is not None else ())
        self._place(item, following)
        if item.parent is None:
            self.roots.append(item)
        else:
            item.parent.children.append(item)
            self._nested.add((item.parent.style, item.style))
        self._check_order(item)
        self._stack.append(item)

    def _style(self, entry: Entry) -> str:
        if entry.outer:
            return "outer"
        if entry.code is None:
            return "capitals" if is_capitals(entry.label) else "dash"
        if entry.code.style == "roman" and self._goes_on_as("letter", entry.code):
            return "letter"
        if entry.code.style == "letter" and self._goes_on_as("roman", entry.code):
            return "roman"
        return entry.code.style

    def _goes_on_as(self, style: str, code: Code) -> bool:
        """H is followed by I, and C comes after B, though both are Roman figures too."""
        for item in reversed(self._stack):
            if item.style == style and item.parts and len(item.parts[0]) == 1:
                return ord(code.parts[0][0]) - ord(item.parts[0][0]) == 1 and len(code.parts[0]) == 1
        return False

    def _place(self, item: Item, following: Code | None) -> None:
        stack = self._stack
        if item.style == "outer":
            stack.clear()
        elif item.style == "dotted":
            self._place_dotted(item)
        elif item.style == "dash":
            while stack and stack[-1].style == "dash":
                stack.pop()
            if not stack:
                item.entry.doubts.append(doubt("without_parent"))
        elif item.style == "capitals" and not any(other.style == "capitals" for other in stack):
            stack.clear()
        else:
            self._place_single(item)
        item.parent = stack[-1] if stack else None

    def _place_dotted(self, item: Item) -> None:
        stack = self._stack
        prefix = _prefix(item.parts)
        for depth in range(len(stack), 0, -1):
            if _spelled(stack[depth - 1]) == prefix:
                del stack[depth:]
                return
        for depth in range(len(stack), 0, -1):
            other = stack[depth - 1]
            if other.style == "dotted" and len(other.parts) == len(item.parts):
                # Its parent is not printed: it stands beside one whose number is as long.
                if _prefix(other.parts) != prefix:
                    item.entry.doubts.append(doubt("parent_missing", parent=".".join(prefix)))
                del stack[depth - 1 :]
                return
        outer = [
            depth
            for depth, other in enumerate(stack)
            if other.style in ("outer", "capitals", "roman", "letter", "word")
        ]
        missing = len(prefix) > 1 or (prefix and not (outer and not _spelled(stack[outer[-1]])))
        if outer and len(item.parts) == 2 and _outer_fits(stack[outer[-1]], prefix):
            missing = False
        if missing:
            item.entry.doubts.append(doubt("parent_missing", parent=".".join(prefix)))
        del stack[outer[-1] + 1 if outer else 0 :]

    def _place_single(self, item: Item) -> None:
        stack = self._stack
        for depth in range(len(stack), 0, -1):
            if stack[depth - 1].style == item.style:
                del stack[depth - 1 :]
                return
        twin = _TWINS.get(item.style)
        for depth in range(len(stack), 0, -1):
            other = stack[depth - 1]
            nested = (other.style, item.style) in self._nested
            if other.style == twin and item.value == other.value + 1 and item.value > 1 and not nested:
                item.style = other.style
                del stack[depth - 1 :]
                return
        while stack and stack[-1].style == "dash":
            stack.pop()

    def _check_order(self, item: Item) -> None:
        siblings = item.parent.children if item.parent is not None else self.roots
        before = next((other for other in reversed(siblings) if other is not item and other.parts), None)
        if item.entry.code is None or not item.parts or not item.value:
            return
        if item.entry.by_excel and item.value != (before.value + 1 if before is not None else 1):
            self._restore(item, before)
            return
        if before is None or before.style != item.style:
            return
        if item.value <= before.value and item.parts[:-1] == before.parts[:-1]:
            item.entry.doubts.append(
                doubt("code_out_of_order", found=item.entry.code.printed, before=before.entry.code.printed)
                if before.entry.code is not None
                else doubt("parent_missing", parent="")
            )

    def _restore(self, item: Item, before: Item | None) -> None:
        """Excel makes 1.1 of 1.10: after 1.9 that is 1.10 again. A person is told of every gap."""
        code = item.entry.code
        if code is None:
            return
        item.entry.doubts.append(doubt("code_by_excel", found=code.printed))
        if before is not None and before.value == 10 * item.value - 1:
            item.parts = (*item.parts[:-1], f"{item.parts[-1]}0")
            item.entry.code = Code(".".join(item.parts), item.parts, code.style)


def _prefix(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What the parent of "6a" or "1.2.3" is called."""
    last = parts[-1].casefold()
    above = tuple(part.casefold() for part in parts[:-1])
    if last[0].isdigit() and not last.isdigit():
        return (*above, last.rstrip("abcdefghijklmnopqrstuvwxyzđ"))
    return above


def _spelled(item: Item) -> tuple[str, ...]:
    """The printed number of the item as its children repeat it."""
    return tuple(part.casefold() for part in item.parts)


def _outer_fits(item: Item, prefix: tuple[str, ...]) -> bool:
    return not item.parts or _spelled(item) == prefix


def _name(item: Item, taken: set[str]) -> None:
    """Give the item its code, and its children theirs."""
    above = f"{item.parent.code}." if item.parent is not None else ""
    own = _own_part(item)
    code = f"{above}{own}"
    if code in taken:
        number = 2
        while f"{code}-{number}" in taken:
            number += 1
        item.entry.doubts.append(doubt("code_repeated", code=code))
        code = f"{code}-{number}"
    item.code = code
    taken.add(code)
    for child in item.children:
        _name(child, taken)


def _own_part(item: Item) -> str:
    siblings = item.parent.children if item.parent is not None else []
    if not item.parts:
        if item.parent is None:
            first = next((c for c in item.children if c.parts), None)
            if first is not None and len(first.parts) > 1:
                return first.parts[0]
            return "1"
        return str(1 + next(n for n, other in enumerate(siblings) if other is item))
    if item.parent is None and len(item.parts) > 1:
        return ".".join(item.parts)
    last = item.parts[-1]
    if len(item.parts) > 1 and not last[0].isdigit():
        # "2.a)" is written "2a": one component under its parent.
        return f"{item.parts[-2]}{last}" if item.parts[-2].isdigit() else last
    return last
