"""The job as a distilabel pipeline. DIR URL: the job's folder, an OpenAI-compatible server.

Copies leave by its MinHash step, the judge is a task of our own (its UltraFeedback shows no
picture), and pairs are a step of our own, since its formatting for DPO knows no margin.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

from datasets import Dataset, Features, Image, List, Value
from distilabel.models import OpenAILLM
from distilabel.pipeline import Pipeline
from distilabel.steps import LoadDataFromDicts, MinHashDedup, StepInput, StepOutput, step
from distilabel.steps.tasks import Task

METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
COUNTED = METRICS[:3]
MIN_MARGIN = 1


class FiveMetrics(Task):
    """Scores of all answers that are left, in one call with the picture."""

    @property
    def inputs(self) -> list[str]:
        """The columns that it reads."""
        return ["prompt", "image", "generations"]

    @property
    def outputs(self) -> list[str]:
        """The columns that it adds."""
        return ["scores", "model_name"]

    def format_input(self, input: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: A002 - its name
        """A chat of one turn."""
        answers = "\n".join(f"Answer {n}: {text}" for n, text in enumerate(input["generations"]))
        text = f"Score each answer from 0 to 4 by {', '.join(METRICS)}, as JSON by answer.\n"
        picture = base64.b64encode(Path(input["image"]).read_bytes()).decode()
        return [
            {
                "role": "user",
                "content": [
                    {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{picture}"}},
                    {"type": "text", "text": f"{text}Question: {input['prompt']}\n{answers}"},
                ],
            }
        ]

    def format_output(self, output: str | None, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
        """The sum of each answer, None where the reply cannot be read."""
        try:
            found = json.loads(output or "")
            there = range(len(input["generations"]))
            scores = [sum(found[str(n)][name] for name in COUNTED) for n in there]
        except (ValueError, KeyError, TypeError):
            scores = None
        return {"scores": scores}


@step(inputs=["prompt", "image", "generations", "scores"], outputs=["chosen", "rejected", "margin"])
def pair(inputs: StepInput) -> StepOutput:
    """The best against the worst, by a margin or more."""
    made = []
    for row in inputs:
        if not row["scores"]:
            continue
        order = sorted(range(len(row["scores"])), key=row["scores"].__getitem__)
        margin = row["scores"][order[-1]] - row["scores"][order[0]]
        if margin >= MIN_MARGIN:
            texts = row["generations"]
            made.append(
                {**row, "chosen": texts[order[-1]], "rejected": texts[order[0]], "margin": margin}
            )
    yield made


def without_copies(rows: list[dict[str, Any]], folder: Path) -> list[list[str]]:
    """The answers of each prompt that its MinHash step, which works on rows, keeps."""
    answers = [
        {"text": one["text"], "n": n} for n, row in enumerate(rows) for one in row["responses"]
    ]
    with Pipeline("copies", cache_dir=folder / "cache") as pipeline:
        load = LoadDataFromDicts(data=answers, batch_size=len(answers))
        load >> MinHashDedup(tokenizer="ngrams", n=3, threshold=0.8, input_batch_size=len(answers))
    kept = pipeline.run(use_cache=False)["default"]["train"]
    left: list[list[str]] = [[] for _ in rows]
    for row in kept:
        if row["keep_row_after_minhash_filtering"]:
            left[row["n"]].append(row["text"])
    return left


def as_trl(row: dict[str, Any]) -> dict[str, Any]:
    """The row as TRL's DPO trainer reads it."""
    sides = {name: [{"role": "assistant", "content": row[name]}] for name in ("chosen", "rejected")}
    asked = [{"role": "user", "content": row["prompt"]}]
    return {"images": [row["image"]], "prompt": asked, **sides, "margin": row["margin"]}


def main(folder: Path, url: str) -> None:
    """Do the job and say what came out."""
    rows = [json.loads(line) for line in (folder / "answers.jsonl").read_text("utf-8").splitlines()]
    left = without_copies(rows, folder)
    data = [
        {"prompt": row["prompt"], "image": str(folder / row["images"][0]), "generations": texts}
        for row, texts in zip(rows, left, strict=True)
    ]
    with Pipeline("job", cache_dir=folder / "cache") as pipeline:
        llm = OpenAILLM(
            model="judge",
            base_url=f"{url}/v1",
            api_key="none",
            generation_kwargs={"response_format": {"type": "json_object"}},
        )
        (
            LoadDataFromDicts(data=data, batch_size=20)
            >> FiveMetrics(llm=llm, input_batch_size=20)
            >> pair()
        )
    found = pipeline.run(use_cache=False)["default"]["train"]
    turn = List({"role": Value("string"), "content": Value("string")})
    features = Features(
        images=List(Image()), prompt=turn, chosen=turn, rejected=turn, margin=Value("int64")
    )
    made = Dataset.from_list([as_trl(row) for row in found], features=features)
    made.to_parquet(folder / "distilabel.parquet")
    print(len(rows), "prompts,", sum(map(len, left)), "answers left,", len(made), "pairs")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
