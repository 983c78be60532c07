"""A workspace with one prompt, and a server of our own making on which people vote on it."""

from pathlib import Path
from typing import Any

from annotate import journal
from curate.labelling.pull_report import PullReport
from curate.labelling.pulling import pull
from schemas.event import Event
from tests.support.annotations import task
from tests.support.label_server import LabelServer
from tests.support.pages import RUBRICS
from tests.support.workspaces import Bench

RUBRIC = RUBRICS["five-metric"]


class Place:
    """A workspace with one prompt, and the server its people work on."""

    def __init__(self, root: Path, server: LabelServer) -> None:
        bench = Bench(root)
        self.prompt_id = bench.prompt("Which?", "This.", "That.")
        self.asked = bench.prompts["Which?"]
        self.answers = list(bench.candidates.values())
        self.workspace = bench.write()
        self.server = server

    def votes(self, *annotations: dict[str, Any], at: str = "", **rubric: Any) -> None:
        """The annotations that the server has now, of its only task."""
        wording = RUBRIC.model_copy(update=rubric)
        found = task(self.asked, self.answers, wording, *annotations)
        self.server.tasks = [{**found, "updated_at": at or found["updated_at"]}]

    def pull(self) -> PullReport:
        """What came of a pull."""
        return pull(self.workspace, self.server.variables)

    def scans(self) -> list[str]:
        """What the server was asked for by the time of change, so far."""
        return [it for it in self.server.asked if "updated_at%22%2C+%22operator" in it]

    @property
    def journals(self) -> list[Path]:
        """The journals that pulls wrote, by name."""
        return sorted(self.workspace.annotations.glob("label-*.jsonl"))

    def events(self) -> list[Event]:
        """Every event of those journals."""
        return [event for path in self.journals for event in journal.read(path)]

    def live(self) -> list[Event]:
        """The events that nothing supersedes."""
        found = self.events()
        ended = {event.supersedes for event in found}
        return [it for it in found if it.event_id not in ended and not it.deleted]
