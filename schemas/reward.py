"""What a build says of the reward models that scored its answers: part of `manifest.json`."""

from schemas.base import Record


class RewardReport(Record):
    """The reward model that gave pairs their delta, and what kept rewards from giving one.

    `rater` and `version` are null where none may; `events` counts what reward models say of known
    prompts. `pairs` have a delta by it. `refused` counts the other pairs that a reward model
    scored, each once: `in_sample` (the model trained on the prompt's component), `unflagged` (the
    event does not say), `regrouped` (components were joined since), `other_version` than the
    newest, `other_model` than the one named. `faults` counts single rewards that cannot count.
    """

    rater: str | None = None
    version: str | None = None
    events: int = 0
    pairs: int = 0
    refused: dict[str, int] = {}
    faults: dict[str, int] = {}
