"""`re.compile`, which compiles a pattern when it is first used.

The library compiles where a pattern stands: 0.1 to 0.7 ms each, and a dozen of ours stand in modules that
the first page brings along, nearly all for what is done later, or never. What the first page itself asks
takes the methods of texts (`domain.text_shapes`). A wrong pattern is told with its first use; a test compiles
each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

__all__ = ["pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - used as the function that it stands for
        def __init__(self, expression: str, flags: int = 0) -> None:
            self._asked = expression, flags

        def __getattr__(self, name: str) -> Any:
            """`match`, `sub` and all else of a compiled pattern; the next time it is there."""
            found = getattr(re.compile(*self._asked), name)
            setattr(self, name, found)
            return found
