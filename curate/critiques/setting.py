"""Who expands, at what price, under which cap: the judge's own settings, read once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from curate.engines.duckdb import DuckDBEngine
from curate.judge.batch_log import held_usd
from curate.judge.books import spent
from curate.judge.members import Member, members_of
from curate.judge.options import Options
from curate.judge.prices import Prices, cap_of, prices_of, unpriced
from curate.workspace import Workspace
from schemas.config_judge import JudgeSection
from schemas.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Setting:
    """The judge that expands, its price on `today`, and the cap in US dollars."""

    section: JudgeSection
    member: Member
    prices: Prices
    cap_usd: Decimal | None
    today: date

    @property
    def priceless(self) -> list[str]:
        """A warning where the judge's dollars are not counted."""
        return unpriced(self.prices, self.today)


def setting_of(workspace: Workspace, options: Options, *, under_cap: bool) -> Setting:
    """The setting of a run, of a jury its first member: a comment is expanded once.

    Raises ConfigError for settings that do not hold, for batches, and with `under_cap` where there
    is a cap and no price.
    """
    section = workspace.settings.config.judge
    if section.tier == "batch":
        raise ConfigError(
            "[judge] tier 'batch': an expansion is checked as soon as it came, and a batch waits",
            "set another for this command: --set judge.tier=flex",
        )
    member = members_of(section)[0]
    cap = cap_of(section, options.budget_usd)
    today = options.now().date()
    prices = prices_of([member], section, today, under_cap=under_cap and cap is not None)
    return Setting(section, member, prices, cap, today)


def spent_before(workspace: Workspace, engine: DuckDBEngine) -> Decimal:
    """US dollars that runs of the judge took of the cap, or promised to batch jobs."""
    return spent(workspace, engine) + held_usd(workspace.annotations)
