"""Both heads in one pass: against a reference written out in loops, in float64."""

from typing import Any

import pytest

from tests.support.rewards import encoder, reward_model, rows
from tests.support.tiny_models import FAMILIES
from tests.support.trainers import TRAINS

pytestmark = TRAINS


def batch_of(model: Any, processor: Any, side: str = "left") -> Any:
    from align.reward.collator import PairCollator

    batch = PairCollator(encoder(model, processor, side))(rows())
    return {name: it.double() if it.is_floating_point() else it for name, it in batch.items()}


def judged(model: Any, batch: Any) -> Any:
    return model(**{name: it for name, it in batch.items() if name not in {"is_tie", "margin"}})


def losses(model: Any, batch: Any) -> Any:
    from align.reward.loss import LossWeights, pair_losses

    found = judged(model, batch)
    chosen, rejected = found.rewards.chunk(2)
    critique = found.critique_loss.view(2, -1).sum(dim=0)
    weights = LossWeights(margin_asked=True, centering=0.1, tie_weight=0.7)
    return pair_losses(chosen, rejected, critique, batch["is_tie"], batch["margin"], weights)


def reference(model: Any, processor: Any) -> Any:
    """The same by the definition: each answer alone, every token's logits, loops and sums."""
    import torch

    from align.reward.exchange import exchanges_of

    made = encoder(model, processor)
    head = model.score_head
    total = torch.zeros((), dtype=torch.float64)
    for row in rows():
        rewards, critiques = [], torch.zeros((), dtype=torch.float64)
        for answer in exchanges_of(row):
            inputs = made.batch([answer], [answer.critique])
            labels = inputs.pop("labels")[0]
            inputs = {k: it.double() if it.is_floating_point() else it for k, it in inputs.items()}
            found = model.backbone(**inputs, output_hidden_states=True)
            state = found.hidden_states[-1][0, -1]
            state = torch.tanh(head.dense.weight @ state + head.dense.bias)
            rewards.append(head.out.weight[0] @ state + head.out.bias[0])
            tokens = [n for n in range(len(labels)) if labels[n] >= 0]
            for n in tokens:
                logits = found.logits[0, n - 1]
                log_sum = logits.max() + (logits - logits.max()).exp().sum().log()
                critiques = critiques + (log_sum - logits[labels[n]]) / len(tokens)
        difference = rewards[0] - rewards[1]
        if row["is_tie"]:
            total = total + 0.7 * difference**2
        else:
            asked = difference - (row["margin"] or 0)
            total = total + (1 + (-asked).exp()).log()
        total = total + 0.1 * (rewards[0] + rewards[1]) ** 2 + critiques
    return total / len(rows())


def gradients(model: Any, loss: Any) -> dict[str, Any]:
    model.zero_grad(set_to_none=True)
    loss.backward()
    return {name: it.grad.clone() for name, it in model.named_parameters() if it.grad is not None}


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("family", FAMILIES)
def test_gradient_of_the_batch_is_that_of_the_loss_as_it_is_defined(family: str, side: str) -> None:
    import torch

    model, processor = reward_model(family)
    model.eval()
    ours = losses(model, batch_of(model, processor, side)).mean()
    theirs = reference(model, processor)
    assert float(ours.detach()) == pytest.approx(float(theirs.detach()), abs=1e-10)
    found, expected = gradients(model, ours), gradients(model, theirs)
    assert found.keys() == expected.keys()
    assert "score_head.dense.weight" in found
    assert any("lm_head" in name for name in found)
    assert any("vision" in name for name in found)
    for name, grad in expected.items():
        torch.testing.assert_close(found[name], grad, atol=1e-10, rtol=1e-7)


@pytest.mark.parametrize("family", FAMILIES)
def test_gradient_is_the_slope_of_the_loss(family: str) -> None:
    import torch

    model, processor = reward_model(family)
    model.eval()
    batch = batch_of(model, processor)
    grads = gradients(model, losses(model, batch).mean())
    size = sum(float(grad.square().sum()) for grad in grads.values()) ** 0.5
    values = []
    # Steps of 1e-3: these families' norms are in float32 whatever the weights are.
    with torch.no_grad():
        for step in (1e-3, -2e-3):
            for name, parameter in model.named_parameters():
                if name in grads:
                    parameter.add_(grads[name], alpha=step / size)
            values.append(float(losses(model, batch).mean()))
    assert (values[0] - values[1]) / 2e-3 == pytest.approx(size, rel=1e-3)


@pytest.mark.parametrize("family", FAMILIES)
def test_swapping_chosen_and_rejected_turns_the_difference_around(family: str) -> None:
    import torch

    model, processor = reward_model(family)
    model.eval()
    batch = batch_of(model, processor)
    from align.reward.collator import PairCollator

    swapped = [
        {
            **row,
            "chosen": row["rejected"],
            "rejected": row["chosen"],
            "chosen_critique": row["rejected_critique"],
            "rejected_critique": row["chosen_critique"],
        }
        for row in rows()
    ]
    other = PairCollator(encoder(model, processor))(swapped)
    other = {name: it.double() if it.is_floating_point() else it for name, it in other.items()}
    chosen, rejected = judged(model, batch).rewards.chunk(2)
    first, second = judged(model, other).rewards.chunk(2)
    torch.testing.assert_close(chosen - rejected, second - first, atol=1e-12, rtol=0)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_row_s_critique_loss_is_what_the_model_s_own_loss_says(family: str) -> None:
    model, processor = reward_model(family)
    model.eval()
    from align.reward.exchange import exchanges_of

    answer = exchanges_of(rows()[0])[0]
    batch = encoder(model, processor).batch([answer], [answer.critique])
    batch = {name: it.double() if it.is_floating_point() else it for name, it in batch.items()}
    own = model.backbone(**batch).loss
    assert float(model(**batch).critique_loss) == pytest.approx(float(own), abs=1e-6)


def test_a_batch_that_does_not_say_what_is_padding_is_refused() -> None:
    model, processor = reward_model("llava")
    batch = batch_of(model, processor)
    del batch["attention_mask"]
    with pytest.raises(ValueError, match="attention_mask"):
        judged(model, batch)


def test_head_of_a_model_in_half_precision_is_not() -> None:
    import torch

    from align.reward.model import CritiqueRewardModel
    from tests.support.tiny_models import tiny_llava

    model = CritiqueRewardModel.of(tiny_llava()[0].to(torch.bfloat16))
    assert model.score_head.out.weight.dtype == torch.float32


@pytest.mark.parametrize(("mask", "last"), [([0, 0, 1, 1], 3), ([1, 1, 0, 0], 1), ([1] * 4, 3)])
def test_last_position_is_the_last_one_that_is_no_padding(mask: list[int], last: int) -> None:
    import torch

    from align.reward.head import last_positions

    assert last_positions(torch.tensor([mask])).tolist() == [last]
