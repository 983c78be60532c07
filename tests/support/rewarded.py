"""A small workspace with pictures and people's votes, for reward models to be trained on."""

import random
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from curate.workspace import Workspace
from schemas.event import Event
from tests.support.cli import curate
from tests.support.pairs import stored
from tests.support.workspaces import Bench

FEW = ("train.max_steps=2", "train.batch_size=4", "train.accumulation=1", "loss.max_new_tokens=3")


def voted(folder: Path, prompts: int = 8, *, pictures: bool = True) -> Bench:
    """Questions of three answers each, every one on a picture of its own, all voted on and built.

    What was said of two of the answers is in the votes.
    """
    bench = Bench(folder)
    for number in range(prompts):
        question = f"What is number {number}?"
        answers = {"A red cup.": 11, "A cup.": 7, "No idea.": number % 3}
        media = [noise(folder / "media", number)] if pictures else []
        bench.prompt(question, *answers, media=media)
        bench.vote(question, scores=_scores(answers), rationale="The cup is red.")
        _say(bench, {"A red cup.": "Right.", "No idea.": "Says nothing."})
    bench.build("pairs.policy=all-ranked", "split.test=0.2")
    return bench


def noise(store: Path, seed: int) -> Any:
    """A picture that no other looks like."""
    drawn = random.Random(seed)
    small = Image.frombytes("RGB", (8, 8), drawn.randbytes(192))
    data = BytesIO()
    small.resize((32, 32)).save(data, "PNG")
    return stored(store, data.getvalue(), "png").model_copy(update={"width": 32, "height": 32})


def trained(root: Path, out: Path, *more: str | Path, model: str | Path = "tiny") -> Any:
    """What `curate align reward` says of a run of few steps."""
    asked = [word for one in FEW for word in ("--set", one)]
    options = ["--model", model, "-C", root, "--out", out, "--json", *asked, *more]
    ran = curate("align", "reward", *options)
    assert ran.code == 0, ran.err
    return ran.json


def scored(root: Path, run: Path, *more: str | Path) -> Any:
    """What `curate align score` says."""
    ran = curate("align", "score", run, "-C", root, "--json", *more)
    assert ran.code == 0, ran.err
    return ran.json


def reward_events(root: Path) -> list[Event]:
    """The live events of reward models, by prompt."""
    from curate.views import open_views

    with open_views(Workspace.open(root)) as connection:
        table = connection.sql(
            "select * from events where rater.kind = 'reward_model' order by prompt_id"
        ).to_arrow_table()
    found = table.to_pylist(maps_as_pydicts="strict")
    return [Event.model_validate(_there(row)) for row in found]


def rewards(root: Path) -> dict[str, float]:
    """The live rewards by answer."""
    return {
        answer.candidate_id: answer.scores["reward"]
        for event in reward_events(root)
        for answer in event.answers
        if answer.scores
    }


def _scores(sums: dict[str, int]) -> dict[str, Any]:
    from tests.support.workspaces import five

    return {answer: five(total) for answer, total in sums.items()}


def _say(bench: Bench, words: dict[str, str]) -> None:
    """Add reasons to the last vote."""
    event = bench.events[-1]
    texts = {it.candidate_id: text for (_, text), it in bench.candidates.items()}
    answers = tuple(
        answer.model_copy(update={"rationales": {"overall": words[text]}})
        if (text := texts[answer.candidate_id]) in words
        else answer
        for answer in event.answers
    )
    bench.events[-1] = event.model_copy(update={"answers": answers})


def _there(value: Any) -> Any:
    """Without the fields that are null."""
    if isinstance(value, dict):
        return {name: _there(one) for name, one in value.items() if one is not None}
    return [_there(one) for one in value] if isinstance(value, list) else value
