"""The demo's workspace with some prompts routed to two people, who label them in the browser."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from annotate import journal
from curate.labelling.connection import connect
from curate.workspace import Workspace
from schemas.event import Event
from tests.support.annotator import Annotator
from tests.support.cli import curate
from tests.support.demo_script import ANN, BEN, FILM, FILM_ANSWERS
from tests.support.label_studio import Live, free_port
from tests.support.labeller import Labeller

CONFIG = """
[rubric]
preset = "five-metric"
[route]
default = "none"
overlap_share = 0
overlap_min = 0
[[route.rule]]
when = '''source_key in ('bakery-street-sign', 'balloon-colours', 'text-leap-year', 'film')'''
to = "human"
raters = 2
"""


@dataclass(frozen=True)
class Story:
    """All that happened; reports are what commands printed with --json."""

    root: Path
    ann: Annotator
    ben: Annotator
    pushed: Any
    pulled: Any
    status: Any
    built: Any

    @property
    def workspace(self) -> Workspace:
        """The workspace after it all."""
        return Workspace.open(self.root)

    @cached_property
    def events(self) -> list[Event]:
        """What was pulled from the page."""
        paths = self.root.glob("annotations/label-*.jsonl")
        return [event for path in paths for event in journal.read(path)]

    @cached_property
    def questions(self) -> Mapping[str, str]:
        """The first line of the last turn's text, by prompt_id."""
        return {
            row["prompt_id"]: "".join(
                it["text"] or "" for it in row["messages"][-1]["parts"]
            ).partition("\n")[0]
            for row in self.rows("prompts")
        }

    @cached_property
    def _responses(self) -> Mapping[str, str]:
        return {row["candidate_id"]: row["response"] for row in self.rows("candidates")}

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table of the workspace."""
        found = self.workspace.frame(table).to_dict("records")
        return [{str(name): value for name, value in row.items()} for row in found]

    def rater(self, who: Annotator) -> str:
        """Somebody's pseudonym."""
        (rater,) = [it["rater"] for it in self.status["raters"] if it["name"] == who.email]
        return str(rater)

    def event(self, who: Annotator, question: str) -> Event:
        """Somebody's only event on a prompt."""
        rater, asked = self.rater(who), self.questions
        (event,) = [
            it for it in self.events if (it.rater.id, asked[it.prompt_id]) == (rater, question)
        ]
        return event

    def answers(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The answers behind candidate ids."""
        return tuple(self._responses[it] for it in ids)


def tell(chromium: Any, root: Path) -> Story:
    """Routes, server, push, two people at the page, pull, status and build.

    The server is left running.
    """
    ran("route", root)
    live = served(root)
    pushed = ran("label push", root)
    people = []
    for who, script in (("ann", ANN), ("ben", BEN)):
        email = f"{who}@example.org"
        labeller = Labeller.signed_up(live, chromium, email)
        person = Annotator(email, labeller, script, by_keys=who == "ben")
        for project in pushed["projects"]:
            for _ in range(1 if who == "ann" else project["tasks_new"]):
                person.label(project["project"])
        labeller.close()
        people.append(person)
    ann, ben = people
    pulled, status = ran("label pull", root), ran("label status", root, "--names")
    return Story(root, ann, ben, pushed, pulled, status, ran("build", root))


def served(root: Path) -> Live:
    """The workspace's own server, started by the command."""
    ran("label serve", root, "--port", str(free_port()))
    connection = connect(Workspace.open(root), {})
    assert connection.server is not None
    return Live(connection.server, connection.url, connection.key)


def ran(command: str, root: Path, *options: str) -> Any:
    """What a command says with --json, all having gone well."""
    found = curate(*command.split(), "-C", root, "--json", *options)
    assert found.code == 0, found
    return found.json


def demo_for_two(folder: Path) -> Path:
    """The workspace of `curate demo`, with a film pulled into it."""
    root = folder / "demo"
    assert curate("demo", root).code == 0
    film = _film(folder / "film.mp4")
    responses = [{"text": text, "model": "m"} for text in FILM_ANSWERS]
    row = {"key": "film", "prompt": FILM, "video": film.name, "responses": responses}
    (folder / "film.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert curate("pull", folder / "film.jsonl", "-C", root).code == 0
    (root / "curate.toml").write_text(CONFIG, "utf-8")
    return root


def _film(path: Path) -> Path:
    """The sample's frames of a bouncing ball as a film of four seconds, in H.264."""
    import av
    import numpy as np
    from PIL import Image

    frames = resources.files("curate") / "sample" / "media" / "ball-bounce"
    with resources.as_file(frames) as folder, av.open(str(path), "w") as file:
        pictures = [
            np.asarray(Image.open(it).convert("RGB")) for it in sorted(folder.glob("*.png"))
        ]
        stream: Any = file.add_stream("libx264", rate=3)
        stream.width, stream.height = (side // 2 * 2 for side in pictures[0].shape[1::-1])
        stream.pix_fmt = "yuv420p"
        for picture in pictures * 2:
            file.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        file.mux(stream.encode())
    return path
