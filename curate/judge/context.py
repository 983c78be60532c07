"""What the parts of one run share: where it reads and writes, and what came of it so far."""

from decimal import Decimal

from annotate.spending.budget import Budget, Risk
from curate.console import Advance, no_bar
from curate.engines.duckdb import DuckDBEngine
from curate.judge.batch_log import held_usd
from curate.judge.files import RunFiles
from curate.judge.members import Member
from curate.judge.options import Options
from curate.judge.prices import Prices
from curate.judge.tally import Tally
from curate.workspace import Workspace
from schemas.config_judge import JudgeSection
from schemas.errors import PairwrightError


class Context:
    """One run. `spent_before` is what earlier runs took of the same cap, in US dollars.

    `calls` are judgements that ended, `requests` what was sent for them, `stopped` what ended the
    run early. `lost_usd` is the part of `spent_usd` that is in no journal, of batches whose results
    are gone. `tally` has the items of the judges in `counted`, who had nothing to be asked; those
    of others are counted afterwards. `skipped` has faults of prompts by judge.
    """

    def __init__(
        self,
        workspace: Workspace,
        engine: DuckDBEngine,
        files: RunFiles,
        options: Options,
        prices: Prices,
        cap_usd: Decimal | None,
        spent_before: Decimal,
    ) -> None:
        self.workspace, self.engine, self.files = workspace, engine, files
        self.options, self.prices = options, prices
        self.cap_usd, self.spent_before = cap_usd, spent_before
        self.calls = self.requests = 0
        self.spent_usd = self.lost_usd = Decimal(0)
        self.stopped: PairwrightError | None = None
        self.tally = Tally()
        self.counted: set[Member] = set()
        self.skipped: dict[Member, dict[str, str]] = {}
        self.advance: Advance = no_bar

    @property
    def section(self) -> JudgeSection:
        """The judge's settings."""
        return self.workspace.settings.config.judge

    @property
    def members(self) -> tuple[Member, ...]:
        """The judges in their order."""
        return tuple(self.prices)

    def open_files(self) -> None:
        """Make the journal and the ledger, once there is something to write."""
        names = [member.rater_id for member in self.members]
        self.files.open(self.options.now(), names, self.cap_usd)

    def budget(self, member: Member, risk: Risk | None) -> Budget:
        """A judge's money: what the cap leaves after all that was spent or promised before."""
        promised = held_usd(self.workspace.annotations, but_of=member.rater_id)
        return Budget(
            self.cap_usd,
            self.prices[member],
            self.spent_before + self.spent_usd + promised,
            tier=self.section.tier,
            risk=risk,
        )

    def done(self, usd: Decimal, count: int = 1) -> None:
        """Say that judgements are on the disk; `usd` is what this judge took so far."""
        self.advance(count, f"judging, ${self.spent_usd + usd:.2f}")
