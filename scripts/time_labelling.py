"""What one prompt takes at the labelling page, by model: a person's presses on the real page.

    python scripts/time_labelling.py WORKSPACE [--size 1600x1000] [--tasks 10]

WORKSPACE has its server running and prompts pushed; its tasks are labelled with seeded steps, so
take one to throw away. Every target is pressed where the browser shows it. Operators, and the time
of pointing by distance, are those of the keystroke-level model (Card, Moran and Newell, "The
keystroke-level model for user performance time with interactive systems", CACM 1980). Silent
reading is 238 words a minute (Brysbaert, "How many words do we read per minute?", Journal of Memory
and Language 2019). No person was measured.
"""

import argparse
import shutil
import time
from dataclasses import dataclass
from math import ceil, hypot, log2
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Any

from playwright.sync_api import sync_playwright

from annotate.label_studio.keys import ROWS
from curate.labelling.connection import connect, managed_server
from curate.workspace import Workspace
from tests.support.chromium import NAMES
from tests.support.label_studio import Live
from tests.support.labeller import QUIET, READY_MS, Labeller

KEY, CLICK, HOME, MENTAL = 0.2, 0.2, 0.4, 1.35
"""Seconds of a key (K), of a press and a release (BB), of changing hands (H), of a decision (M)."""

NOTCH, MARGIN = 100, 20
"""Pixels that a wheel turns by, counted as a key, and that a card stands above the lower bar."""

WORDS_A_MINUTE = 238


@dataclass(frozen=True)
class Timed:
    """One task: what was needed, what the model makes of it, and the words that were read."""

    clicks: int
    keys: int
    notches: int
    pointing: float
    words: int
    latency: float

    @property
    def operating(self) -> float:
        """Seconds of hands: pointing, clicking, keys, and to the mouse and back."""
        presses = self.clicks * CLICK + (self.keys + self.notches) * KEY
        return self.pointing + presses + 2 * HOME

    @property
    def deciding(self) -> float:
        """Seconds of minds, one decision a score and a place, and one to submit."""
        return (self.clicks + self.keys - 1) * MENTAL

    @property
    def reading(self) -> float:
        """Seconds of eyes, each word once."""
        return self.words * 60 / WORDS_A_MINUTE


def main() -> None:
    """Label the tasks and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--size", default="1600x1000")
    parser.add_argument("--tasks", type=int, default=10)
    given = parser.parse_args()
    width, height = map(int, given.size.split("x"))
    workspace = Workspace.open(given.workspace)
    connection = connect(workspace)
    live = Live(managed_server(workspace), connection.url, connection.key)
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        person = Labeller.signed_in(live, chromium, (width, height))
        person.open(_project(live))
        random = Random(0)
        _show(given.size, [_task(person.page, random) for _ in range(given.tasks)])


def _project(live: Live) -> int:
    """The project with four answers and a picture."""
    found = live.client.projects.list(page_size=100)
    return next(int(it.id) for it in found if it.title.startswith("Rate 4 answers, 1 picture"))


def _task(page: Any, random: Random) -> Timed:
    """Score each answer card by card, give the places by keys, and submit by keys."""
    texts = page.locator(".pw-conversation, .pw-card .pw-text").all_inner_texts()
    there, pointing, notches, clicks = (page.viewport_size["width"] / 2, 300.0), 0.0, 0, 0
    for card in page.locator(".pw-card").all():
        notches += _scroll_to(page, card)
        for metric in card.locator(".pw-metric").all():
            labels = metric.locator("label")
            labels.last.wait_for()
            target = labels.nth(random.randrange(labels.count()))
            box = target.bounding_box()
            middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            pointing += _pointing(there, middle, min(box["width"], box["height"]))
            page.mouse.click(*middle)
            there, clicks = middle, clicks + 1
    for row in ROWS[: len(texts) - 1]:
        page.keyboard.press(random.choice(row[: len(texts) - 1]))
    words = sum(len(text.split()) for text in texts)
    return Timed(clicks, len(texts) - 1 + 2, notches, pointing, words, _submit(page))


def _scroll_to(page: Any, card: Any) -> int:
    """Turn the wheel until the card's metrics stand above the bar below; by how many notches."""
    box = card.locator(".pw-metrics").bounding_box()
    bar = page.get_by_test_id("bottombar-submit-button").bounding_box()["y"]
    hidden: float = box["y"] + box["height"] + MARGIN - bar
    notches = max(0, ceil(hidden / NOTCH))
    if notches:
        page.mouse.move(page.viewport_size["width"] * 0.8, bar / 2)
        page.mouse.wheel(0, notches * NOTCH)
        page.evaluate(QUIET)
    return notches


def _pointing(start: tuple[float, float], end: tuple[float, float], size: float) -> float:
    """Seconds to point at a target, by its distance and size, as the model has it."""
    distance = hypot(end[0] - start[0], end[1] - start[1])
    return 0.8 + 0.1 * max(0.0, log2(distance / size + 0.5))


def _submit(page: Any) -> float:
    """Seconds from submit until the next task can be pressed."""
    before = page.locator(".pw-conversation").inner_text()
    start = time.monotonic()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "before => { const it = document.querySelector('.pw-conversation');"
        " return it && it.innerText !== before }",
        arg=before,
        timeout=READY_MS,
    )
    page.locator(".pw-metric label").last.wait_for()
    taken = time.monotonic() - start
    page.evaluate(QUIET)
    return taken


def _show(size: str, found: list[Timed]) -> None:
    first = found[0]
    print(f"{len(found)} prompts at {size}: {first.clicks} clicks and {first.keys} keys each,")
    print(f"{mean(it.notches for it in found):.1f} notches of the wheel (mean)")
    for name in ("operating", "deciding", "reading", "latency"):
        seconds = sorted(float(getattr(it, name)) for it in found)
        print(f"{name:>10} {median(seconds):6.2f} s ({seconds[0]:.2f} to {seconds[-1]:.2f})")
    whole = median(it.operating + it.deciding + it.reading for it in found)
    print(f"{median(it.words for it in found):.0f} words; all together {whole:.0f} s")


if __name__ == "__main__":
    main()
