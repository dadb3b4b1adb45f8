"""The installed program itself: where its versions lie, and how one takes the place of another."""
