"""What a recipe trains with: its model's part, its run and its loss, checked."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Count, Record, Share

Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
AtLeastOne = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ModelSettings(Record):
    """Which of a model's weights learn. `lora_rank` 0 trains them all.

    `freeze_vision` keeps the vision tower as it is, `train_projector` is about what joins it to
    the language model. `dtype` is that of the weights in memory: `auto` is float32 where all
    weights learn (an update of 1e-6 is lost in bfloat16), else bfloat16 where there is a GPU.
    """

    freeze_vision: bool = True
    train_projector: bool = True
    lora_rank: Count = 0
    lora_alpha: AtLeastOne = 16
    lora_dropout: Share = 0.0
    dtype: Literal["auto", "float32", "bfloat16"] = "auto"


class TrainSettings(Record):
    """How long and how fast. A step is batch_size x accumulation rows on every process.

    `max_steps` ends a run before its epochs do. `max_length` leaves out rows whose longer side has
    more tokens, pictures included, and counts them; nothing is cut. `save_steps` and
    `evaluate_steps` null are a tenth of the run. `deepspeed` is a file of DeepSpeed's settings,
    `fsdp` accelerate's options; both are for runs under `accelerate launch`.
    """

    epochs: Positive = 1.0
    max_steps: AtLeastOne | None = None
    learning_rate: Positive = 1e-6
    projector_learning_rate: Positive | None = None
    batch_size: AtLeastOne = 1
    accumulation: AtLeastOne = 8
    schedule: Literal["cosine", "linear", "constant"] = "cosine"
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.1
    weight_decay: NotNegative = 0.0
    max_grad_norm: NotNegative = 1.0
    max_length: AtLeastOne | None = None
    gradient_checkpointing: bool = True
    save_steps: AtLeastOne | None = None
    evaluate_steps: AtLeastOne | None = None
    keep_checkpoints: AtLeastOne = 2
    workers: Count = 0
    seed: Count = 0
    deepspeed: str | None = None
    fsdp: str | None = None


class DPOLoss(Record):
    """MM-DPO (MM-RLHF, 4.2): beta0, and w and k of Dynamic Reward Scaling; gamma of the NLL."""

    beta: Positive = 0.1
    w: NotNegative = 0.5
    k: NotNegative = 0.5
    gamma: NotNegative = 0.25


class RewardLoss(Record):
    """The critique-based reward model (MM-RLHF, 3): weights of its losses.

    `margin` asks for r_c - r_r - margin in the pair loss, of rows that have a margin.
    """

    critique_weight: NotNegative = 1.0
    pair_weight: NotNegative = 1.0
    tie_weight: NotNegative = 1.0
    centering: NotNegative = 0.01
    margin: bool = False
    head_dropout: Share = 0.0
    max_new_tokens: AtLeastOne = 1024


class KTOLoss(Record):
    """KTO (arXiv 2402.01306): beta, and the weights of wanted and unwanted answers."""

    beta: Positive = 0.1
    desirable_weight: NotNegative = 1.0
    undesirable_weight: NotNegative = 1.0


class SFTLoss(Record):
    """Cross-entropy of the answer; `completion_only` false learns the prompt's words as well."""

    completion_only: bool = True


class RecipeSettings(Record):
    """What every recipe has."""

    model: ModelSettings = ModelSettings()
    train: TrainSettings = TrainSettings()


class DPOSettings(RecipeSettings):
    """`curate align dpo`."""

    loss: DPOLoss = DPOLoss()


class RewardEvaluation(Record):
    """How a reward model is held against rows that it did not learn from.

    `critiques` is how many of them, drawn evenly, it writes critiques of, which takes by far the
    longest; null is all of them.
    """

    critiques: AtLeastOne | None = 100


class RewardSettings(RecipeSettings):
    """`curate align reward`."""

    loss: RewardLoss = RewardLoss()
    evaluate: RewardEvaluation = RewardEvaluation()


class KTOSettings(RecipeSettings):
    """`curate align kto`. Its KL term pairs each prompt with another row's answer of the batch."""

    train: TrainSettings = TrainSettings(batch_size=2)

    loss: KTOLoss = KTOLoss()


class SFTSettings(RecipeSettings):
    """`curate align sft`, `rejection-sampling`, `best-of-n` and `steerlm`."""

    loss: SFTLoss = SFTLoss()


RECIPES: Mapping[str, type[RecipeSettings]] = {
    "dpo": DPOSettings,
    "reward": RewardSettings,
    "kto": KTOSettings,
    "sft": SFTSettings,
    "rejection-sampling": SFTSettings,
    "best-of-n": SFTSettings,
    "steerlm": SFTSettings,
}
