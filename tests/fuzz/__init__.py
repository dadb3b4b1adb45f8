"""Hours of damage for the readers of foreign files: `python3 dev.py fuzz [--minutes N] [--seed S]`.

Each target makes one case from a random generator and holds the reader to its promise: an answer or a known
refusal, never another exception; nothing accepted that was not signed so; each case within a second.
A case is known by seed, target and number, and comes again with `--only TARGET:NUMBER`.
"""
