"""People who vote at a real server on a workspace's prompts, and the experts above them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from annotate import journal
from annotate.label_studio import names
from schemas.candidate import Medium
from schemas.event import Event
from tests.support.annotations import choices, places, text
from tests.support.cli import Ran, curate
from tests.support.label_studio import Live
from tests.support.pushing import Site
from tests.support.routing import rule

GOOD = "good"
"""The only metric of a site's rubric."""


@dataclass
class Team:
    """A site whose prompts are pushed, and its people by short names."""

    site: Site
    users: dict[str, int] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)

    @classmethod
    def of(
        cls,
        live: Live,
        folder: Path,
        prompts: int = 1,
        raters: int = 2,
        media: Sequence[Medium] = (),
    ) -> "Team":
        """So many prompts with the answers `a` and `b`, each for so many raters."""
        site = Site.of(live, folder, rule("true", "human", raters=raters))
        for number in range(prompts):
            site.ask(number, media=media)
        site.pushed()
        return cls(site)

    @property
    def client(self) -> Any:
        """The admin's."""
        return self.site.live.client

    def email(self, name: str) -> str:
        """The sign-in name of a person: one of this site alone."""
        return f"{name}-{self.site.name.rpartition(' ')[2][:8]}@example.com"

    def user(self, name: str) -> int:
        """The number of a person, who signs up where they did not."""
        if name not in self.users:
            email = self.email(name)
            known = {it.email: int(it.id) for it in self.client.users.list()}
            made = known.get(email) or self.client.users.create(email=email, username=email).id
            self.users[name] = int(made)
        return self.users[name]

    def projects(self, purpose: str) -> list[int]:
        """The projects of this site for a purpose, by number."""
        found = [it.id for it in self.client.projects.list(page_size=100)]
        return sorted(it for it in found if it not in self.others and self.purpose(it) == purpose)

    def purpose(self, project: int) -> str | None:
        """What a project is for, where it is this site's; of others' it is not asked again."""
        ours = {it.prompt_id for it in self.site.bench.prompts.values()}
        tasks = self.client.tasks.list(project=project, fields="task_only", page_size=1)
        first = next(iter(tasks), None)
        about = first.data.get(names.ABOUT, {}) if first else {}
        if about.get("prompt_id") in ours:
            return str(about.get("purpose", "work"))
        self.others.add(project)
        return None

    def tasks(self, project: int) -> list[Any]:
        """The tasks of a project, by number."""
        found = self.client.tasks.list(project=project, fields="task_only", page_size=1000)
        return sorted(found, key=lambda it: int(it.id))

    def work(self) -> list[Any]:
        """The tasks that people vote on."""
        return [task for project in self.projects("work") for task in self.tasks(project)]

    def reviews(self) -> list[Any]:
        """The tasks in which votes are reviewed."""
        return [task for project in self.projects("review") for task in self.tasks(project)]

    def vote(self, name: str, task: Any, best: str = "a", why: str = "") -> int:
        """A person's vote on a task, whatever the order of its answers; the annotation."""
        order = self.order(task, best)
        scored = [
            choices(names.score(letter, GOOD), "4" if place == "1" else "1")
            for letter, place in zip("ab", order, strict=True)
        ]
        said = [text(names.RATIONALE, why)] if why else []
        return self.says(name, task, *places(order), *scored, *said)

    def order(self, task: Any, best: str) -> str:
        """The places of the answers shown, with this one first."""
        texts = [task.data[names.answer(letter)] for letter in "ab"]
        return "12" if texts[0] == best else "21"

    def judge(self, name: str, task: Any, note: str = "") -> int:
        """An expert's word: accepted, or returned with a note."""
        word = choices(names.REVIEW, names.RETURN if note else names.ACCEPT)
        return self.says(name, task, word, *([text(names.NOTE, note)] if note else []))

    def says(self, name: str, task: Any, *result: dict[str, Any]) -> int:
        """An annotation by a person."""
        made = self.client.annotations.create(
            id=int(task.id), result=list(result), completed_by=self.user(name), lead_time=3.5
        )
        return int(made.id)

    def run(self, *arguments: str) -> Any:
        """`curate label ...` in this workspace, all well; its object."""
        ran = self.tried(*arguments)
        assert ran.code == 0, ran
        return ran.json

    def faults(self, pulled: Any) -> dict[str, int]:
        """What could not be read of this site's votes; the server has others' too."""
        return {name: n for name, n in pulled["faults"].items() if name != "unknown_prompt"}

    def tried(self, *arguments: str) -> Ran:
        """`curate label ...` in this workspace."""
        return curate("label", *arguments, "-C", self.site.bench.root, "--json")

    def events(self) -> list[Event]:
        """Every event that was pulled."""
        paths = sorted((self.site.bench.root / "annotations").glob("label-*.jsonl"))
        return [event for path in paths for event in journal.read(path)]

    def live(self) -> list[Event]:
        """The votes that stand."""
        found = self.events()
        ended = {event.supersedes for event in found}
        return [
            it for it in found if it.event_id not in ended and not it.deleted and not it.reviews
        ]


def somebody() -> str:
    """A sign-in name that nobody has."""
    return f"{uuid4().hex[:8]}@example.com"
