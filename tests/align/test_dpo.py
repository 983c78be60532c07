"""MM-DPO is TRL's DPO with a beta a row: against TRL itself, and against the formula by hand."""

import math
from pathlib import Path
from typing import Any

import pytest

from align.scaling import scaled_beta
from tests.support.aligning import (
    DELTAS,
    dpo_trainer,
    logged,
    some_pairs,
    trl_rows,
    weights_of,
)
from tests.support.tiny_models import FAMILIES, tiny_model
from tests.support.trainers import TRAINS

pytestmark = TRAINS

SCALED = {"w": 0.5, "k": 0.5, "gamma": 0.25}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("pairs")
    return trl_rows(folder, some_pairs(folder / "media"))


@pytest.fixture(scope="module", params=FAMILIES)
def made(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    return tiny_model(request.param, seed=1)


def ours(folder: Path, made: tuple[Any, Any], rows: Any, **given: Any) -> Any:
    from align.dpo import MMDPOTrainer

    return dpo_trainer(MMDPOTrainer, folder, made, rows, **given)


def shaken(trainer: Any) -> Any:
    """The trainer with its model moved away from the reference, so that no log-ratio is 0."""
    import torch

    torch.manual_seed(3)
    with torch.no_grad():
        for weights in trainer.model.parameters():
            weights.add_(0.05 * torch.randn_like(weights))
    return trainer


def text_of(answer: Any) -> str:
    content = answer[0]["content"]
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def loss_of(trainer: Any, rows: list[Any]) -> Any:
    return trainer.compute_loss(trainer.model, trainer.data_collator(rows))


def side_log_probs(model: Any, reader: Any, row: Any, side: str) -> Any:
    """The answer's token log-probabilities, without batch or padding."""
    import torch
    from trl.data_utils import apply_chat_template, prepare_multimodal_messages

    texts = apply_chat_template(
        {
            "prompt": prepare_multimodal_messages(row["prompt"], images=row["images"]),
            "completion": prepare_multimodal_messages(row[side]),
        },
        reader,
    )
    pictures = [row["images"]] if row["images"] else None
    given = {"return_tensors": "pt", "add_special_tokens": False}
    asked = reader(images=pictures, text=[texts["prompt"]], **given)
    whole = reader(images=pictures, text=[texts["prompt"] + texts["completion"]], **given)
    start = asked["input_ids"].shape[1]
    for name, value in whole.items():
        if value.is_floating_point():
            whole[name] = value.to(model.dtype)
    logits = model(**whole).logits[0, :-1]
    chosen = torch.log_softmax(logits, dim=-1).gather(1, whole["input_ids"][0, 1:, None])[:, 0]
    return chosen[start - 1 :]


def by_hand(trainer: Any, reader: Any, row: Any) -> Any:
    """The formula of one row: its own beta, log-ratios, and NLL a token."""
    import torch

    model, reference = trainer.model, trainer.ref_model
    sums = {}
    for side in ("chosen", "rejected"):
        mine = side_log_probs(model, reader, row, side)
        with torch.no_grad():
            its = side_log_probs(reference, reader, row, side)
        sums[side] = (mine.sum() - its.sum(), mine.mean())
    beta = scaled_beta(row["delta"], beta=0.1, w=trainer.w, k=trainer.k)
    z = sums["chosen"][0] - sums["rejected"][0]
    return -torch.nn.functional.logsigmoid(beta * z) - trainer.gamma * sums["chosen"][1]


def test_the_gradient_of_a_batch_is_that_of_the_formula(
    tmp_path: Path, made: tuple[Any, Any], rows: Any
) -> None:
    import torch

    trainer = shaken(ours(tmp_path, made, rows, **SCALED))
    trainer.model.double()
    trainer.ref_model.double()
    batch = list(rows)
    loss_of(trainer, batch).backward()
    found = {n: p.grad.clone() for n, p in trainer.model.named_parameters() if p.grad is not None}
    trainer.model.zero_grad()
    expected = sum(by_hand(trainer, made[1], row) for row in batch) / len(batch)
    expected.backward()
    compared = 0
    for name, weights in trainer.model.named_parameters():
        if weights.grad is None:
            continue
        # TRL's fused head keeps log-probabilities in float32.
        torch.testing.assert_close(found[name], weights.grad, rtol=2e-4, atol=2e-6)
        compared += bool(weights.grad.abs().max() > 1e-4)
    assert compared > 10


def test_each_row_has_the_beta_of_its_own_delta(
    tmp_path: Path, made: tuple[Any, Any], rows: Any
) -> None:
    trainer = ours(tmp_path, made, rows, **SCALED)
    batch = trainer.data_collator(list(rows))
    assert batch["delta"] == [None if delta is None else float(delta) for delta in DELTAS]
    expected = [scaled_beta(delta, beta=0.1, w=0.5, k=0.5) for delta in batch["delta"]]
    assert trainer.betas(batch["delta"]).tolist() == pytest.approx(expected, rel=1e-6)
    assert trainer.beta == 0.1


def test_without_w_and_gamma_it_is_trls_own_trainer_to_the_last_bit(
    tmp_path: Path, made: tuple[Any, Any], rows: Any
) -> None:
    import torch
    from trl import DPOTrainer

    mine = ours(tmp_path, made, rows, w=0.0, k=0.5, gamma=0.0)
    its = dpo_trainer(DPOTrainer, tmp_path, made, rows)
    for trainer in (mine, its):
        trainer.train()
    assert logged(mine) == logged(its)
    assert len(logged(mine)) == 3
    its_weights = weights_of(its.model)
    for name, value in weights_of(mine.model).items():
        assert torch.equal(value, its_weights[name]), name


def test_w_changes_what_is_learned(tmp_path: Path, made: tuple[Any, Any], rows: Any) -> None:
    plain = ours(tmp_path, made, rows, w=0.0)
    scaled = ours(tmp_path, made, rows, w=0.5)
    for trainer in (plain, scaled):
        trainer.train()
    assert logged(plain)[-1] != logged(scaled)[-1]


def test_flipping_the_answers_flips_the_difference(
    tmp_path: Path, made: tuple[Any, Any], rows: Any
) -> None:
    """-log sigmoid(bz) less -log sigmoid(-bz) is -bz: what one side gains the other loses."""
    trainer = shaken(ours(tmp_path, made, rows, w=0.5, k=0.5))
    for row in rows:
        flipped = {**row, "chosen": row["rejected"], "rejected": row["chosen"]}
        loss, other = float(loss_of(trainer, [row])), float(loss_of(trainer, [flipped]))
        assert math.exp(-loss) + math.exp(-other) == pytest.approx(1, abs=1e-5)
        assert loss != pytest.approx(other, abs=1e-4)


def test_a_rows_loss_does_not_depend_on_its_batch(
    tmp_path: Path, made: tuple[Any, Any], rows: Any
) -> None:
    trainer = shaken(ours(tmp_path, made, rows, **SCALED))
    batch = list(rows)
    alone = [float(loss_of(trainer, [row])) for row in batch]
    assert float(loss_of(trainer, batch)) == pytest.approx(sum(alone) / len(alone), rel=1e-5)
    assert float(loss_of(trainer, batch[::-1])) == pytest.approx(sum(alone) / len(alone), rel=1e-5)


def test_the_words_of_the_prompt_get_no_loss(
    tmp_path: Path, made: tuple[Any, Any], rows: Any
) -> None:
    """No logit before the answer's first token, nor of padding, is part of the loss."""
    trainer = ours(tmp_path, made, rows, **SCALED)
    words = getattr(made[1], "tokenizer", made[1])
    batch = trainer.data_collator(list(rows))
    told = batch["completion_mask"].bool()
    pictures = words.convert_tokens_to_ids("<image>")
    assert not (told & (batch["input_ids"] == pictures)).any()
    assert not (told & (batch["attention_mask"] == 0)).any()
    said = [text_of(row[side]) for side in ("chosen", "rejected") for row in rows]
    for ids, mask, text in zip(batch["input_ids"], told, said, strict=True):
        assert words.decode(ids[mask]).replace("assistant:", "").strip().startswith(text)
