"""Tokens of pairs, side by side, by a tokenizer that the user names."""
