"""Going on from a checkpoint with all of its weights, and to the last step alone."""

from typing import Any

from transformers import Trainer


class NoStepMore(Trainer):
    """A trainer that takes no step after its last one.

    transformers 5.23 looks for the end behind a step only: a run that was cut off after its last
    step, in the middle of an epoch, would take another one.
    """

    def _run_epoch(self, *args: Any, **given: Any) -> None:
        if self.state.global_step >= self.state.max_steps:
            self.control.should_training_stop = True
            return
        super()._run_epoch(*args, **given)


class ExactResume(NoStepMore):
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
