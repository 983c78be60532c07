"""A trained model's answers to prompts, in a file that can be pulled."""
