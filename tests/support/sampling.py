"""Workspaces of unanswered prompts, and `curate sample` against a loopback server."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from curate.sampling.journals import read
from curate.sampling.line import SampleLine
from curate.workspace import Workspace
from tests.support.cli import Ran, curate
from tests.support.pulling import pulled, rows_of, workspace_at, write_lines

Json = dict[str, Any]


def asking(folder: Path, *prompts: str | Json) -> Workspace:
    """A workspace whose one pull asks these questions; a dict is a native row as it is."""
    workspace = workspace_at(folder / "workspace")
    rows = [{"prompt": it} if isinstance(it, str) else it for it in prompts]
    pulled(workspace, write_lines(folder / "in" / "set.jsonl", rows))
    return workspace


def questions(count: int) -> list[str]:
    """Different questions."""
    return [f"What is {number} and one?" for number in range(count)]


def sampled(workspace: Workspace, url: str, *options: str | Path) -> Ran:
    """`curate sample` of the model qwen there, unless the options name models."""
    models = () if "--model" in options else ("--model", "qwen")
    arguments = ("--endpoint", url, *models, *options, "-C", workspace.root, "--json")
    return curate("sample", *arguments)


def lines_of(workspace: Workspace) -> list[SampleLine]:
    """Every line of the workspace's sampling journals."""
    return [line for path in workspace.sample_journals() for line in read(path)]


def candidates_of(workspace: Workspace) -> list[Json]:
    """The candidates as readers see them, over all pulls."""
    rows = workspace.frame("candidates").to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def drops_of(workspace: Workspace) -> list[Json]:
    """What the pulls left out."""
    return rows_of(workspace, "dropped")


def settings_of(candidate: Json) -> list[Json]:
    """The settings of a candidate's generations."""
    return [json.loads(generation["sampling"]) for generation in candidate["generations"]]


def saying(*texts: str) -> Callable[[Json], str]:
    """A model that says the text at the place of the request's seed."""
    return lambda body: texts[body["seed"] % len(texts)]


def text_of(body: Json) -> str:
    """The words of a request's last turn."""
    content = body["messages"][-1]["content"]
    return content if isinstance(content, str) else "".join(_words(content))


def film(path: Path, frames: int) -> Path:
    """A tiny video file, which needs the extra `video`."""
    import av

    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for number in range(frames):
            picture = Image.new("RGB", (32, 32), (20 * number, 0, 0))
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]  # PyAV's own
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _words(parts: Sequence[Json]) -> list[str]:
    return [part.get("text", "") for part in parts]
