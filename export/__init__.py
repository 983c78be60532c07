"""Pairs in, files out: one module per trainer format."""
