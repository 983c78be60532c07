"""Projects that push makes: one for each page and number of raters, found again by their marker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotate.label_studio.config import page
from annotate.label_studio.instructions import instructions
from annotate.label_studio.names import Purpose
from annotate.label_studio.review_page import review_instructions, review_page
from annotate.label_studio.sdk import ONCE
from annotate.label_studio.shape import Shape
from schemas.base import Record, content_id
from schemas.errors import LabelStudioError
from schemas.rubric import Rubric

LONGEST_TITLE, KEY_IN_TITLE, IN_MARKER = 50, 8, 16
MARKER = re.compile(r"pairwright page ([0-9a-f]{16,32}) config ([0-9a-f]{16,32})")
"""The beginnings of the page's key and of its digest, at the end of a description."""

TITLE = re.compile(r"\bpw-([0-9a-f]{8})\Z")
FIELDS = "id,title,description,label_config,task_number,maximum_annotations"
MANY = 100
MODEL_VERSION = "judge"
"""What predictions are said to be by; a project shows those of the version that it names."""

WORDS: dict[Purpose, str] = {
    "work": "Read each question and its answers, and say which answers are better and how good "
    "they are. Inside, the button Instructions says how.",
    "qualification": "Please begin here: everybody does these tasks before the others.",
    "adjudication": "Questions on which people disagree.",
    "review": "Other people's votes, for an expert to accept or to return.",
}
"""What a project's card says to annotators."""

EVERYBODY = 100_000
"""As a number of raters: whoever signs up gets every task."""


class Page(Record):
    """What the prompts of one project have in common; overlap is a project's setting.

    `expert` is the pseudonym of who is to adjudicate. With `prefilled`, annotators see the
    predictions that came with a task as their first answers.
    """

    rubric: Rubric
    shape: Shape
    raters: int
    ask: tuple[str, ...]
    show_reference: bool = False
    purpose: Purpose = "work"
    expert: str | None = None
    prefilled: bool = False

    @property
    def key(self) -> str:
        """32 hex digits over all that annotators see and the number of raters."""
        asked = [self.rubric.rubric_hash, self.shape.model_dump(), self.raters]
        purpose: list[str] = [] if self.purpose == "work" else [self.purpose]
        purpose += [self.expert] if self.expert else []
        purpose += ["prefilled"] if self.prefilled else []
        return content_id([*asked, sorted(self.ask), self.show_reference, *purpose])

    @property
    def title(self) -> str:
        """The project's title: what is rated by how many, and the beginning of the key."""
        verb = "Rate " if "metrics" in self.ask else "Rank "
        purpose = verb if self.purpose == "work" else f"{self.purpose}: "
        many = "everybody" if self.raters == EVERYBODY else f"{self.raters} raters"
        raters = "1 rater" if self.raters == 1 else many
        words = f"{purpose}{self.shape}, {raters}{', prefilled' if self.prefilled else ''}"
        mark = f" pw-{self.key[:KEY_IN_TITLE]}"
        return words[: LONGEST_TITLE - len(mark)].rstrip(" ,") + mark

    @property
    def description(self) -> str:
        """What annotators read on the project's card, and the line it is found by."""
        words = WORDS[self.purpose]
        words += f" For {self.expert} to decide." if self.expert else ""
        recorded = digest(self.xml)[:IN_MARKER]
        return f"{words} (pairwright page {self.key[:IN_MARKER]} config {recorded})"

    @property
    def xml(self) -> str:
        """The labelling page."""
        if self.purpose == "review":
            return review_page(self.shape, show_reference=self.show_reference)
        return page(self.rubric, self.shape, self.ask, show_reference=self.show_reference)

    @property
    def told(self) -> str:
        """The instructions, as HTML."""
        if self.purpose == "review":
            return review_instructions()
        return instructions(self.rubric, self.shape, self.ask)


@dataclass(frozen=True, slots=True)
class Project:
    """A project that push made: the beginning of its page's key, and its page as it is now.

    `recorded` begins the digest of the page it was made with, `tasks` is how many it had when
    listed, and `raters` how many people get each of them.
    """

    number: int
    title: str
    key: str
    xml: str
    recorded: str | None
    tasks: int = 0
    raters: int = 1

    def serves(self, page: Page) -> bool:
        """Whether prompts of this page belong into it."""
        return page.key.startswith(self.key)

    def check(self, page: Page) -> None:
        """Raise LabelStudioError where its page is not the one that push made."""
        if not digest(self.xml).startswith(self.recorded or digest(page.xml)):
            raise LabelStudioError(
                f"project {self.number} ({self.title!r}): its labelling page was edited by hand",
                "set its labelling configuration back; or change its title and description, "
                "and a new project is made",
            )


def digest(xml: str) -> str:
    """32 hex digits over a page; the server cuts white space off its end."""
    return content_id(xml.strip())


def ours(client: Any) -> Iterator[Project]:
    """The projects on the server that push made, the oldest first.

    The description's marker tells, and where somebody rewrote it, the title.
    """
    found = client.projects.list(page_size=MANY, include=FIELDS)
    for it in sorted(found, key=lambda it: int(it.id)):
        marker, title = MARKER.search(it.description or ""), TITLE.search(it.title or "")
        if marker or title:
            key = marker[1] if marker else title[1] if title else ""
            recorded = marker[2] if marker else None
            xml, tasks = it.label_config or "", int(it.task_number or 0)
            raters = int(it.maximum_annotations or 1)
            yield Project(int(it.id), it.title or "", key, xml, recorded, tasks, raters)


def make(client: Any, page: Page) -> Project:
    """A new project, empty; the judge's scores are in sight only on a prefilled page."""
    recorded = digest(page.xml)
    made = client.projects.create(
        title=page.title,
        description=page.description,
        label_config=page.xml,
        expert_instruction=page.told,
        maximum_annotations=page.raters,
        show_collab_predictions=page.prefilled,
        request_options=ONCE,
        **({"model_version": MODEL_VERSION} if page.prefilled else {}),
    )
    return Project(made.id, page.title, page.key, page.xml, recorded, raters=page.raters)


def serve_files(client: Any, project: int, folder: str) -> None:
    """Let the project's pages show files of this folder of the server's machine."""
    there = client.import_storage.local.list(project=project)
    if folder not in {storage.path for storage in there}:
        client.import_storage.local.create(
            project=project, path=folder, use_blob_urls=True, title="media", request_options=ONCE
        )


def count(client: Any, project: int) -> int | None:
    """How many tasks the server says the project has; None where there is no such project."""
    found = client.projects.list_counts(ids=str(project), include="id,task_number").results
    return int(found[0].task_number or 0) if found else None
