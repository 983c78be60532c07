"""What a sampling run says of itself, for people, programs and notebooks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curate.pull.report import PullReport
from curate.sampling.plan import Plan, Work
from curate.sampling.tally import Tally
from curate.selection import SelectionCount
from schemas.errors import PairwrightError

BLOCKED = "blocked"
TOKENS = ("input_tokens", "cached_tokens", "output_tokens", "thought_tokens")


@dataclass(frozen=True, slots=True)
class SampleReport:
    """A run, planned = sampled + cached + failed + left, in generations.

    `tallies` are empty for a dry run. `pull` holds what was journaled and in no pull yet, None
    where there was nothing. `selection` is None where prompts were not selected.
    """

    plan: Plan
    tallies: Sequence[Tally] = ()
    pull: PullReport | None = None
    warnings: Sequence[str] = ()
    selection: SelectionCount | None = None

    @property
    def stopped(self) -> PairwrightError | None:
        """What ended a model's run early, of the first one."""
        return next((tally.stopped for tally in self.tallies if tally.stopped), None)

    @property
    def failed(self) -> Mapping[str, int]:
        """Generations that did not come, standing refusals of earlier runs included."""
        counts = Counter({BLOCKED: sum(work.blocked for work in self.plan.work)})
        for tally in self.tallies:
            counts += tally.failed
        return dict(sorted((+counts).items()))

    @property
    def left(self) -> int:
        """Generations that are still to be asked for."""
        return sum(tally.left for tally in self.tallies) if self.tallies else self.plan.left

    def payload(self) -> dict[str, Any]:
        """The keys of DESIGN 6 for `sample`."""
        work, pull = self.plan.work, self.pull
        return {
            "prompts": self.plan.prompts,
            "selected": self.selection.selected if self.selection else None,
            "skipped": dict(self.plan.skipped),
            "planned": sum(one.planned for one in work),
            "sampled": sum(tally.sampled for tally in self.tallies),
            "cached": sum(one.cached for one in work),
            "failed": dict(self.failed),
            "left": self.left,
            "calls": sum(tally.calls for tally in self.tallies),
            "tokens": {
                name.removesuffix("_tokens"): sum(getattr(it.usage, name) for it in self.tallies)
                for name in TOKENS
            },
            "models": {one.target.model: self._model(one) for one in work},
            "candidates_new": pull.new["candidates"] if pull and not pull.existed else 0,
            "dropped": dict(pull.dropped) if pull else {},
            "pull_id": pull.pull_id if pull else None,
            "stopped": str(self.stopped) if self.stopped else None,
            "warnings": list(self.warnings),
        }

    def tally_of(self, work: Work) -> Tally:
        """What came of one model's share; nothing in a dry run."""
        return next((tally for tally in self.tallies if tally.work is work), Tally(work))

    def _model(self, work: Work) -> dict[str, Any]:
        tally = self.tally_of(work)
        failed = tally.failed + Counter({BLOCKED: work.blocked})
        return {
            "endpoint": work.target.base_url,
            "planned": work.planned,
            "sampled": tally.sampled,
            "cached": work.cached,
            "failed": dict(sorted(failed.items())),
            "left": tally.left,
            "reported": dict(sorted(tally.reported.items())),
            "stopped": str(tally.stopped) if tally.stopped else None,
        }
