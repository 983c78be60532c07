"""People's short reasons expanded by the judge: which, for how much, and what came of it."""
