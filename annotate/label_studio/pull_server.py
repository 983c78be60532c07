"""Reading a server: its projects, its users, and the tasks that changed since a time.

Tasks come by id, each page asking for those above the last, so that nothing moves under the reader.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotate.label_studio.pull_http import Asker, no_label_studio

PAGE = 250
"""Tasks a request: they are all in memory at once, with their texts and their votes."""

PROJECTS = 100
FIELDS = (
    "id,created_at,description,label_config,total_annotations_number,skipped_annotations_number"
)
TASK_FIELDS = (
    "id,created_at,updated_at,data,annotations,completed_by,result,was_cancelled,lead_time"
)
"""Fields of a task and of its annotations: the server leaves others out of both.

It does not compute them either, which saves half of what a task costs.
"""

Task = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Tasks with ids above `after` and at most `upto`, which is null where no more come."""

    after: int
    upto: int | None
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class Newest:
    """When a project changed last, null where it is empty, and the server's time when asked."""

    changed: str | None
    at: datetime | None


class Reader:
    """What pulls read of a server. Raises what `Asker.ask` raises."""

    def __init__(self, url: str, key: str) -> None:
        self._asker = Asker(url, key)

    @property
    def url(self) -> str:
        """The server's address."""
        return self._asker.url

    def projects(self, **options: object) -> Iterator[dict[str, Any]]:
        """Every project that the key sees; `include` names the fields, `ids` the projects."""
        for number in range(1, 1 << 20):
            found = self._object(
                "api/projects",
                page=number,
                page_size=PROJECTS,
                ordering="id",
                **options,
            )
            yield from self._dicts("api/projects", found.get("results"))
            if not found.get("next"):
                return

    def users(self) -> dict[str, str]:
        """The sign-in name of every user, by number."""
        found = self._dicts("api/users", self._asker.ask("api/users").found)
        return {str(it.get("id")): str(it.get("email") or "") for it in found}

    def newest(self, project: object) -> Newest:
        """When a project changed last."""
        reply = self._asker.ask(
            "api/tasks",
            **_asked(project, [], "-tasks:updated_at", 1),
            fields="task_only",
            include="id,updated_at",
        )
        found = self._dicts("api/tasks", _get(reply.found, "tasks"))
        return Newest(str(found[0].get("updated_at")) if found else None, reply.at)

    def changed(self, project: object, since: str | None) -> Iterator[Page]:
        """The tasks that changed after a time (`2026-01-02T03:04:05.000000Z`), all where null."""
        filters = [_filter("updated_at", "greater", "Datetime", since)] if since else []
        return self._by_id(project, filters)

    def numbered(self, project: object, numbers: Sequence[int]) -> Iterator[Task]:
        """The tasks with these ids that are still there."""
        for start in range(0, len(numbers), PAGE):
            wanted = _filter("id", "in_list", "Number", numbers[start : start + PAGE])
            for page in self._by_id(project, [wanted]):
                yield from page.tasks

    def skipped(self, project: object) -> Iterator[Task]:
        """The tasks that somebody skipped, by id."""
        for page in self._by_id(
            project, [_filter("cancelled_annotations", "greater", "Number", 0)]
        ):
            yield from page.tasks

    def _by_id(self, project: object, filters: list[dict[str, Any]]) -> Iterator[Page]:
        """Pages until one is empty or holds all that are left; a server may cut them shorter."""
        last = 0
        while True:
            above = _filter("id", "greater", "Number", last)
            reply = self._object(
                "api/tasks",
                **_asked(project, [*filters, above], "tasks:id", PAGE),
                fields="all",
                include=TASK_FIELDS,
            )
            found, total = self._dicts("api/tasks", reply.get("tasks")), reply.get("total")
            ids = [it["id"] for it in found if isinstance(it.get("id"), int)]
            if total == len(found):
                yield Page(last, None, found)
                return
            if max(ids, default=last) <= last:
                raise no_label_studio(self.url, "api/tasks")
            yield Page(last, max(ids), found)
            last = max(ids)

    def _object(self, path: str, **parameters: object) -> dict[str, Any]:
        found = self._asker.ask(path, **parameters).found
        if not isinstance(found, dict):
            raise no_label_studio(self.url, path)
        return found

    def _dicts(self, path: str, found: object) -> list[dict[str, Any]]:
        """The objects of a list, which must be one: nothing is not the same as no answer."""
        if not isinstance(found, list):
            raise no_label_studio(self.url, path)
        return [it for it in found if isinstance(it, dict)]


def _asked(
    project: object, filters: list[dict[str, Any]], ordering: str, size: int
) -> dict[str, object]:
    query = {"filters": {"conjunction": "and", "items": filters}, "ordering": [ordering]}
    return {
        "project": project,
        "resolve_uri": "false",
        "page": 1,
        "page_size": size,
        "query": json.dumps(query),
    }


def _get(found: object, name: str) -> object:
    return found.get(name) if isinstance(found, dict) else None


def _filter(field_name: str, operator: str, kind: str, value: object) -> dict[str, Any]:
    return {
        "filter": f"filter:tasks:{field_name}",
        "operator": operator,
        "type": kind,
        "value": value,
    }
