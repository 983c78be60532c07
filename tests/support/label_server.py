"""A loopback server that lists projects, users and tasks as Label Studio does, for pulls."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.annotations import AT
from tests.support.web_server import send, web_server

KEY = "5" * 40


@dataclass
class LabelServer:
    """What the server has: one project's tasks; `broken` answers to come are status 500.

    `newest` is when it says that the project changed last, where that is not a task's own time.
    `on_tasks` is called before tasks are told; `instead` is told in their place.
    """

    url: str = ""
    tasks: list[dict[str, Any]] = field(default_factory=list)
    users: dict[int, str] = field(default_factory=lambda: {7: "Ann@Example.org"})
    created_at: str = AT
    marker: str = "pairwright page"
    broken: int = 0
    longest_page: int = 1_000
    newest: str | None = None
    instead: dict[str, Any] | None = None
    on_tasks: Callable[[], None] = lambda: None
    asked: list[str] = field(default_factory=list)

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a command that uses this server."""
        return {"LABEL_STUDIO_URL": self.url, "LABEL_STUDIO_API_KEY": KEY}

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one GET."""
        parts = urlsplit(handler.path)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append(handler.path)
        found: Any = {}
        status = 200
        if handler.headers["Authorization"] != f"Token {KEY}":
            status = 401
        elif self.broken:
            self.broken, status = self.broken - 1, 500
        elif parts.path == "/api/projects/":
            found = {"results": self._projects(), "next": None}
        elif parts.path == "/api/users/":
            found = [{"id": number, "email": email} for number, email in self.users.items()]
        else:
            query = json.loads(given["query"])
            self.on_tasks()
            tasks = self._tasks(query)
            whole = {
                "tasks": tasks[: min(int(given["page_size"]), self.longest_page)],
                "total": len(tasks),
            }
            found = whole if self.instead is None else self.instead
        send(handler, json.dumps(found).encode(), "application/json", status)

    def _projects(self) -> list[dict[str, Any]]:
        votes = [it for task in self.tasks for it in task["annotations"]]
        skips = sum(it["was_cancelled"] for it in votes)
        project = {
            "id": 1,
            "created_at": self.created_at,
            "description": self.marker,
            "label_config": "<View/>",
            "total_annotations_number": len(votes) - skips,
            "skipped_annotations_number": skips,
        }
        return [project, {**project, "id": 2, "description": "another's"}]

    def _tasks(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        found = self.tasks
        for item in query["filters"]["items"]:
            name, value = item["filter"].removeprefix("filter:tasks:"), item["value"]
            if item["operator"] == "in_list":
                found = [it for it in found if it[name] in value]
            else:
                found = [it for it in found if it[name] > value]
        if query["ordering"] == ["-tasks:updated_at"]:
            told = [{**it, "updated_at": self.newest or it["updated_at"]} for it in found]
            return sorted(told, key=lambda it: str(it["updated_at"]), reverse=True)
        return sorted(found, key=lambda it: int(it["id"]))


@contextmanager
def label_server() -> Iterator[LabelServer]:
    """A server that runs, empty at first."""
    found = LabelServer()
    with web_server(found.reply) as port:
        found.url = f"http://127.0.0.1:{port}"
        yield found
