"""TRL: its own processing of every row, and its trainer on some of them.

Every row goes through what TRL does before tokens: pictures into their messages, and the chat
template. A bounded sample, those with the most pictures among it, goes through the trainer that the
format is for: its collator row by row, whose tokens must hold the answers and the pictures'
places, and its training steps, whose losses must be finite.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from export.verify.base import (
    Checked,
    Reader,
    Written,
    expect,
    expect_two_answers,
    place,
    refusing,
)
from export.verify.datasets_reader import loaded

SAMPLE = 16
MOST_PICTURES = 4
LONGEST_TRAINED = 2048
"""Tokens of a row that is trained on: attention over more takes memory that a check must not."""

CONVERSATIONS = ("prompt", "chosen", "rejected", "completion", "messages")
ANSWERS = ("chosen", "rejected", "completion")


@dataclass(frozen=True, slots=True)
class Sampled:
    """A row that goes through the trainer."""

    where: str
    row: dict[str, Any]


def read(written: Written) -> Checked:
    """Process every row, train on some. Raises RefusedError at the first that TRL refuses."""
    from export.verify import tiny

    features = _features(written)
    vision = "images" in features or "image" in features
    reader = tiny.processor() if vision else tiny.tokenizer()
    rows, sample = _processed(written, reader, vision=vision)
    trained = _trained(written, sample, features, reader)
    how = f"{rows:,} rows processed, {len(sample)} through the collator, {trained} trained on"
    return Checked(rows, how)


READER = Reader("trl", read, extra="align")


def _features(written: Written) -> Any:
    for split in written.filled():
        return loaded(written, split, streaming=True).features
    return {}


def _processed(written: Written, reader: Any, *, vision: bool) -> tuple[int, list[Sampled]]:
    """How many rows TRL's own preparation takes, and those to train on."""
    rows = 0
    even: list[Sampled] = []
    most: list[Sampled] = []
    step = max(1, sum(written.filled().values()) // (SAMPLE - MOST_PICTURES))
    for split in written.filled():
        for number, row in enumerate(loaded(written, split, streaming=True).decode(False)):
            where = place(split, number, row)
            with refusing(where):
                pictures = _prepared(row, reader, vision=vision)
            shown = len(row.get("images") or [])
            expect(pictures == shown, where, f"{pictures} places for {shown} pictures")
            expect_two_answers(row, where)
            chosen = Sampled(where, row)
            if rows % step == 0 and len(even) < SAMPLE - MOST_PICTURES:
                even.append(chosen)
            elif pictures:
                most = sorted([*most, chosen], key=_pictures, reverse=True)[:MOST_PICTURES]
            rows += 1
    return rows, even + most


def _pictures(sampled: Sampled) -> int:
    return len(sampled.row["images"])


def _prepared(row: Mapping[str, Any], reader: Any, *, vision: bool) -> int:
    """How many pictures' places TRL gives a row, which it makes into texts on the way."""
    from trl.data_utils import (
        apply_chat_template,
        is_conversational,
        prepare_multimodal_messages,
    )

    from export.verify.tiny import IMAGE_TOKEN

    example = {name: row[name] for name in CONVERSATIONS if row.get(name) is not None}
    if not is_conversational(example):
        return sum(str(text).count(IMAGE_TOKEN) for text in example.values()) if vision else 0
    if vision:
        shown = {name: row.get("images") for name in ("prompt", "messages")}
        example = {
            name: prepare_multimodal_messages(messages, images=shown.get(name))
            for name, messages in example.items()
        }
    texts = apply_chat_template(example, reader)
    asked = [text for name, text in texts.items() if name not in ANSWERS]
    return sum(text.count(IMAGE_TOKEN) for text in asked) if vision else 0


def _trained(written: Written, sample: Sequence[Sampled], features: Any, reader: Any) -> int:
    """How many rows of the sample were trained on; the rest is too long for a check."""
    from datasets import Dataset

    if not sample:
        return 0
    rows = Dataset.from_list([sampled.row for sampled in sample], features=features)
    make = TRAINERS[_kind(written, features)]
    trainer = _made(make, rows, reader)
    lengths = list(_collated(trainer, sample, reader))
    short = [number for number, length in enumerate(lengths) if length <= LONGEST_TRAINED]
    if short:
        _run(_made(make, rows.select(short), reader))
    return len(short)


def _made(make: Callable[..., Any], rows: Any, reader: Any) -> Any:
    with refusing("the trainer"):
        return make(rows, reader)


def _run(trainer: Any) -> None:
    import math

    with refusing("the trainer's steps"):
        trainer.train()
    losses = [step["loss"] for step in trainer.state.log_history if "loss" in step]
    expect(bool(losses), "the trainer", "it took no step")
    expect(all(map(math.isfinite, losses)), "the trainer", f"a loss is not finite: {losses}")


def _collated(trainer: Any, sample: Sequence[Sampled], reader: Any) -> Iterator[int]:
    """Each row's tokens, counted, after the trainer's own collator."""
    for number, sampled in enumerate(sample):
        with refusing(sampled.where):
            batch = trainer.data_collator([trainer.train_dataset[number]])
        _expect_arrived(batch, sampled, reader)
        yield batch["input_ids"].shape[1]


def _expect_arrived(batch: Any, sampled: Sampled, reader: Any) -> None:
    """Both answers must be read back from the tokens, and each picture has its places."""
    from export.verify.tiny import PLACES

    words = getattr(reader, "tokenizer", reader)
    texts = words.batch_decode(batch["input_ids"])
    answers = [name for name in ANSWERS if name in sampled.row]
    for name, text in zip(answers, texts, strict=False):
        found = _text(sampled.row[name]) in text
        expect(found, sampled.where, f"the collator's tokens do not hold {name!r}")
    pictures = len(sampled.row.get("images") or [])
    if pictures:
        token = words.convert_tokens_to_ids("<image>")
        counts = (batch["input_ids"] == token).sum(dim=1).tolist()
        expect(set(counts) == {pictures * PLACES}, sampled.where, f"{counts} places of pictures")
        seen = len(batch["pixel_values"])
        expect(seen == pictures * len(counts), sampled.where, f"{seen} pictures reach the model")


def _text(answer: Any) -> str:
    """An answer's text, whatever its layout."""
    if isinstance(answer, str):
        return answer
    content = answer[-1]["content"]
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def _settings(config: Any, **more: Any) -> Any:
    return config(
        output_dir="trained",
        per_device_train_batch_size=2,
        num_train_epochs=1,
        max_length=None,
        logging_steps=1,
        report_to=[],
        use_cpu=True,
        bf16=False,
        save_strategy="no",
        disable_tqdm=True,
        **more,
    )


def _model(rows: Any, reader: Any) -> Any:
    from export.verify import tiny

    return tiny.vision_model(reader) if "images" in rows.features else tiny.text_model(reader)


def _dpo(rows: Any, reader: Any) -> Any:
    from trl import DPOConfig, DPOTrainer

    return _beside_a_copy(DPOTrainer, DPOConfig, rows, reader)


def _kto(rows: Any, reader: Any) -> Any:
    from trl import KTOConfig, KTOTrainer

    return _beside_a_copy(KTOTrainer, KTOConfig, rows, reader)


def _beside_a_copy(trainer: Any, config: Any, rows: Any, reader: Any) -> Any:
    """A trainer whose reference is the model as it is now: by its name none would be found."""
    import copy

    model = _model(rows, reader)
    return trainer(
        model=model,
        ref_model=copy.deepcopy(model),
        args=_settings(config),
        train_dataset=rows,
        processing_class=reader,
    )


def _sft(rows: Any, reader: Any) -> Any:
    from trl import SFTConfig, SFTTrainer

    return SFTTrainer(
        model=_model(rows, reader),
        args=_settings(SFTConfig),
        train_dataset=rows,
        processing_class=reader,
    )


def _reward(rows: Any, reader: Any) -> Any:
    from trl import RewardConfig, RewardTrainer

    from export.verify import tiny

    return RewardTrainer(
        model=tiny.reward_model(reader),
        args=_settings(RewardConfig),
        train_dataset=rows,
        processing_class=reader,
    )


TRAINERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "dpo": _dpo,
    "kto": _kto,
    "sft": _sft,
    "reward": _reward,
}


def _kind(written: Written, features: Any) -> str:
    """The trainer that a format is for."""
    if written.format == "trl-reward":
        return "reward"
    if "label" in features:
        return "kto"
    return "dpo" if "chosen" in features else "sft"
