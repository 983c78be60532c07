"""A person at the labelling page, who reads what is there and says what a script has of it.

The script names answers by their text; where they stand on the page is read from the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotate.label_studio import names
from annotate.label_studio.keys import FLAG_KEYS, ROWS, VERDICT_KEYS
from tests.support.labeller import READY_MS, Labeller

WORDS = {
    names.BETTER: "Write a correct answer",
    names.FLAWED: "Copy an answer and put one mistake into it",
    names.RATIONALE: "Why? What decided between the answers",
}
"""The boxes of the left column, by what stands in them."""


VIDEO = "document.querySelector('video')"


@dataclass(frozen=True)
class Said:
    """What somebody makes of one prompt; answers and all about them are by their text.

    `written` is the better or the flawed answer, `watches` whether the video is played first.
    """

    verdict: str = names.RANKED
    places: Mapping[str, int] = field(default_factory=dict)
    scores: Mapping[str, Sequence[int]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    rationale: str = ""
    flags: tuple[str, ...] = ()
    written: str = ""
    watches: bool = False
    skips: bool = False


@dataclass(frozen=True)
class Watched:
    """What the browser says of a video after it was played: pixels, seconds, and its error."""

    width: int
    duration: float
    before: float
    after: float
    error: str | None


@dataclass
class Annotator:
    """Somebody with a browser and a script, who submits by the button or `by_keys`.

    `seen` are the answers by question, in order.
    """

    email: str
    labeller: Labeller
    script: Mapping[str, Said]
    by_keys: bool = False
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    watched: Watched | None = None

    @property
    def page(self) -> Any:
        """The page in the browser."""
        return self.labeller.page

    def label(self, project: int) -> str:
        """Rate or skip the next task of a project as the script has it; the task's question."""
        self.labeller.open(project)
        question = self._question()
        said = self.script[question]
        self.seen[question] = shown = self._shown()
        if said.watches:
            self.watched = self._watch()
        if said.skips:
            self._skip()
        else:
            self._say(said, shown)
            self._submit()
        return question

    def _question(self) -> str:
        text = str(self.page.locator(".pw-conversation").inner_text()).strip()
        found = [it for it in self.script if text.startswith(it)]
        assert len(found) == 1, f"the script has nothing to say of {text!r}"
        return found[0]

    def _shown(self) -> tuple[str, ...]:
        """The answers in the order of their letters."""
        cards = self.page.locator(".pw-card .pw-text").all_inner_texts()
        return tuple(" ".join(card.split()) for card in cards)

    def _say(self, said: Said, shown: Sequence[str]) -> None:
        if said.verdict != names.RANKED:
            self.labeller.press(VERDICT_KEYS[said.verdict])
        for row, text in zip(ROWS, shown, strict=False):
            if text in said.places:
                self.labeller.press(row[said.places[text] - 1])
        for letter, text in zip(names.LETTERS, shown, strict=False):
            self._score(letter, said.scores[text])
            if text in said.reasons:
                self.labeller.write(f"Why? What decided about {letter.upper()}", said.reasons[text])
        if said.written:
            box = names.BETTER if said.verdict == names.ALL_BAD else names.FLAWED
            self.labeller.write(WORDS[box], said.written)
        if said.rationale:
            self.labeller.write(WORDS[names.RATIONALE], said.rationale)
            self.page.locator(".pw-question").click()  # out of the box: keys press buttons again
        for flag in said.flags:
            self.labeller.press(FLAG_KEYS[flag])

    def _score(self, letter: str, steps: Sequence[int]) -> None:
        metrics = self.page.locator(f".pw-card-{letter} .pw-metric")
        for number, step in enumerate(steps):
            metrics.nth(number).locator("label").nth(step).click()

    def _submit(self) -> None:
        if not self.by_keys:
            assert self.labeller.submit() is None
            return
        with self._sending():
            self.page.keyboard.press("Control+Enter")

    def _skip(self) -> None:
        with self._sending():
            self.page.get_by_test_id("bottombar-skip-button").click()

    def _sending(self) -> Any:
        """A block within which the page sends what was said."""
        return self.page.expect_response(
            lambda it: it.request.method == "POST" and "/annotations" in it.url, timeout=READY_MS
        )

    def _watch(self) -> Watched:
        """Press play and look until the end."""
        self.page.wait_for_function(f"{VIDEO}.readyState >= 2")
        before = self.page.evaluate(f"{VIDEO}.currentTime")
        self.page.get_by_label("Play", exact=True).click()
        self.page.wait_for_function(f"{VIDEO}.currentTime > 0.9 * {VIDEO}.duration")
        return Watched(
            width=self.page.evaluate(f"{VIDEO}.videoWidth"),
            duration=self.page.evaluate(f"{VIDEO}.duration"),
            before=before,
            after=self.page.evaluate(f"{VIDEO}.currentTime"),
            error=self.page.evaluate(f"{VIDEO}.error && {VIDEO}.error.message"),
        )
