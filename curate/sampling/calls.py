"""The calls of one model, made as the run takes them."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotate.running.call import Call, Tokens
from curate.engines.duckdb import DuckDBEngine
from curate.media.sent import Pictures
from curate.sampling.draws import Draw, draw_of, traits_of
from curate.sampling.plan import Work
from curate.sampling.settings import Sampling
from curate.sampling.turns import request_of
from schemas.candidate import Prompt

PROMPTS_AT_ONCE = 64
NO_LIMIT = Tokens(0, 0)
"""Nothing is set aside: there is no cap on money, and what is unknown is not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawCall(Call[str]):
    """A call that knows which generation it asks for."""

    draw: Draw


def calls_of(
    engine: DuckDBEngine, work: Work, sampling: Sampling, pictures: Pictures
) -> Iterator[DrawCall]:
    """A call for each missing generation, those of one prompt after one another."""
    for prompt in _prompts(engine, work):
        traits = traits_of(prompt)
        for number in work.missing[prompt.prompt_id]:
            draw = draw_of(sampling, work.target.model, prompt.prompt_id, traits, number)
            yield call_of(prompt, draw, sampling, pictures)


def call_of(prompt: Prompt, draw: Draw, sampling: Sampling, pictures: Pictures) -> DrawCall:
    """The call of one draw; its request is made in a thread where pictures have to be read."""
    return DrawCall(
        key=draw.request_hash,
        build=lambda: request_of(prompt, draw, sampling, pictures.of),
        read=str,
        repair=None,
        worst=NO_LIMIT,
        slow=bool(prompt.media) and pictures.slow(prompt.media),
        draw=draw,
    )


def _prompts(engine: DuckDBEngine, work: Work) -> Iterator[Prompt]:
    """The prompts of which something is missing."""
    for batch in engine.batches("sample/prompts", PROMPTS_AT_ONCE):
        for row in batch.to_pylist(maps_as_pydicts="strict"):
            if row["prompt_id"] in work.missing:
                yield Prompt.model_validate(row)
