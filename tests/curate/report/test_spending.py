from curate.report.spending import Spending, spending
from curate.report.tables import report_tables
from curate.workspace import Workspace
from schemas.event import Failure, Usage
from tests.support.workspaces import Bench


def spent(bench: Bench, pairs: int = 2) -> Spending:
    workspace = Workspace.open(bench.root)
    with report_tables(workspace, workspace.build_folder()) as engine:
        return spending(engine, pairs)


def test_dollars_and_hours_are_summed_by_rater_failures_included(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    paid = Usage(input_tokens=100, output_tokens=10, thought_tokens=5, usd=0.25)
    first = bench.vote("How many?", "judge:bot", {"Three.": 4, "Two.": 0}, usage=paid)
    bench.vote("How many?", "judge:bot", failure=Failure(reason="truncated"), usage=paid)
    scores = {"Three.": 3, "Two.": 0}
    bench.vote("How many?", "judge:bot", scores, supersedes=first.event_id, usage=paid)
    timed = Usage(seconds=1800)
    bench.vote("How many?", "human:anna", {"Three.": 4, "Two.": 0}, usage=timed)
    bench.build()
    found = spent(bench)
    judge, person = found.raters
    assert (judge.rater, judge.came, judge.failed) == ("bot", 2, 1)
    assert (judge.input_tokens, judge.output_tokens, judge.usd) == (300, 45, 0.75)
    assert (person.rater, person.seconds) == ("anna", 1800.0)
    assert (found.usd, found.hours, found.a_pair) == (0.75, 0.5, 0.375)


def test_votes_that_took_nothing_told_are_no_cost(built: Bench) -> None:
    assert spent(built, pairs=0) == Spending([], 0.0, 0.0, None)
