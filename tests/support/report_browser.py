"""The report in the browser: what it shows, what it asked for, what it complained of."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FIRST_PAIR = "#pair-detail h3"
THROUGH = """async () => {
  const frame = () => new Promise(requestAnimationFrame)
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight - 100) {
    scrollTo({ top, behavior: "instant" })
    await frame()
    await frame()
  }
}"""
"""Screen by screen; the browser notices what came into view between two frames."""


@dataclass
class Seen:
    """A page as the browser has it; `requests` leaves data inside the page out."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def status(self) -> str:
        """What is said of the pairs found."""
        return str(self.page.inner_text("#pair-status"))

    def open_id(self) -> str:
        """The id of the pair that is open."""
        return str(self.page.inner_text(FIRST_PAIR))

    def wait_for(self, status: str) -> None:
        """Until the status begins so and its pair is shown."""
        # The page's policy lets no text become code, so Playwright cannot poll with a function.
        begins = re.compile("^" + re.escape(status))
        self.page.locator("#pair-status").filter(has_text=begins).wait_for()
        self.page.wait_for_timeout(50)

    def listed(self) -> list[str]:
        """The first words of the questions on the page of the list."""
        return list(self.page.locator("#pair-list .words").all_inner_texts())

    def scroll_through(self) -> None:
        """Bring everything into view once, so that every chart is drawn."""
        self.page.evaluate(THROUGH)
        self.page.wait_for_selector(".chart:not(:has(svg))", state="detached")

    def width(self) -> int:
        """How wide the page is, what has to be scrolled for included."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


def seen(
    chromium: Any, path: Path, width: int = 1024, scheme: str = "light", *, pairs: bool = True
) -> Seen:
    """Open the page as a file and wait for its first pair."""
    found = Seen(chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme))
    found.page.on("console", lambda message: found.complaints.append(message.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("request", lambda request: _note(found, request.url))
    found.page.goto(path.as_uri())
    if pairs:
        found.page.wait_for_selector(FIRST_PAIR)
    return found


def _note(found: Seen, url: str) -> None:
    if not url.startswith("data:"):
        found.requests.append(url)
