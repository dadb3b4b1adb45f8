"""Pure rules: no I/O, no JSON, no libraries, no sentences."""
