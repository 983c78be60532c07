"""Tasks on their way into projects: gathered by page, sent a chunk at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotate.label_studio.projects import Page, Project, count, make, serve_files
from annotate.label_studio.push import CHUNK, Checker, send
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
    tasks: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Boxes:
    """A box for every page that a prompt needs. With `dry_run` nothing is made nor sent."""

    client: Any
    url: str
    note: Path
    folder: Path | None
    there: list[Project]
    page_of: Callable[[Shape, int], Page]
    dry_run: bool = False
    advance: Advance = no_bar
    boxes: dict[tuple[Shape, int], Box] = field(default_factory=dict)

    def add(self, shape: Shape, raters: int, data: dict[str, Any]) -> None:
        """Check a task and put it into its box; a full one is sent.

        Raises LabelStudioError where it does not fit, or its project's page was edited by hand.
        """
        box = self.boxes.get((shape, raters))
        if box is None:
            box = self.boxes[shape, raters] = self._open(self.page_of(shape, raters))
        box.checker.check(data)
        box.new += 1
        if self.dry_run:
            return
        box.tasks.append(data)
        if len(box.tasks) == CHUNK:
            self._send(box)

    def close(self) -> None:
        """Send what is left."""
        for box in self.boxes.values():
            if box.tasks:
                self._send(box)

    def _open(self, page: Page) -> Box:
        project = next((it for it in self.there if it.serves(page)), None)
        if project is not None:
            project.check(page)
        return Box(
            page,
            project,
            Checker(project.xml if project else page.xml),
            count(self.client, project.number) if project else 0,
        )

    def _send(self, box: Box) -> None:
        if box.project is None:
            box.project = make(self.client, box.page)
        if self.folder is not None and (box.page.shape.pictures or box.page.shape.videos):
            serve_files(self.client, box.project.number, str(self.folder))
        box.total = send(self.client, self.url, box.project.number, box.tasks, self.note)
        box.sent += len(box.tasks)
        self.advance(len(box.tasks))
        box.tasks.clear()
