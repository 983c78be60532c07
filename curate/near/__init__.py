"""What is nearly the same: texts by their shingles, pictures by their looks."""
