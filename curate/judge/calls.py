"""A judgement as a call of the runner: built when its turn comes, read by the rubric."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from annotate.base import Request
from annotate.prompting.parsing import ParsedAnswer, parse
from annotate.prompting.prompt import judge_request
from annotate.prompting.repair import repair_request
from annotate.prompting.view import JudgeView
from annotate.running.call import Call
from annotate.spending.estimate import Load
from curate.judge.loads import Loads
from curate.judge.members import Member
from curate.judge.questions import Judgement
from curate.judge.texts import AskedPrompt
from curate.media.sent import Pictures
from curate.workspace import Workspace
from schemas.candidate import Medium
from schemas.config_judge import JudgeSection
from schemas.rubric import Rubric

Answers = tuple[ParsedAnswer, ...]


def calls_of(workspace: Workspace, member: Member, output: float | None = None) -> "Calls":
    """The maker of one judge's calls; `output` are tokens of a reply for each score, if known."""
    section, rubric = workspace.settings.config.judge, workspace.rubric
    pictures = Pictures(workspace.root, section.max_side, section.frames)
    return Calls(section, rubric, pictures, Loads(member, section, rubric, output))


class Calls:
    """Makes the calls of one judge."""

    def __init__(
        self, section: JudgeSection, rubric: Rubric, pictures: Pictures, loads: Loads
    ) -> None:
        self.section, self.rubric = section, rubric
        self.pictures, self.loads = pictures, loads

    def call(self, judgement: Judgement, prompt: AskedPrompt) -> Call[Answers]:
        """The call that asks for one judgement."""
        view = self.view(judgement, prompt)
        return Call(
            key=judgement.key,
            build=partial(self._request, view, prompt.media, judgement.sample),
            read=partial(parse, rubric=self.rubric, labels=view.labels, ranking=view.ranking),
            repair=repair_request,
            worst=self.loads.of(view, prompt.media).worst,
            slow=bool(prompt.media) and self.pictures.slow(prompt.media),
        )

    def load(self, judgement: Judgement, prompt: AskedPrompt) -> Load:
        """The tokens of one judgement, expected and at worst."""
        return self.loads.of(self.view(judgement, prompt), prompt.media)

    def request(self, judgement: Judgement, prompt: AskedPrompt) -> Request:
        """Exactly what is sent first. Raises GiveUp where a picture does not decode."""
        return self._request(self.view(judgement, prompt), prompt.media, judgement.sample)

    def view(self, judgement: Judgement, prompt: AskedPrompt) -> JudgeView:
        """What the judge sees, in words."""
        return JudgeView(
            messages=prompt.messages,
            media=prompt.media,
            answers=tuple(prompt.answers[candidate] for candidate in judgement.shown),
            rubric=self.rubric,
            mode=self.section.mode,
            reference=prompt.reference,
        )

    def _request(self, view: JudgeView, media: Sequence[Medium], sample: int) -> Request:
        """Repeats differ by their seed, so that they are not one answer twice; the first has none.

        The judge's own settings are put over what the wording asks for.
        """
        request = judge_request(view, self.pictures.of_all(media))
        return replace(request, temperature=self.section.temperature, seed=sample or None)
