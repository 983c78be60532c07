"""A model answers conversations with pictures."""

from pathlib import Path
from typing import Any

import pytest

from schemas.errors import AlignError
from tests.support.trainers import TRAINS

pytestmark = TRAINS
FAMILIES = ("llava", "idefics3")


def loaded(family: str) -> Any:
    from align.loading import Loaded
    from tests.support.tiny_models import tiny_llama, tiny_model

    model, reader = tiny_llama() if family == "llama" else tiny_model(family)
    return Loaded(model.eval(), reader, sees=family != "llama")


def conversations(*, pictures: bool) -> list[Any]:
    from PIL import Image

    from align.generate import Turn

    texts = [[Turn("user", ["How many cups are on the table?"])], [Turn("user", ["Why?"])]]
    if not pictures:
        return texts
    red, blue = (Image.new("RGB", (40, 30), color) for color in ("red", "blue"))
    return [
        [Turn("user", [red, "How many?"])],
        [
            Turn("system", ["Be short."]),
            Turn("user", ["First ", red, blue, " then?"]),
            Turn("assistant", ["Yes."]),
            Turn("user", ["Why?"]),
        ],
        *texts,
    ]


def greedy(it: Any, turns: Any, steps: int) -> list[int]:
    """The most probable next token, one whole forward pass at a time."""
    import torch

    from align.generate import encode

    inputs = encode(it, [turns])
    ids, mask = inputs.pop("input_ids"), inputs.pop("attention_mask")
    asked = ids.shape[1]
    for _ in range(steps):
        with torch.no_grad():
            logits = it.model(input_ids=ids, attention_mask=mask, **inputs).logits
        ids = torch.cat([ids, logits[:, -1:].argmax(-1)], dim=1)
        mask = torch.ones_like(ids)
    return list(ids[0, asked:].tolist())


@pytest.mark.parametrize("family", [*FAMILIES, "llama"])
def test_greedy_answers_are_those_of_each_conversation_alone(family: str) -> None:
    from align.generate import Decoding, encode, write_answers

    it = loaded(family)
    asked = conversations(pictures=it.sees)
    found = write_answers(it, encode(it, asked), Decoding(max_new_tokens=6), seed=0)
    for turns, (answer,) in zip(asked, found, strict=True):
        tokens = greedy(it, turns, 6)
        ends = [token for token in tokens if token == it.model.generation_config.eos_token_id]
        if not ends:
            assert answer.text == it.tokenizer.decode(tokens, skip_special_tokens=True)
            assert answer.finish == "truncated"


def test_an_answer_ends_where_the_model_ends_it() -> None:
    import torch

    from align.generate import Decoding, encode, write_answers

    it = loaded("llama")
    asked = conversations(pictures=False)
    first = greedy(it, asked[0], 1)[0]
    it.model.generation_config.eos_token_id = [first, it.tokenizer.eos_token_id]
    (answer,) = write_answers(it, encode(it, asked[:1]), Decoding(max_new_tokens=6), seed=0)[0]
    assert (answer.text, answer.finish) == ("", "stop")
    assert torch.is_grad_enabled()


def test_settings_of_the_checkpoint_do_not_change_what_is_drawn_from() -> None:
    from transformers import GenerationConfig

    from align.generate import Decoding, encode, write_answers

    it = loaded("llama")
    batch = encode(it, conversations(pictures=False))
    drawn = Decoding(max_new_tokens=8, temperature=1.0)
    plain = write_answers(it, batch, drawn, seed=3)
    own = GenerationConfig(
        eos_token_id=it.tokenizer.eos_token_id, top_k=1, repetition_penalty=5.0, num_beams=3
    )
    it.model.generation_config = own
    assert write_answers(it, batch, drawn, seed=3) == plain
    assert it.model.generation_config is own


def test_a_seed_draws_the_same_and_leaves_other_draws_alone() -> None:
    import torch

    from align.generate import Decoding, encode, write_answers

    it = loaded("llama")
    batch = encode(it, conversations(pictures=False))
    drawn = Decoding(max_new_tokens=8, temperature=1.0)
    torch.manual_seed(11)
    expected = torch.rand(3)
    torch.manual_seed(11)
    one = write_answers(it, batch, drawn, seed=3, count=2)
    assert torch.equal(torch.rand(3), expected)
    assert write_answers(it, batch, drawn, seed=3, count=2) == one
    assert write_answers(it, batch, drawn, seed=4, count=2) != one
    assert [len(answers) for answers in one] == [2, 2]


def test_a_model_of_texts_is_shown_no_picture() -> None:
    from align.generate import encode

    with pytest.raises(AlignError, match="reads texts only"):
        encode(loaded("llama"), conversations(pictures=True))


def test_a_tokenizer_without_padding_pads_with_its_end(tmp_path: Path) -> None:
    from align.checkpoints import open_model
    from align.generate import Decoding, encode, write_answers
    from tests.support.tiny_models import saved_model, tiny_llama

    model, words = tiny_llama()
    words.pad_token = None
    it = open_model(str(saved_model((model, words), tmp_path / "m")))
    asked = conversations(pictures=False)
    found = write_answers(it, encode(it, asked), Decoding(max_new_tokens=4), seed=0)
    alone = write_answers(it, encode(it, asked[1:]), Decoding(max_new_tokens=4), seed=0)
    assert found[1:] == alone
