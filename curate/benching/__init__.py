"""Benchmarks of judges: a file's pairs, who wins them, and what that comes to."""
