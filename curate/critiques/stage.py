"""The stage of critiques: every comment of a person that has no expansion is expanded and checked.

Going on where it stopped is its nature: what came is in a journal, so running it again asks for the
rest.
"""

from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from curate.critiques.asking import ask
from curate.critiques.carrying import carry
from curate.critiques.comments import comments
from curate.critiques.going import Going
from curate.critiques.setting import setting_of
from curate.critiques.standing import Known
from curate.critiques.tables import critique_tables, look_again
from curate.critiques.tally import Tally, tally_of
from curate.judge.files import RunFiles, clear_scratch, new_run_id
from curate.judge.options import Options
from curate.judge.stage import LOCK
from curate.locks import held
from curate.workspace import Workspace
from schemas.errors import BudgetError, PairwrightError

KIND = "critiques"


@dataclass(frozen=True, slots=True)
class CritiquesReport:
    """What a run came to: comments as Tally counts them, money in US dollars.

    `calls` are expansions and checks that ended in this run, `requests` what was sent for them.
    `carried` went to further events with the same comment, without a call. `usd` is null where the
    judge has no price; `stopped` is what ended the run early, `journal` null where nothing was
    written.
    """

    rater: str
    tally: Tally
    calls: int
    requests: int
    carried: int
    usd: Decimal | None
    stopped: PairwrightError | None
    journal: Path | None
    warnings: list[str] = field(default_factory=list)


def critiques(workspace: Workspace, options: Options) -> CritiquesReport:
    """Ask for what is missing, check it, and give what is known to further events.

    Raises ConfigError for settings that do not hold, WorkspaceError where a run of the judge goes
    on, StopRun where a key is missing. A run that is stopped on its way gives a report, too.
    """
    setting = setting_of(workspace, options, under_cap=True)
    with ExitStack() as stack:
        stack.enter_context(held(workspace.annotations / LOCK, "a judge run"))
        clear_scratch(workspace.annotations)
        tables = critique_tables(workspace, options.limit, workspace.annotations)
        engine = stack.enter_context(tables)
        files = RunFiles(workspace, new_run_id(options.now(), KIND))
        going = Going(workspace, engine, files, options, setting)
        try:
            ask(going)
            after = look_again(engine, workspace)
            carried = carry(going, after)
        finally:
            files.close(going.spent_usd)
        return _report(going, after, carried)


def _report(going: Going, after: Known, carried: int) -> CritiquesReport:
    priceless = going.setting.priceless
    tally = tally_of(
        comments(going.engine, going.naming),
        going.known,
        after,
        retry_failed=going.options.retry_failed,
        over_budget=isinstance(going.stopped, BudgetError),
    )
    return CritiquesReport(
        rater=going.setting.member.rater_id,
        tally=tally,
        calls=going.calls,
        requests=going.requests,
        carried=carried,
        usd=None if priceless else going.spent_usd,
        stopped=going.stopped,
        journal=going.files.journal if going.files.kept else None,
        warnings=priceless,
    )
