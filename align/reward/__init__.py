"""The critique-based reward model: a critique head and a scoring head on one network."""
