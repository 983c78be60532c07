"""The AI judge: whom it asks about what, in which order, for how much, and what came of it."""
