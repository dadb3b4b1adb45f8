"""Vietnamese: one module per room, each with `TEXTS`, a dict of id → sentence."""
