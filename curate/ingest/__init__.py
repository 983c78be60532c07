"""From what a source says to what is believed: records to prompts, candidates, events, drops."""
