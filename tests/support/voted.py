"""A workspace whose prompts people vote on at a real server, and what must have come of it."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from annotate import journal
from annotate.label_studio import names
from annotate.label_studio.projects import Page, make
from annotate.label_studio.pull import event_id_of
from annotate.label_studio.shape import shape_of
from annotate.label_studio.task import task_data
from curate.labelling.connection import FOLDER
from curate.workspace import Workspace
from schemas.event import Event
from tests.support.annotations import choices, places
from tests.support.cli import Ran, curate
from tests.support.label_studio import Live
from tests.support.pages import ASKED, RUBRICS, media_url
from tests.support.workspaces import Bench

RUBRIC = RUBRICS["five-metric"]
SMALL = 4
SMALL_PAGES = f"""
import sys
from annotate.label_studio import pull_server
from curate.labelling import pull_batch
pull_server.PAGE = pull_batch.FULL = {SMALL}
from curate.cli import main
main(sys.argv[1:])
"""
"""A program that is `curate`, but for reading and writing a few votes at a time."""


@dataclass
class Voted:
    """A project of a workspace's prompts on a server that many workspaces may share."""

    live: Live
    workspace: Workspace
    tasks: list[dict[str, Any]]
    project: int = 0
    numbers: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, live: Live, folder: Path, prompts: int, votes: int) -> "Voted":
        """A project with so many prompts, the first of which have a vote each."""
        folder.mkdir(exist_ok=True)
        (folder / FOLDER).symlink_to(live.server.folder)
        bench, name = Bench(folder), uuid4().hex
        for number in range(prompts):
            bench.prompt(f"{name}, {number}?", "This.", "That.")
        answers: dict[str, list[Any]] = {}
        for it in bench.candidates.values():
            answers.setdefault(it.prompt_id, []).append(it)
        asked = list(bench.prompts.values())
        data = [task_data(it, answers[it.prompt_id], RUBRIC, media_url=media_url) for it in asked]
        found = cls(live, bench.write(), data)
        shape = shape_of(asked[0], 2)
        page = Page(rubric=RUBRIC, shape=shape, raters=3, ask=ASKED, show_reference=False)
        found.project = make(live.client, page).number
        found.add(0, votes)
        found.add(votes, prompts, voted=False)
        return found

    def add(self, start: int, stop: int, *, voted: bool = True) -> None:
        """Tasks of these prompts, with a vote each that the server takes in one request."""
        tasks = [
            {"data": it, **({"annotations": [_vote(number)]} if voted else {})}
            for number, it in enumerate(self.tasks[start:stop], start)
        ]
        if tasks:
            reply = self.live.client.projects.import_tasks(
                id=self.project, request=tasks, return_task_ids=True
            )
            self.numbers += reply.task_ids

    def vote(self, place: int, order: str = "12") -> int:
        """A vote on a task by its place; the annotation's number."""
        made = self.live.client.annotations.create(id=self.numbers[place], result=places(order))
        return int(made.id)

    def export(self) -> list[dict[str, Any]]:
        """Every annotation that the server has, by its own export."""
        tasks = self.live.client.projects.exports.as_json(self.project)
        return [it for task in tasks for it in task["annotations"]]

    def pull(self, *options: str) -> Ran:
        """`curate label pull`."""
        return curate("label", "pull", "-C", self.workspace.root, *options)

    def pulled(self) -> Any:
        """As `pull`, and all went well."""
        ran = self.pull("--json")
        assert (ran.code, ran.err) == (0, ""), ran
        return ran.json

    def events(self) -> list[Event]:
        """Every event of the journals that pulls wrote."""
        paths = sorted(self.workspace.annotations.glob("label-*.jsonl"))
        return [event for path in paths for event in journal.read(path)]

    def live_votes(self) -> Counter[str]:
        """The events of votes that stand."""
        found = self.events()
        ended = {event.supersedes for event in found}
        return Counter(it.event_id for it in found if it.event_id not in ended and not it.deleted)

    def check(self) -> None:
        """What stands in the journals is what the server has, each vote once."""
        expected = Counter(event_id_of(it) for it in self.export() if not it["was_cancelled"])
        assert self.live_votes() == expected
        self.check_none_twice()

    def check_none_twice(self) -> None:
        """No event is in the journals twice."""
        found = Counter(it.event_id for it in self.events())
        assert set(found.values()) <= {1}


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pulls in this process read and write a few votes at a time, and never wait."""
    monkeypatch.setattr("annotate.label_studio.pull_server.PAGE", SMALL)
    monkeypatch.setattr("curate.labelling.pull_batch.FULL", SMALL)
    monkeypatch.setattr("annotate.label_studio.pull_http.time.sleep", lambda _seconds: None)


def _vote(number: int) -> dict[str, Any]:
    scores = [choices(names.score("a", RUBRIC.metric[0].name), str(number % 5))]
    return {"result": [*places("21"), *scores], "lead_time": 1.0 + number}
