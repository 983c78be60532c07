"""An annotator at the labelling page: signs in or up, opens the label stream, presses and types."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from annotate.label_studio.invite import invite_link
from tests.support.label_studio import Live

READY_MS = 30_000
SETTLE_MS = 600


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium as the system has it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@dataclass
class Labeller:
    """One annotator's browser, and what it asked for and complained of."""

    live: Live
    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    @classmethod
    def signed_in(
        cls, live: Live, chromium: Any, size: tuple[int, int] = (1366, 768)
    ) -> "Labeller":
        """The admin, signed in; the first session is used again."""
        access = live.server.access()
        assert access is not None
        labeller = cls._new(live, chromium, size, live.session)
        if live.session is None:
            labeller.page.goto(f"{live.url}/user/login/")
            labeller._enter(access.email, access.password)
            live.session = labeller.page.context.storage_state()
        return labeller

    @classmethod
    def signed_up(cls, live: Live, chromium: Any, email: str) -> "Labeller":
        """Somebody new, by the invite link."""
        labeller = cls._new(live, chromium, (1366, 768))
        labeller.page.goto(invite_link(live.url, live.key))
        return labeller._enter(email, "long-enough-1")

    @classmethod
    def _new(
        cls, live: Live, chromium: Any, size: tuple[int, int], session: Any = None
    ) -> "Labeller":
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, storage_state=session
        )
        labeller = cls(live, context.new_page())
        labeller.page.on("pageerror", lambda error: labeller.complaints.append(str(error)))
        labeller.page.on("request", lambda request: labeller.requests.append(request.url))
        labeller.page.on("dialog", lambda dialog: labeller.complaints.append(dialog.message))
        labeller.page.on("response", labeller._note)
        return labeller

    def _note(self, response: Any) -> None:
        """Keep the status of a submission."""
        if response.request.method == "POST" and "/annotations" in response.url:
            self.sent.append(response.status)

    def _enter(self, email: str, password: str) -> "Labeller":
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("button[type=submit]")
        self.page.wait_for_load_state("networkidle")
        return self

    def open(self, project: int) -> None:
        """The next task of a project in the label stream."""
        self.page.goto(f"{self.live.url}/projects/{project}/data?labeling=1")
        self.page.wait_for_selector(".pw-card", timeout=READY_MS)
        self.page.wait_for_timeout(SETTLE_MS)

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.wait_for_timeout(SETTLE_MS)

    def score_all(self, step: int) -> None:
        """Press the same step, counted from 0, of every metric of every answer."""
        for number in range(self.page.locator(".pw-metric").count()):
            self.page.locator(".pw-metric").nth(number).locator("label").nth(step).click()

    def write(self, placeholder: str, text: str) -> None:
        """Type into the box with this placeholder."""
        self.page.get_by_placeholder(placeholder).type(text)

    def submit(self) -> str | None:
        """Press submit: what the page says is missing, None where it was sent."""
        before = len(self.sent)
        self.page.get_by_test_id("bottombar-submit-button").click()
        warning = self.page.locator(".ant-modal-confirm")
        for _ in range(READY_MS // 100):
            self.page.wait_for_timeout(100)
            if len(self.sent) > before:
                return None
            if warning.count():
                text = str(warning.inner_text())
                warning.locator("button").click()
                warning.wait_for(state="detached")
                return text
        pytest.fail("nothing happened when submit was pressed")

    def close(self) -> None:
        """Close the browser's window with all it knows."""
        self.page.context.close()


@pytest.fixture
def labeller(live: Live, chromium: Any) -> Iterator[Labeller]:
    """The admin at a small screen."""
    found = Labeller.signed_in(live, chromium)
    yield found
    found.close()
