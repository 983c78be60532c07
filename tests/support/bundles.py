"""Pushed folders as they are staged, and what of two builds must be the same."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq

from curate.build import BuildReport, build
from curate.bundle.writing import write_bundle
from curate.exporting import export
from curate.init import create
from curate.pull.forget import forget
from curate.pull.tombstones import write_whole
from curate.workspace import Workspace
from schemas.arrow import to_table
from schemas.base import content_id
from schemas.event import Event
from schemas.route import Route
from tests.support.pictures import write_picture
from tests.support.pulling import NOW, pulled, question, rows_of, write_lines
from tests.support.sampling import film

TABLES = ("pairs", "ties", "dropped", "scores")


def pushed(workspace: Workspace, folder: Path) -> Path:
    """The folder of a push of the latest build: its pairs in data/, and the bundle."""
    result = export(workspace, ["parquet"], folder / "exports")["parquet"]
    staging = folder / "push"
    (staging / "data").mkdir(parents=True)
    for name in result.files:
        shutil.copyfile(result.path / name, staging / "data" / name)
    write_bundle(workspace, workspace.build_folder(), staging)
    return staging


def built(workspace: Workspace) -> BuildReport:
    """A build of the workspace as it lies now."""
    return build(Workspace.open(workspace.root, workspace.overrides), now=NOW)


def tables(report: BuildReport) -> Mapping[str, bytes]:
    """The bytes of a build's tables."""
    return {name: (report.folder / f"{name}.parquet").read_bytes() for name in TABLES}


def mixed_workspace(folder: Path) -> Workspace:
    """Pictures, a film, frames, texts, two pulls and one forgotten, votes of people and a judge.

    A benchmark that lies elsewhere takes one prompt, and all others are overlap.
    """
    sources, bench = folder / "in", folder / "elsewhere" / "bench.jsonl"
    for number in range(3):
        write_picture(sources / f"{number}.png", colour=40 * number)
        write_picture(sources / "frames" / f"{number}.png", colour=90 + 5 * number)
    film(sources / "film.mp4", 8)
    film(sources / "unpaired.mp4", 5)
    write_picture(sources / "unpaired.png", colour=200)
    write_lines(bench, [{"prompt": KNOWN, "responses": [{"text": "Yes."}]}])
    workspace = create(
        folder / "workspace", overrides=("score.calibrate=true", 'pairs.policy="all-ranked"', ANNA)
    )
    with workspace.config_path.open("a", encoding="utf-8") as file:
        file.write(f'\n[[decontaminate]]\nname = "A bench"\npath = "{bench}"\n')
    first = [
        question(
            "Which colour?", "Red", "Blue", "Green", images=["0.png"], key="/home/somebody/a/1"
        ),
        question("What happens?", "It jumps", "It falls", video="film.mp4"),
        question("And then?", "It stops", "It turns", video="frames"),
        question(KNOWN, "Yes", "No", "Perhaps"),
        {"prompt": "", "images": ["/home/somebody/lost.png"]},
        question("Gone?", "Yes", "No", images=["/home/somebody/gone.png"]),
    ]
    second = [
        question("Two at once?", "Left", "Right", images=["1.png", "2.png"]),
        question("Nobody answered?", images=["unpaired.png"]),
        question("And this?", video="unpaired.mp4"),
        question(
            "Only words?", "A few", "Many", attributes={"file": "/home/somebody/set/words.txt"}
        ),
    ]
    for name, rows in (("one", first), ("two", second), ("three", [*first[:1], LAST])):
        pulled(workspace, write_lines(sources / f"{name}.jsonl", rows), licence="MIT")
    forget(
        workspace,
        next(path.name for path in workspace.pull_folders() if "three" in path.name),
        now=NOW,
    )
    write_whole(workspace.annotations / "label-1.jsonl", votes(workspace, "human", PERSON))
    judged = [*votes(workspace, "judge", "judge-1"), _failure(workspace)]
    write_whole(workspace.annotations / "judge-run.jsonl", judged)
    _route(workspace)
    return Workspace.open(workspace.root)


ANNA = 'export.pseudonyms=["anna"]'
KNOWN = "Is the tall red tower in the old harbour still higher than the church beside the market?"
LAST = question("Who knows?", "Me", "You", images=["0.png"])
PERSON = "h-0123456789ab"
WORDS = "503: http://10.1.2.3:8000/v1 is busy"


def votes(workspace: Workspace, kind: str, name: str) -> list[Event]:
    """An order of each prompt's answers, with scores of the rubric's metrics."""
    answers: dict[str, list[str]] = {}
    for row in rows_of(workspace, "candidates"):
        answers.setdefault(row["prompt_id"], []).append(row["candidate_id"])
    metrics = [metric.name for metric in workspace.rubric.metric]
    return [
        Event.model_validate(
            {
                "event_id": content_id([name, prompt_id]),
                "at": NOW,
                "prompt_id": prompt_id,
                "rater": {"kind": kind, "id": name, "version": "v1" if kind == "judge" else None},
                "rubric_id": workspace.rubric.rubric_id,
                "rubric_hash": workspace.rubric.rubric_hash,
                "answers": [
                    {
                        "candidate_id": one,
                        "position": place,
                        "scores": dict.fromkeys(metrics, max(0, 4 - place)),
                        "rationales": {"overall": "Read \u202e it \U0001f600."},
                    }
                    for place, one in enumerate(sorted(given))
                ],
                "usage": {"input_tokens": 5, "usd": 0.001} if kind == "judge" else None,
            }
        )
        for prompt_id, given in sorted(answers.items())
    ]


def _failure(workspace: Workspace) -> Event:
    prompt = rows_of(workspace, "prompts")[0]
    return Event.model_validate(
        {
            "event_id": content_id("a failure"),
            "at": NOW,
            "prompt_id": prompt["prompt_id"],
            "rater": {"kind": "judge", "id": "judge-2"},
            "failure": {"reason": "refused_by_server", "detail": WORDS},
        }
    )


def _route(workspace: Workspace) -> None:
    routes = [
        Route(
            prompt_id=row["prompt_id"],
            to="both",
            raters=1,
            rule="overlap",
            overlap=True,
            inclusion_probability="0.5",
            n_answers=2,
            candidate_ids=(),
            frozen=False,
        )
        for row in rows_of(workspace, "prompts")
    ]
    pq.write_table(to_table(routes, Route), workspace.routes)
