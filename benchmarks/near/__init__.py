"""Near-duplicate texts and pictures: ours beside other tools, on what was planted."""
