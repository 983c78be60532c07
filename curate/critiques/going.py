"""A run while it goes on: what it reads and writes, and what came of it so far."""

from decimal import Decimal

from annotate.spending.budget import Budget
from curate.critiques.comments import Naming
from curate.critiques.events import Events
from curate.critiques.queue import Missing
from curate.critiques.setting import Setting, spent_before
from curate.critiques.standing import Known
from curate.critiques.tables import look_again
from curate.engines.duckdb import DuckDBEngine
from curate.judge.files import RunFiles
from curate.judge.options import Options
from curate.workspace import Workspace
from schemas.errors import PairwrightError


class Going:
    """One run. `known` is what the journals held when it began.

    `calls` are expansions and checks that ended, `requests` what was sent for them, `stopped` what
    ended the run early.
    """

    def __init__(
        self,
        workspace: Workspace,
        engine: DuckDBEngine,
        files: RunFiles,
        options: Options,
        setting: Setting,
    ) -> None:
        self.workspace, self.engine, self.files = workspace, engine, files
        self.options, self.setting = options, setting
        self.naming = Naming(setting.member, setting.section)
        self.events = Events(setting.member.rater_id, files.run_id)
        self.known: Known = look_again(engine, workspace)
        self.calls = self.requests = 0
        self.spent_usd = Decimal(0)
        self.stopped: PairwrightError | None = None

    def missing(self) -> Missing:
        """Whether a comment is to be asked about, from the first one on."""
        return Missing(self.known, retry_failed=self.options.retry_failed)

    def open_files(self) -> None:
        """Make the journal and the ledger, once there is something to write."""
        names = [self.setting.member.rater_id]
        self.files.open(self.options.now(), names, self.setting.cap_usd)

    def budget(self) -> Budget:
        """The judge's money: what the cap leaves after all that was spent or promised before."""
        setting = self.setting
        capped = setting.cap_usd is not None
        return Budget(
            setting.cap_usd,
            setting.prices[setting.member],
            spent_before(self.workspace, self.engine) if capped else Decimal(0),
            tier=setting.section.tier,
            risk=self.files.ledger,
        )
