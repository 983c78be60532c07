"""Our side of each comparison: one script each, run as a process of its own."""
