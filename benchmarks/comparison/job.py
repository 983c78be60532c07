"""The job's input: 20 prompts of the sample with a picture and four answers each, two near copies.

python -m benchmarks.comparison.job DIR writes answers.jsonl (one prompt a line) and media/.
"""

import json
import shutil
import sys
from importlib import resources
from pathlib import Path
from typing import Any

PROMPTS, COPIED = 20, 2
Json = dict[str, Any]


def rows() -> list[Json]:
    """Prompts with a picture and four different answers; the first two get a near copy."""
    found: list[Json] = []
    sample = resources.files("curate") / "sample"
    for line in (sample / "sample.jsonl").read_text("utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        picture = (row.get("images") or [""])[0]
        texts = [str(one.get("text") or "") for one in row.get("responses", [])]
        if "prompt" not in row or not (picture.endswith(".png") and (sample / picture).is_file()):
            continue
        if len(set(texts)) == len(texts) == 4 and len(texts[0]) > 40 and all(texts):
            found.append({"prompt": row["prompt"], "images": [picture], "responses": texts})
    taken = found[:PROMPTS]
    for row in taken[:COPIED]:
        row["responses"][3] = row["responses"][0].replace(",", "") + " "
    return [{**row, "responses": [{"text": it} for it in row["responses"]]} for row in taken]


def write(folder: Path) -> int:
    """Lay the job out and return how many prompts it has."""
    made = rows()
    sample = resources.files("curate") / "sample"
    for row in made:
        target = folder / row["images"][0]
        target.parent.mkdir(parents=True, exist_ok=True)
        with resources.as_file(sample / row["images"][0]) as picture:
            shutil.copyfile(picture, target)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
    (folder / "answers.jsonl").write_text(lines, "utf-8")
    return len(made)


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
