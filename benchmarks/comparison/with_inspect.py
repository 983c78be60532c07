"""The judge of the job as an inspect_ai task. DIR URL: the job's folder, a server like OpenAI's.

inspect_ai evaluates; pairs, people, copies and exports are outside of it and so in here by hand.
"""

import itertools
import json
import sys
from pathlib import Path
from typing import Any

from datasets import Dataset, Features, Image, List, Value
from inspect_ai import Task, eval  # noqa: A004 - its own name
from inspect_ai.dataset import Sample
from inspect_ai.model import (
    ChatMessageUser,
    ContentImage,
    ContentText,
    GenerateConfig,
    ResponseSchema,
)
from inspect_ai.solver import generate
from inspect_ai.util import JSONSchema

METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
COUNTED = METRICS[:3]
MIN_MARGIN = 1


def schema(count: int) -> JSONSchema:
    """Of a reply: points by answer and metric."""
    point = JSONSchema(type="integer", enum=[0, 1, 2, 3, 4])
    answer = JSONSchema(
        type="object", properties=dict.fromkeys(METRICS, point), required=list(METRICS)
    )
    names = [str(number) for number in range(count)]
    return JSONSchema(type="object", properties=dict.fromkeys(names, answer), required=names)


def sample(row: dict[str, Any], folder: Path) -> Sample:
    """One question to the judge."""
    answers = "\n".join(f"Answer {n}: {one['text']}" for n, one in enumerate(row["responses"]))
    rule = f"Score each answer from 0 to 4 by {', '.join(METRICS)}."
    text = f"{rule}\nQuestion: {row['prompt']}\n{answers}"
    picture = ContentImage(image=str(folder / row["images"][0]))
    return Sample(input=[ChatMessageUser(content=[picture, ContentText(text=text)])], metadata=row)


def pair_of(row: dict[str, Any], scores: dict[str, dict[str, int]]) -> dict[str, Any] | None:
    """The widest pair, as TRL's DPO trainer reads it."""
    sums = {int(n): sum(one[name] for name in COUNTED) for n, one in scores.items()}
    gaps = [(sums[a] - sums[b], a, b) for a, b in itertools.permutations(sums, 2)]
    margin, best, worst = max(gaps)
    if margin < MIN_MARGIN:
        return None
    words = [one["text"] for one in row["responses"]]
    said = {"chosen": words[best], "rejected": words[worst]}
    turns = {name: [{"role": "assistant", "content": text}] for name, text in said.items()}
    asked = [{"role": "user", "content": row["prompt"]}]
    return {"images": row["images"], "prompt": asked, **turns, "margin": margin}


def main(folder: Path, url: str) -> None:
    """Do the job and say what came out."""
    rows = [json.loads(line) for line in (folder / "answers.jsonl").read_text("utf-8").splitlines()]
    shape = ResponseSchema(name="scores", json_schema=schema(4))
    task = Task(
        dataset=[sample(row, folder) for row in rows],
        solver=generate(),
        config=GenerateConfig(response_schema=shape),
    )
    (log,) = eval(
        task,
        model="openai/judge",
        model_base_url=f"{url}/v1",
        model_args={"responses_api": False},
        display="none",
        log_dir=str(folder / "logs"),
    )
    found = []
    for done in log.samples or []:
        try:
            scores = json.loads(done.output.completion)
        except ValueError:
            continue
        row = {**done.metadata, "images": [str(folder / name) for name in done.metadata["images"]]}
        found.append(pair_of(row, scores))
    pairs = [pair for pair in found if pair is not None]
    turn = List({"role": Value("string"), "content": Value("string")})
    features = Features(
        images=List(Image()), prompt=turn, chosen=turn, rejected=turn, margin=Value("int64")
    )
    Dataset.from_list(pairs, features=features).to_parquet(folder / "inspect.parquet")
    print(len(rows), "judged,", len(pairs), "pairs")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
