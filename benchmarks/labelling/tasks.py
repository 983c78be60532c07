"""The tasks that a push of a workspace sends, a line each, and their page. WORKSPACE OUT."""

import json
import sys
from pathlib import Path

from annotate.label_studio.projects import Page
from annotate.label_studio.shape import shape_of
from annotate.label_studio.task import task_data
from curate.labelling.wanted import fresh, take_off, wanted_tables
from curate.workspace import Workspace


def main(root: str, out: str) -> None:
    """Write tasks.jsonl and page.xml into `out`; all prompts have one shape."""
    workspace, folder = Workspace.open(root), Path(out)
    ask = workspace.settings.config.label_studio.ask
    folder.mkdir(exist_ok=True)
    with (
        wanted_tables(workspace, None) as engine,
        (folder / "tasks.jsonl").open("w", encoding="utf-8") as file,
    ):
        take_off(engine, [])
        for it in fresh(engine):
            data = task_data(it.prompt, it.candidates, workspace.rubric, media_url=str)
            file.write(json.dumps(data) + "\n")
            shape = shape_of(it.prompt, len(it.candidates))
    page = Page(rubric=workspace.rubric, shape=shape, raters=1, ask=ask)
    (folder / "page.xml").write_text(page.xml, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
