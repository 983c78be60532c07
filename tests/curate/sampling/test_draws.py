"""The names and seeds of generations."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sampling.draws import Draw, Traits, draw_of, seed_of, traits_of
from curate.sampling.settings import Sampling
from schemas.candidate import Message, Part, Prompt, prompt_id_of
from tests.support.examples import PROMPT_ID, picture, question

PLAIN = Traits(shown=False, filmed=False, briefed=False)
SHOWN = replace(PLAIN, shown=True)
FILMED = Traits(shown=True, filmed=True, briefed=False)
BASE = Sampling(system="Be brief.", top_p=0.9)
GOLDEN = ("9440fb7f4c754022bd75ac3751ed4bf4", 425768644)


def draw(
    sampling: Sampling = BASE, traits: Traits = PLAIN, model: str = "m", number: int = 0
) -> Draw:
    return draw_of(sampling, model, PROMPT_ID, traits, number)


@pytest.mark.parametrize(
    "changed",
    [{"seed": 1}, {"temperature": 0.5}, {"top_p": None}, {"max_tokens": 7}, {"system": None}],
)
def test_a_changed_setting_is_another_generation(changed: dict[str, Any]) -> None:
    assert draw(replace(BASE, **changed)).request_hash != draw().request_hash


def test_another_model_number_or_prompt_is_another_generation() -> None:
    other = draw_of(BASE, "m", "f" * 32, PLAIN, 0)
    names = {it.request_hash for it in (draw(), draw(model="n"), draw(number=1), other)}
    assert len(names) == 4


def test_settings_that_a_prompt_does_not_meet_leave_its_name() -> None:
    smaller = replace(BASE, max_side=64, frames=2)
    assert draw(smaller) == draw()
    assert draw(smaller, SHOWN).request_hash != draw(traits=SHOWN).request_hash
    fewer = replace(BASE, frames=2)
    assert draw(fewer, SHOWN) == draw(traits=SHOWN)
    assert draw(fewer, FILMED).request_hash != draw(traits=FILMED).request_hash
    briefed = replace(PLAIN, briefed=True)
    assert draw(replace(BASE, system="Other."), briefed) == draw(traits=briefed)


def test_more_answers_keep_the_names_of_the_first_ones() -> None:
    assert draw(replace(BASE, n=8)) == draw(replace(BASE, n=1))


def test_a_draw_says_what_is_sent() -> None:
    found = draw()
    assert json.loads(found.sampling) == {
        "max_tokens": 1024,
        "seed": found.seed,
        "system": "Be brief.",
        "temperature": 1.0,
        "top_p": 0.9,
    }
    assert "system" not in json.loads(draw(traits=replace(PLAIN, briefed=True)).sampling)


def test_names_and_seeds_are_the_same_on_every_machine() -> None:
    found = draw(Sampling())
    assert (found.request_hash, found.seed) == GOLDEN


@given(st.integers(), st.integers(0, 10**6))
def test_a_seed_fits_32_bits_with_a_sign(seed: int, number: int) -> None:
    assert 0 <= seed_of(seed, PROMPT_ID, number) < 2**31


def test_seeds_of_one_prompt_differ() -> None:
    assert len({seed_of(0, PROMPT_ID, number) for number in range(100)}) == 100


def test_traits_are_read_off_the_prompt() -> None:
    brief = Message(role="system", parts=(Part(type="text", text="Be brief."),))
    messages = (brief, *question(pictures=1))
    media = (picture(),)
    prompt = Prompt(
        prompt_id=prompt_id_of(messages, media), messages=messages, media=media, source="t"
    )
    assert traits_of(prompt) == Traits(shown=True, filmed=False, briefed=True)
