"""Hours of work in the window in a few minutes, and what is left over of them: `python3 dev.py soak`."""
