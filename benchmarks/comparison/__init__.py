"""One small job by other tools: docs/comparison.md counts what each takes."""
