"""Margins, sizes and spacing of a printed document, within what Nghị định 30/2020/NĐ-CP, Phụ lục I allows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, needed_fields

# Height of one single-spaced line of Times New Roman, in font sizes.
SINGLE_LINE = Decimal("1.15")


@dataclass(frozen=True, slots=True)
class Layout:
    """What an office may choose for itself. The defaults are what the program prints by itself."""

    top: Decimal = Decimal(20)
    """Margins in millimetres, of the page as it is read, portrait or landscape."""
    bottom: Decimal = Decimal(20)
    left: Decimal = Decimal(30)
    right: Decimal = Decimal(15)
    body_size: Decimal = Decimal(14)
    """Sizes in points; `title_size` is that of the type and the trích yếu."""
    title_size: Decimal = Decimal(14)
    page_number_size: Decimal = Decimal(13)
    table_size: Decimal = Decimal(11)
    indent: Decimal = Decimal("12.7")
    """Of a paragraph's first line, in millimetres."""
    paragraph_space: Decimal = Decimal(6)
    """Below each paragraph, in points."""
    line_spacing: Decimal = Decimal("1.087")
    """In single lines."""

    @property
    def body_leading(self) -> Decimal:
        """From one line's foot to the next, in points."""
        return self.body_size * SINGLE_LINE * self.line_spacing


@dataclass(frozen=True, slots=True)
class Bounds:
    lowest: Decimal
    highest: Decimal
    unit: str
    """ "mm", "pt" or "lines"."""


def _bounds(lowest: str, highest: str, unit: str) -> Bounds:
    return Bounds(Decimal(lowest), Decimal(highest), unit)


# The decree says nothing of tables and no upper bound of paragraph spacing: there the bounds are ours.
BOUNDS: Mapping[str, Bounds] = {
    "top": _bounds("20", "25", "mm"),
    "bottom": _bounds("20", "25", "mm"),
    "left": _bounds("30", "35", "mm"),
    "right": _bounds("15", "20", "mm"),
    "body_size": _bounds("13", "14", "pt"),
    "title_size": _bounds("13", "14", "pt"),
    "page_number_size": _bounds("13", "14", "pt"),
    "table_size": _bounds("10", "14", "pt"),
    "indent": _bounds("10", "12.7", "mm"),
    "paragraph_space": _bounds("6", "12", "pt"),
    "line_spacing": _bounds("1", "1.5", "lines"),
}


def bounds_fault(name: str, value: Decimal) -> Message | None:
    """Why the value of that name may not be; it names the range. None when it may."""
    bounds = BOUNDS[name]
    if bounds.lowest <= value <= bounds.highest:
        return None
    return message(
        "document_template.out_of_range",
        value=value,
        name=message(f"document_template.layout_{name}"),
        lowest=bounds.lowest,
        highest=bounds.highest,
        unit=message(f"document_template.unit_{bounds.unit}"),
    )


def layout_faults(layout: Layout) -> tuple[Message, ...]:
    """Every value outside its range, with the range."""
    found = (bounds_fault(name, getattr(layout, name)) for name in needed_fields(Layout))
    return tuple(fault for fault in found if fault is not None)
