"""The page people read after a build."""
