"""A workspace to push to a real server, and what the server then has of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from annotate.label_studio import names
from curate.labelling.connection import FOLDER
from schemas.candidate import Medium
from tests.support.cli import Ran, curate
from tests.support.label_studio import Live
from tests.support.routing import NO_OVERLAP, rule
from tests.support.workspaces import Bench

RUBRIC = """[rubric]
instructions = "{name}"
[[rubric.metric]]
name = "good"
question = "Is it good?"
"""


@dataclass
class Site:
    """A workspace whose rubric no other test has, so that its projects are its own."""

    live: Live
    bench: Bench
    name: str

    @classmethod
    def of(cls, live: Live, folder: Path, rules: str = "") -> "Site":
        """An empty workspace that works with the server as its managed one."""
        name = f"test {uuid4().hex}"
        config = RUBRIC.format(name=name) + NO_OVERLAP + (rules or rule("true", "human"))
        folder.mkdir(exist_ok=True)
        (folder / FOLDER).symlink_to(live.server.folder)
        return cls(live, Bench(folder, config), name)

    def ask(self, number: int, *answers: str, media: Sequence[Medium] = ()) -> str:
        """A prompt of this workspace alone."""
        return self.bench.prompt(f"{self.name}, {number}?", *(answers or ("a", "b")), media=media)

    def push(self, *options: str) -> Ran:
        """`curate label push` with what the bench holds now."""
        self.bench.write()
        return curate("label", "push", "-C", self.bench.root, "--json", *options)

    def pushed(self, *options: str) -> Any:
        """As `push`, and all went well."""
        ran = self.push(*options)
        assert (ran.code, ran.err) == (0, ""), ran
        return ran.json

    def tasks(self) -> Counter[str]:
        """How many tasks the server has of each prompt, in whatever project."""
        found: Counter[str] = Counter()
        for project in self.projects():
            tasks = self.live.client.tasks.list(project=project.id, fields="task_only")
            found.update(task.data[names.ABOUT]["prompt_id"] for task in tasks)
        return found

    def projects(self) -> list[Any]:
        """The projects whose instructions are this workspace's."""
        found = self.live.client.projects.list(page_size=100)
        return [it for it in found if self.name in (it.expert_instruction or "")]

    @property
    def wanted(self) -> Counter[str]:
        """Each of the workspace's prompts once."""
        return Counter(it.prompt_id for it in self.bench.prompts.values())
