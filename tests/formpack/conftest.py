"""Property tests run the same everywhere: no deadline on a busy machine, no database in the tree."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, database=None, max_examples=80)
settings.load_profile("house")
