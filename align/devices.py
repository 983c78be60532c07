"""Where a model answers and scores: the accelerator of this machine, or its processor."""


def device() -> str:
    """The name torch has for it."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
