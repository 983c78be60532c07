"""The job with Label Studio by hand. DIR URL LS_URL LS_KEY: its SDK, a bare judge, own pairs.

Votes are sent by the SDK where people would click: `vote` stands for them and is not counted.
"""

import base64
import itertools
import json
import sys
from pathlib import Path
from typing import Any

from datasets import Dataset, Features, Image, List, Value
from label_studio_sdk import LabelStudio
from openai import OpenAI

METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
COUNTED = METRICS[:3]
LABELLED, MIN_MARGIN, NEAR = 9, 1, 0.8
Json = dict[str, Any]


def page(answers: int) -> str:
    """The labelling page: a picture, a question, a rating for every answer and metric."""
    blocks = [
        f'<Text name="answer{n}" value="$answer{n}"/>'
        + "".join(
            f'<Header value="{name}"/><Rating name="{name}{n}" toName="answer{n}" maxRating="5"/>'
            for name in METRICS
        )
        for n in range(answers)
    ]
    head = '<Image name="image" value="$image"/><Text name="question" value="$question"/>'
    return f"<View>{head}{''.join(blocks)}</View>"


def picture(row: Json, folder: Path) -> str:
    """The row's picture inside an address."""
    content = (folder / row["images"][0]).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def task(row: Json, number: int, folder: Path) -> Json:
    """What the page shows."""
    answers = {f"answer{n}": one["text"] for n, one in enumerate(row["responses"])}
    return {"image": picture(row, folder), "question": row["prompt"], "number": number, **answers}


def judged(client: OpenAI, row: Json, folder: Path) -> list[Json] | None:
    """The judge's scores of each answer, in one order; None where the reply cannot be read."""
    answers = "\n".join(f"Answer {n}: {one['text']}" for n, one in enumerate(row["responses"]))
    rule = f"Score each answer from 0 to 4 by {', '.join(METRICS)}."
    text = f"{rule}\nQuestion: {row['prompt']}\n{answers}"
    point = {"type": "integer", "minimum": 0, "maximum": 4}
    answer = {"type": "object", "properties": dict.fromkeys(METRICS, point), "required": METRICS}
    names = [str(n) for n in range(len(row["responses"]))]
    schema = {"type": "object", "properties": dict.fromkeys(names, answer), "required": names}
    shown = {"type": "image_url", "image_url": {"url": picture(row, folder)}}
    reply = client.chat.completions.create(
        model="judge",
        messages=[{"role": "user", "content": [shown, {"type": "text", "text": text}]}],
        response_format={
            "type": "json_schema",
            "json_schema": {"name": "scores", "schema": schema},
        },
    )
    try:
        found = json.loads(reply.choices[0].message.content or "")
        return [found[name] for name in names]
    except (ValueError, KeyError):
        return None


def vote(client: LabelStudio, task_id: int, person: int) -> None:
    """What a person would click."""
    result = [
        {
            "from_name": f"{name}{n}",
            "to_name": f"answer{n}",
            "type": "rating",
            "value": {"rating": 1 + (task_id + n + person) % 5},
        }
        for n in range(4)
        for name in METRICS
    ]
    client.annotations.create(id=task_id, result=result)


def people(client: LabelStudio, project: int) -> dict[int, list[list[Json]]]:
    """Each person's scores of each answer, by the row's number."""
    votes: dict[int, list[list[Json]]] = {}
    for one in client.tasks.list(project=project, fields="all"):
        for annotation in one.annotations or []:
            if annotation.get("was_cancelled"):
                continue
            sheet: list[Json] = [{} for _ in range(4)]
            for part in annotation["result"]:
                name, n = part["from_name"][:-1], int(part["from_name"][-1])
                sheet[n][name] = part["value"]["rating"] - 1
            votes.setdefault(one.data["number"], []).append(sheet)
    return votes


def shingles(text: str) -> set[tuple[str, ...]]:
    """Three words at a time."""
    words = text.lower().split()
    return set(zip(words, words[1:], words[2:], strict=False)) or {tuple(words)}


def is_near(one: str, other: str) -> bool:
    """Whether most of their shingles are the same."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b) >= NEAR


def pair_of(row: Json, sheets: list[list[Json]]) -> Json | None:
    """The widest pair by the mean difference within sheets, near copies left out."""
    words = [one["text"] for one in row["responses"]]
    kept = [n for n in range(4) if not any(is_near(words[n], words[m]) for m in range(n))]
    sums = [[sum(one[name] for name in COUNTED) for one in sheet] for sheet in sheets]
    gaps = [
        (sum(total[a] - total[b] for total in sums) / len(sums), a, b)
        for a, b in itertools.permutations(kept, 2)
    ]
    margin, best, worst = max(gaps)
    if margin < MIN_MARGIN:
        return None
    turns = {"chosen": words[best], "rejected": words[worst]}
    said = {name: [{"role": "assistant", "content": text}] for name, text in turns.items()}
    return {"prompt": [{"role": "user", "content": row["prompt"]}], **said, "margin": margin}


def main(folder: Path, url: str, server: str, key: str) -> None:
    """Do the job and say what came out."""
    rows = [json.loads(line) for line in (folder / "answers.jsonl").read_text("utf-8").splitlines()]
    client = LabelStudio(base_url=server, api_key=key)
    project = client.projects.create(
        title="the job", label_config=page(4), maximum_annotations=2
    ).id
    tasks = [{"data": task(row, n, folder)} for n, row in enumerate(rows[:LABELLED])]
    client.projects.import_tasks(id=project, request=tasks)
    for one in client.tasks.list(project=project):
        for person in range(2):
            vote(client, one.id, person)
    votes = people(client, project)
    judge = OpenAI(base_url=f"{url}/v1", api_key="none")
    found = []
    for n, row in enumerate(rows):
        scores = None if n in votes else judged(judge, row, folder)
        sheets = votes.get(n) or ([scores] if scores else [])
        pair = pair_of(row, sheets) if sheets else None
        if pair is not None:
            found.append({**pair, "images": [str(folder / row["images"][0])]})
    turn = List({"role": Value("string"), "content": Value("string")})
    features = Features(
        images=List(Image()), prompt=turn, chosen=turn, rejected=turn, margin=Value("float64")
    )
    Dataset.from_list(found, features=features).to_parquet(folder / "label_studio.parquet")
    print(len(votes), "labelled,", len(found), "pairs")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
