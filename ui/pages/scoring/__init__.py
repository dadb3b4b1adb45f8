"""Tự chấm điểm: the tree of rows, the row with its figures, its evidence, and what the sheet comes to."""
