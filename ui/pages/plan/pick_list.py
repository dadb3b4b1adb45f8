"""Choosing among tasks or targets that could be taken into the plan: the template's, or last year's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from ui.widgets.button import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.labels import second, section
from ui.widgets.option_button import CheckOption
from ui.widgets.panel import clear, column, row


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to take: `key` is its own, `detail` stands behind the title ("Văn phòng · Quý II").

    `ticked`: offered as chosen already.
    """

    key: str
    title: str
    detail: str
    group: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where offers come from: "Khung kế hoạch", "Kế hoạch năm 2025"."""

    key: str
    name: str
    offers: tuple[Offer, ...]


class PickList(QDialog):
    """`chosen()` after it was accepted: the source and the keys, in the order shown."""

    def __init__(
        self, parent: QWidget | None, heading: str, sources: Sequence[Source], group: str, source: str = ""
    ) -> None:
        """`group` and `source` are shown first, where they are among the offers."""
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setModal(True)
        self.resize(760, 560)
        self._sources, self._group = tuple(sources), group
        self._options: dict[str, CheckOption] = {}
        self.source = Choice(text("plan_page.pick_source"))
        self.source.set_choices([(one.key, one.name) for one in self._sources], self._first(source))
        self.source.chosen.connect(lambda _key: self._fill())
        self.source.setMinimumWidth(300)
        self.group = Choice(text("plan_page.pick_group"))
        self.group.chosen.connect(lambda _key: self._fill())
        self.group.setMinimumWidth(240)
        self.all = Button(text("plan_page.pick_all"), self._pick_all)
        self.take = Button("", self.accept, kind=Kind.PRIMARY)
        self.back = Button(text("plan_page.pick_back"), self.reject)
        inner = QWidget()
        self._box = column(gap=0)
        inner.setLayout(self._box)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self.setLayout(
            column(
                section(heading),
                row(self.source, self.group, None, self.all, gap=8),
                area,
                row(None, self.back, self.take, gap=8),
                gap=12,
                margin=20,
            )
        )
        self._fill(first=True)

    def _first(self, source: str) -> str:
        return source if source in {one.key for one in self._sources} else self._sources[0].key

    def _shown_source(self) -> Source:
        return next(one for one in self._sources if one.key == self.source.value())

    def _fill(self, *, first: bool = False) -> None:
        offers = self._shown_source().offers
        groups = list(dict.fromkeys(offer.group for offer in offers))
        wanted = self._group if first else self.group.value()
        if wanted not in groups:
            wanted = ""
        self.group.set_choices(
            [("", text("plan_page.pick_all_areas")), *((one, one) for one in groups)], wanted
        )
        clear(self._box)
        self._options = {}
        before = ""
        for offer in offers:
            if wanted not in ("", offer.group):
                continue
            if offer.group != before and not wanted:
                self._box.addWidget(second(offer.group))
            before = offer.group
            words = f"{offer.title} ({offer.detail})" if offer.detail else offer.title
            option = CheckOption(words)
            option.setChecked(offer.ticked)
            option.toggled.connect(lambda _on: self._count())
            self._options[offer.key] = option
            self._box.addWidget(option)
        if not self._options:
            self._box.addWidget(second(text("plan_page.pick_none")))
        self._box.addStretch(1)
        self._count()

    def _pick_all(self) -> None:
        on = not all(option.isChecked() for option in self._options.values())
        for option in self._options.values():
            option.setChecked(on)

    def _count(self) -> None:
        count = sum(option.isChecked() for option in self._options.values())
        self.take.setText(text("plan_page.pick_take" if count else "plan_page.pick_take_none", count=count))
        self.take.set_blocked("" if count else text("plan_page.pick_first"))
        self.all.set_blocked("" if self._options else text("plan_page.pick_none"))

    def options(self) -> dict[str, CheckOption]:
        """What can be ticked now, by key."""
        return dict(self._options)

    def chosen(self) -> tuple[str, tuple[str, ...]]:
        keys = tuple(key for key, option in self._options.items() if option.isChecked())
        return self._shown_source().key, keys
