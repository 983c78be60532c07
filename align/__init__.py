"""Training recipes on exports: MM-DPO, a critique-based reward model, SFT and its kin."""
