"""How often a model prefers what raters preferred."""

import copy
from typing import Any

import pytest

from tests.support.pairs import build, frames, pair, picture, turn, user, written
from tests.support.trainers import TRAINS

pytestmark = TRAINS


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from datasets import load_dataset

    folder = tmp_path_factory.mktemp("pairs")
    store = folder / "media"
    question = [user(0, "How many cups ?")]
    follow_up = [user(0, 1, "Same ?"), turn("assistant", "Two ."), user("Why ?")]
    pairs = [
        pair(question, [picture(store, 1)], "Three cups , red .", "Two ."),
        pair(question, [picture(store, 1)], "Three cups , red .", "No ."),
        pair(follow_up, [picture(store, n) for n in (2, 3)], "One .", "It is the same cup ."),
        pair([user(0, "How many ?")], [frames(store, [4, 5])], "Three .", "Two ."),
        pair([user("How many cups ?")], chosen="Three .", rejected="Two , I think ."),
    ]
    written("trl", build(folder, pairs), folder / "out")
    files = str(folder / "out" / "train-*.parquet")
    return load_dataset("parquet", data_files=files, cache_dir=str(folder / "cache"))["train"]


@pytest.fixture(scope="module", params=["llava", "idefics3"])
def seeing(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    import torch

    from tests.support.tiny_models import tiny_model

    model, reader = tiny_model(request.param, seed=1)
    with torch.no_grad():
        for weights in model.parameters():
            weights.mul_(8)  # random and still sure of itself, so that pairs differ
    return reader, model


def by_hand(model: Any, reader: Any, row: Any, side: str) -> float:
    """The answer's log-probability without batch, padding or mask: every token in float64."""
    import torch
    from trl.data_utils import apply_chat_template, prepare_multimodal_messages

    prompt = prepare_multimodal_messages(row["prompt"], images=row["images"])
    answer = prepare_multimodal_messages(row[side])
    texts = apply_chat_template({"prompt": prompt, "completion": answer}, reader)
    pictures = row["images"] or None
    asked = reader(images=pictures, text=texts["prompt"], return_tensors="pt")
    whole = reader(images=pictures, text=texts["prompt"] + texts["completion"], return_tensors="pt")
    ids = whole["input_ids"][0]
    start = asked["input_ids"].shape[1]
    with torch.no_grad():
        logits = model(**whole).logits[0].double().log_softmax(-1)
    return sum(float(logits[at - 1, ids[at]]) for at in range(start, len(ids)))


def test_log_probabilities_are_those_of_each_answer_alone(rows: Any, seeing: Any) -> None:
    from align.log_probabilities import log_probabilities, pair_batch

    reader, model = seeing
    model.eval()
    chosen, rejected = log_probabilities(model, pair_batch(reader, list(rows)))
    for index, row in enumerate(rows):
        assert chosen[index] == pytest.approx(by_hand(model, reader, row, "chosen"), abs=1e-3)
        assert rejected[index] == pytest.approx(by_hand(model, reader, row, "rejected"), abs=1e-3)


@pytest.mark.parametrize("size", [1, 2, 9])
def test_accuracy_is_that_of_differences_by_hand(rows: Any, seeing: Any, size: int) -> None:
    from align.accuracy import accuracy_of
    from align.preference import preference_accuracy

    reader, model = seeing
    expected = [by_hand(model, reader, row, "chosen") for row in rows]
    expected = [
        value - by_hand(model, reader, row, "rejected")
        for value, row in zip(expected, rows, strict=True)
    ]
    found = preference_accuracy(model, None, reader, rows, batch_size=size)
    oracle = accuracy_of("log_probability", expected, rows["prompt_id"])
    assert (found.pairs, found.prompts) == (5, 4)
    assert found.implicit_reward is None
    assert 0 < found.log_probability.acc.part < 5
    assert found.log_probability.acc == oracle.acc
    assert found.log_probability.acc_plus == oracle.acc_plus
    assert found.log_probability.mean_difference == pytest.approx(oracle.mean_difference, abs=1e-3)


def test_swapping_chosen_and_rejected_turns_right_into_wrong(rows: Any, seeing: Any) -> None:
    from align.preference import preference_accuracy

    reader, model = seeing
    swapped = [row | {"chosen": row["rejected"], "rejected": row["chosen"]} for row in rows]
    one = preference_accuracy(model, None, reader, rows, batch_size=2).log_probability
    other = preference_accuracy(model, None, reader, swapped, batch_size=2).log_probability
    assert one.acc.part + other.acc.part == len(rows)
    assert one.mean_difference == pytest.approx(-(other.mean_difference or 0), abs=1e-4)


def test_a_model_that_is_its_own_reference_tells_nothing_apart(rows: Any, seeing: Any) -> None:
    from align.preference import preference_accuracy

    reader, model = seeing
    found = preference_accuracy(model, copy.deepcopy(model), reader, rows, batch_size=2)
    assert found.implicit_reward is not None
    assert (found.implicit_reward.ties, found.implicit_reward.acc.part) == (5, 0)
    assert found.implicit_reward.ties_half == 0.5


def test_without_its_adapters_a_model_is_its_own_reference(rows: Any, seeing: Any) -> None:
    import torch
    from peft import LoraConfig, get_peft_model

    from align.preference import preference_accuracy

    reader, model = seeing
    base = copy.deepcopy(model)
    tuned = get_peft_model(copy.deepcopy(model), LoraConfig(target_modules=["q_proj"]))
    torch.manual_seed(2)
    with torch.no_grad():
        for name, weights in tuned.named_parameters():
            if "lora_B" in name:
                weights.normal_()
    tuned.train()
    beside = preference_accuracy(tuned, base, reader, rows, batch_size=2)
    alone = preference_accuracy(tuned, tuned, reader, rows, batch_size=2)
    assert alone == beside
    assert alone.implicit_reward is not None
    assert alone.implicit_reward.ties == 0
    assert tuned.training


def test_pairs_without_pictures_need_a_tokenizer_only() -> None:
    import torch

    from align.preference import preference_accuracy
    from export.verify.tiny import text_model, tokenizer

    torch.manual_seed(0)
    words = tokenizer()
    model = text_model(words).eval()
    messages = [{"role": "user", "content": "How many cups ?"}]
    one: dict[str, Any] = {"chosen": answer("Two ."), "rejected": answer("Not two but four .")}
    other = {"chosen": one["rejected"], "rejected": one["chosen"]}
    rows = [{"prompt": messages, "prompt_id": "a"} | sides for sides in (one, other)]
    found = preference_accuracy(model, None, words, rows, batch_size=2).log_probability
    assert (found.acc.part, found.acc_plus.part, found.acc_plus.whole) == (1, 0, 1)


def answer(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]
