"""A model to try a recipe with: random weights, made on the spot, good for nothing else."""

from pathlib import Path

NAME = "tiny"
SEED = 0


def write_tiny(folder: Path) -> Path:
    """A LLaVA of two narrow layers a tower with its processor, the same each time, in `folder`."""
    import torch

    from align.quieting import quiet
    from export.verify.tiny import processor, vision_model

    if not (folder / "config.json").is_file():
        with quiet(), torch.random.fork_rng():
            torch.manual_seed(SEED)
            reader = processor()
            reader.save_pretrained(folder)
            vision_model(reader).save_pretrained(folder)
    return folder
