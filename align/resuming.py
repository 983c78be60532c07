"""Going on from a checkpoint with all of its weights."""

from typing import Any

from transformers import Trainer


class ExactResume(Trainer):
    """A trainer that takes a checkpoint's weights as `from_pretrained` does.

    transformers 5.23 reads the file's names as they are and passes over those that it does not
    know. A LLaVA saves its weights under the names of older versions, so that a run would go on
    with the weights it began with, and say nothing.
    """

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        kept = self.model if model is None else model
        if self.is_fsdp_enabled or self.is_deepspeed_enabled or hasattr(kept, "peft_config"):
            super()._load_from_checkpoint(resume_from_checkpoint, model)
            return
        saved = type(kept).from_pretrained(
            resume_from_checkpoint, dtype=kept.dtype, use_safetensors=True
        )
        kept.load_state_dict(saved.state_dict())
