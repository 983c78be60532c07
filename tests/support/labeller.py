"""An annotator at the labelling page: signs in or up, opens the label stream, presses and types."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from annotate.label_studio.invite import invite_link
from tests.support.label_studio import Live

READY_MS, LOOK_MS = 30_000, 25
QUIET_MS, LONGEST_MS = 150, 5_000
QUIET = f"""() => new Promise(done => {{
  let timer
  const again = () => {{ clearTimeout(timer); timer = setTimeout(done, {QUIET_MS}) }}
  const all = {{subtree: true, childList: true, attributes: true}}
  new MutationObserver(again).observe(document.body, all)
  setTimeout(done, {LONGEST_MS})
  again()
}})"""
"""Done when the page has not changed for a moment."""

SAID = "it => getComputedStyle(it, '::before').content"
MARKED = """() => [...document.querySelectorAll('.pw-need *')].filter(
  it => it.offsetParent && getComputedStyle(it).counterIncrement == 'pw-missing 1'
).length"""


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
        """The admin, signed in, in a window of the one session: its programs are fetched once."""
        if live.session is None:
            access = live.server.access()
            assert access is not None
            live.session = chromium.new_context()
            first = cls(live, live.session.new_page())
            first.page.goto(f"{live.url}/user/login/")
            first._enter(access.email, access.password).page.close()
        return cls._new(live, live.session, size)

    @classmethod
    def signed_up(cls, live: Live, chromium: Any, email: str, link: str = "") -> "Labeller":
        """Somebody new, by the invite link; the server's own where none is given."""
        labeller = cls._new(live, chromium.new_context(), (1366, 768))
        labeller.page.goto(link or invite_link(live.url, live.key))
        return labeller._enter(email, "long-enough-1")

    @classmethod
    def _new(cls, live: Live, context: Any, size: tuple[int, int]) -> "Labeller":
        labeller = cls(live, context.new_page())
        labeller.page.set_viewport_size({"width": size[0], "height": size[1]})
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
        self.page.evaluate(QUIET)

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.evaluate(QUIET)

    def score_all(self, step: int) -> None:
        """Press the same step, counted from 0, of every metric of every answer."""
        for number in range(self.page.locator(".pw-metric").count()):
            self.page.locator(".pw-metric").nth(number).locator("label").nth(step).click()

    def write(self, placeholder: str, text: str) -> None:
        """Type into the box with this placeholder."""
        self.page.get_by_placeholder(placeholder).type(text)

    def missing(self) -> str | None:
        """What the page says is missing, without the number; None where submit can be pressed."""
        submit = self.page.get_by_test_id("bottombar-submit-button")
        waits = submit.evaluate("it => getComputedStyle(it).pointerEvents") == "none"
        said = str(self.page.locator(".lsf-controls").evaluate(SAID))
        assert waits == (said != "none")
        return said.split('"')[1].strip() if waits else None

    def marked(self) -> int:
        """How many controls are marked as missing."""
        return int(self.page.evaluate(MARKED))

    def reload(self) -> None:
        """The page again, as somebody does who comes back."""
        self.page.reload()
        self.page.wait_for_selector(".pw-card", timeout=READY_MS)
        self.page.evaluate(QUIET)

    def submit(self) -> str | None:
        """Press submit: what the page says is missing, None where it was sent."""
        before = len(self.sent)
        self.page.get_by_test_id("bottombar-submit-button").click()
        warning = self.page.locator(".ant-modal-confirm")
        for _ in range(READY_MS // LOOK_MS):
            self.page.wait_for_timeout(LOOK_MS)
            if len(self.sent) > before:
                return None
            if warning.count():
                text = str(warning.inner_text())
                warning.locator("button").click()
                warning.wait_for(state="detached")
                return text
        pytest.fail("nothing happened when submit was pressed")

    def close(self) -> None:
        """Close the window; the browser forgets all but the admin's session."""
        if self.page.context is self.live.session:
            self.page.close()
        else:
            self.page.context.close()


@pytest.fixture
def labeller(live: Live, chromium: Any) -> Iterator[Labeller]:
    """The admin at a small screen."""
    found = Labeller.signed_in(live, chromium)
    yield found
    found.close()
