"""What every page gets: the open profile, the round that is shown, and the window's services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from cchc_desktop.domain.round import Round
from cchc_desktop.domain.vietnam_time import vietnam_today
from cchc_desktop.quick_dataclass import dataclass, field
from ui.dialogs import Dialogs
from ui.work import Edits, Work

if TYPE_CHECKING:
    from cchc_desktop.services.profile import Profile


def _nowhere(_page: str = "", _where: object = None) -> None:
    """Outside a window there is nowhere to go."""


@dataclass
class Context:
    """One per shown year. `go_to(page_id, where)` opens another page; `read_only` rounds can't be edited.

    Writes: `edits.save(lambda: service.write(context.profile, …), done, failed)`.
    Long work: `work.start(lambda progress: …, done, failed, cancelled)`.
    """

    profile: Profile
    round: Round
    edits: Edits
    work: Work
    dialogs: Dialogs
    go_to: Callable[..., None] = _nowhere
    today: Callable[[], date] = field(default=vietnam_today)
    reload: Callable[..., None] = _nowhere
    """Read the rounds again and build the pages anew; with a round's id: show that year."""

    new_year: Callable[[], None] = lambda: None
    """Ask for a new year (the wizard)."""
    close_for: Callable[..., None] = _nowhere
    """`close_for(then)`: close the window and the profile, call `then()`, open again."""
    renamed: Callable[[str], None] = lambda _name: None
    """The unit has another name: the frame shows it."""
    remind: Callable[[], object] = lambda: None
    """Look anew what there is to remind of."""

    @property
    def round_id(self) -> str:
        return self.round.id

    @property
    def read_only(self) -> bool:
        return self.round.archived
