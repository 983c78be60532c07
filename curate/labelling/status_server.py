"""How far the projects on the server are, by its own counts; it is asked once for all of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from annotate.label_studio.names import Purpose
from annotate.label_studio.projects import TITLE
from annotate.label_studio.pull_server import Reader
from curate.labelling.pull_project import key_of
from curate.labelling.pulling import MARKER, OUR_PAGE

LASTING: tuple[Purpose, ...] = ("work", "adjudication")
"""What hours left are said of: everybody gets all of a qualification, and a review is quick."""


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """One project of ours. A task is `done` with as many votes as `raters`, `partly` with fewer.

    `key` is its name in what pulls keep; `title` is without the mark it is found by.
    """

    project: int
    key: str
    title: str
    purpose: Purpose
    url: str
    raters: int
    tasks: int
    done: int
    partly: int
    votes: int
    skips: int

    @property
    def open(self) -> int:
        """Tasks without a vote."""
        return max(0, self.tasks - self.done - self.partly)

    @property
    def open_votes(self) -> int:
        """Votes that are still wanted."""
        return max(0, self.tasks * self.raters - self.votes)

    def unpulled(self, pulled: Mapping[str, int]) -> int:
        """By how many annotations the server and what was pulled differ."""
        return abs(self.votes + self.skips - pulled.get(self.key, 0))


def projects(reader: Reader) -> list[ProjectStatus]:
    """Every project that a push made. Raises LabelStudioError where the server does not answer."""
    return [project_status(reader.url, it) for it in reader.projects() if _is_ours(it)]


def project_status(url: str, said: Mapping[str, Any]) -> ProjectStatus:
    """A project as the server lists it; a count that is none is 0."""
    title = str(said.get("title") or "")
    done = _count(said, "finished_task_number")
    return ProjectStatus(
        project=_count(said, "id"),
        key=key_of(said),
        title=TITLE.sub("", title).rstrip() or title,
        purpose=_purpose(title),
        url=f"{url}/projects/{_count(said, 'id')}",
        raters=max(1, _count(said, "maximum_annotations")),
        tasks=_count(said, "task_number"),
        done=done,
        partly=max(0, _count(said, "num_tasks_with_annotations") - done),
        votes=_count(said, "total_annotations_number"),
        skips=_count(said, "skipped_annotations_number"),
    )


def skips_by_rater(
    reader: Reader, found: list[ProjectStatus], rater_of: Callable[[object], str]
) -> Counter[str]:
    """How often each annotator skipped; only tasks that somebody skipped are read."""
    return Counter(
        rater_of(it.get("completed_by"))
        for project in found
        if project.skips
        for task in reader.skipped(project.project)
        for it in _skips(task)
    )


def _skips(task: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    said = task.get("annotations")
    for it in said if isinstance(said, list) else ():
        if isinstance(it, Mapping) and it.get("was_cancelled"):
            yield it


def _is_ours(project: Mapping[str, Any]) -> bool:
    return MARKER in str(project.get("description")) or OUR_PAGE in str(project.get("label_config"))


def _purpose(title: str) -> Purpose:
    """A title begins with what the project is for, unless that is ordinary work."""
    first = title.partition(":")[0]
    return next((it for it in get_args(Purpose) if it == first), "work")


def _count(said: Mapping[str, Any], name: str) -> int:
    found = said.get(name)
    return found if isinstance(found, int) and found > 0 else 0
