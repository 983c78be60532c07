"""The labelling page's screenshots in docs/, of the real page on a server of its own.

    python scripts/label_pages.py [--folder docs]

Label Studio, Chromium and PyAV are needed. The page of reviews is not among them.
"""

import argparse
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from annotate.label_studio import projects
from annotate.label_studio.environment import Environment
from annotate.label_studio.shape import shape_of
from annotate.label_studio.task import Wording, task_data
from schemas.candidate import Message
from tests.annotate.label_studio.test_page_layout import moving
from tests.support.chromium import NAMES
from tests.support.label_studio import Live, running
from tests.support.labeller import QUIET, Labeller
from tests.support.pages import ASKED, RUBRICS, candidates, media_url, medium, prompt, turn

RUBRIC = RUBRICS["five-metric"]
PICTURES = Path(__file__).parents[1] / "curate" / "sample" / "media"
SMALL, MIDDLE, LARGE = (1366, 768), (1600, 1000), (2560, 1440)
BEST = "On which day did the bakery sell the most loaves, and how many?"
SHORT = (
    "Saturday, with 63 loaves.",
    "The tallest bar belongs to Friday. It stands below 70 loaves, and Saturday comes second.",
    "Friday, with 68 loaves.",
    "I cannot tell.",
)
LONG = """The chart shows **weekly sales** of the bakery.

1. Monday starts low, with about {} loaves.
2. Friday is the tallest bar: it stands at **68 loaves**.
3. Saturday follows with 63.

```python
best = max(sales, key=sales.get)
print(best)   # Friday
```

So the answer is *Friday*, and the difference to Saturday is five loaves. One might also look at the
axis, whose labels go from 0 to 80 in steps of twenty; the bar for Friday ends a little above the
middle of the last interval, which fits 68.
"""


@dataclass(frozen=True)
class Shot:
    """One page, and the sizes of the screens it is shown on."""

    name: str
    turns: tuple[Message | str, ...]
    answers: tuple[str, ...]
    sizes: Sequence[tuple[int, int]]
    pictures: tuple[str, ...] = ("bakery-week.png",)


SHOTS = (
    Shot("2-answers", (turn("user", 0, BEST),), SHORT[:3:2], (SMALL, MIDDLE, LARGE)),
    Shot("4-answers", (turn("user", 0, BEST),), SHORT, (SMALL, MIDDLE, LARGE)),
    Shot(
        "5-answers",
        (turn("user", 0, f"{BEST} Explain how you know, step by step."),),
        tuple(LONG.format(number) for number in range(40, 45)),
        (SMALL, MIDDLE, LARGE),
    ),
    Shot(
        "2-pictures",
        (
            turn("user", "Compare the first picture ", 0, " with the second ", 1, "."),
            turn("assistant", "Both are about a bakery."),
            turn("user", "And how do they differ?"),
        ),
        SHORT,
        (MIDDLE,),
        ("bakery-week.png", "bakery-street.png"),
    ),
    Shot("video", (turn("user", 0, "What gets lighter?"),), SHORT, (SMALL,), ()),
)


def main() -> None:
    """Make every screenshot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("docs"))
    folder = parser.parse_args().folder
    environment = Environment.of_user(os.environ)
    environment.make(print)
    path = next(filter(None, map(shutil.which, NAMES)), None)
    with (
        TemporaryDirectory() as scratch,
        running(environment, Path(scratch)) as live,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for shot in SHOTS:
            project = _project(live, shot)
            for width, height in shot.sizes:
                person = Labeller.signed_in(live, chromium, (width, height))
                person.open(project)
                name = folder / f"label-page-{shot.name}-{width}x{height}.png"
                if not shot.pictures:
                    person.page.wait_for_function("document.querySelector('video').readyState >= 2")
                    person.page.evaluate(QUIET)
                _write(name, person.page.screenshot())
                person.close()
                print(f"wrote {name}")
        chromium.close()


def _write(path: Path, shot: bytes) -> None:
    """A screenshot of 256 colours, a third of the size."""
    Image.open(BytesIO(shot)).convert("RGB").quantize(256).save(path, optimize=True)


def _project(live: Live, shot: Shot) -> int:
    """The project of a page, with its one task."""
    media = [medium(number) for number in range(len(shot.pictures))] or [medium(9, "video")]
    for name, it in zip(shot.pictures, media, strict=False):
        shutil.copy(PICTURES / name, live.server.media / str(it.file))
    if not shot.pictures:
        moving(live.server.media / str(media[0].file))
    asked = prompt(*shot.turns, media=media)
    answers = candidates(asked, *shot.answers)
    shape = shape_of(asked, len(answers))
    made = projects.make(
        live.client, projects.Page(rubric=RUBRIC, shape=shape, raters=1, ask=ASKED)
    )
    projects.serve_files(live.client, made.number, str(live.server.media))
    data = task_data(asked, answers, Wording.of(RUBRIC), media_url=media_url)
    live.client.projects.import_tasks(id=made.number, request=[{"data": data}])
    return made.number


if __name__ == "__main__":
    main()
