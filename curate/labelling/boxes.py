"""Tasks on their way into projects: gathered by page, sent a chunk at a time.

While a chunk is sent the next one is made ready. All that changes the server is done by the sender,
so it happens in order.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from annotate.label_studio.projects import Page, Project, count, make, serve_files
from annotate.label_studio.push import (
    CHUNK,
    CHUNK_CHARACTERS,
    Checker,
    Chunk,
    Task,
    send,
    verify,
)
from annotate.label_studio.sender import Sender
from annotate.label_studio.shape import Shape
from curate.console import Advance, no_bar


@dataclass
class Box:
    """One page's project and the tasks for it that were not sent yet."""

    page: Page
    project: Project | None
    checker: Checker
    total: int
    new: int = 0
    sent: int = 0
    tasks: list[Task] = field(default_factory=list)
    characters: int = 0

    @property
    def is_full(self) -> bool:
        """Whether what it holds is as much as goes into a request."""
        return len(self.tasks) >= CHUNK or self.characters >= CHUNK_CHARACTERS

    def take(self) -> Chunk:
        """What it holds; it is empty then."""
        found, self.tasks, self.characters = Chunk.of(self.tasks), [], 0
        return found


@dataclass
class Boxes:
    """A box for every page that a prompt needs. With `dry_run` nothing is made nor sent.

    As a context, it lets what is under way end before the client is gone.
    """

    client: Any
    url: str
    note: Path
    folder: Path | None
    there: list[Project]
    page_of: Callable[[Shape, int], Page]
    dry_run: bool = False
    advance: Advance = no_bar
    boxes: dict[tuple[Shape, int], Box] = field(default_factory=dict)
    sender: Sender = field(default_factory=Sender)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.sender.__exit__(kind, error, trace)

    def add(
        self,
        shape: Shape,
        raters: int,
        data: dict[str, Any],
        prediction: dict[str, Any] | None = None,
    ) -> None:
        """Check a task and put it into its box; a full one is sent.

        Raises LabelStudioError where it does not fit, or its project's page was edited by hand.
        """
        box = self.boxes.get((shape, raters))
        if box is None:
            box = self.boxes[shape, raters] = self._open(self.page_of(shape, raters))
        box.checker.check(data, prediction)
        box.new += 1
        if self.dry_run:
            return
        box.tasks.append({"data": data, **({"predictions": [prediction]} if prediction else {})})
        box.characters += sum(len(it) for it in data.values() if isinstance(it, str))
        if box.is_full:
            self._hand_over(box)

    def close(self) -> None:
        """Send what is left, and have every project counted by the server."""
        for box in self.boxes.values():
            if box.tasks:
                self._hand_over(box)
        self.sender.wait()
        for box in self.boxes.values():
            if box.sent and box.project is not None:
                verify(self.client, box.project.number, box.total)

    def _open(self, page: Page) -> Box:
        project = next((it for it in self.there if it.serves(page)), None)
        if project is not None:
            project.check(page)
        there = count(self.client, project.number) if project else None
        return Box(page, project, Checker(project.xml if project else page.xml), there or 0)

    def _hand_over(self, box: Box) -> None:
        self.sender.hand_over(partial(self._send, box, box.take()))

    def _send(self, box: Box, chunk: Chunk) -> None:
        """Called by the sender alone."""
        if box.project is None:
            box.project = make(self.client, box.page)
        if not box.sent and self.folder and (box.page.shape.pictures or box.page.shape.videos):
            serve_files(self.client, box.project.number, str(self.folder))
        number = box.project.number
        box.total = send(self.client, self.url, number, chunk, self.note, box.total)
        box.sent += chunk.tasks
        self.advance(chunk.tasks)
