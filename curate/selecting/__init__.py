"""Which prompts are worth annotating: task types at given ratios, then a draw within each."""
