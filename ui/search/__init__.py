"""The search over all years: its dialog and the lines of what was found."""
