"""Small workspaces to route, and their routes by the prompt's text."""

from datetime import date
from typing import Any

import pyarrow.parquet as pq

from curate.routing.report import RoutingReport
from curate.routing.routes import Options, route
from tests.support.workspaces import Bench, five

TODAY = date(2026, 11, 25)
NO_OVERLAP = "[route]\noverlap_share = 0\noverlap_min = 0\n"
PRICED = '[judge]\nmodel = "gemini-3.8-flash"\n'


def rule(when: str, to: str, **more: object) -> str:
    """A rule as curate.toml spells it."""
    extra = "".join(f"{key} = {value!r}\n" for key, value in more.items())
    return f"[[route.rule]]\nwhen = '''{when}'''\nto = '{to}'\n{extra}"


def judged(bench: Bench, prompt: str, *readings: dict[str, int], rater: str = "j") -> None:
    """A prompt that a judge scored: each reading has the answers' sums, in one order."""
    bench.prompt(prompt, *readings[0])
    for order_no, sums in enumerate(readings):
        scores = {answer: five(total) for answer, total in sums.items()}
        bench.vote(prompt, f"judge:{rater}", scores, order_no=order_no)


def routed(bench: Bench, *settings: str, **options: Any) -> RoutingReport:
    """The report of a routing of all that the bench holds."""
    return route(bench.write(*settings), Options(**options))


def routes(bench: Bench) -> dict[str, dict[str, Any]]:
    """Every row of routes.parquet, by the prompt's text."""
    texts = {found.prompt_id: text for text, found in bench.prompts.items()}
    rows = pq.read_table(bench.root / "routes.parquet").to_pylist()
    return {texts[row["prompt_id"]]: row for row in rows}


def targets(bench: Bench) -> dict[str, tuple[str, str]]:
    """(who, by which rule) of every prompt, by its text."""
    return {text: (row["to"], row["rule"]) for text, row in routes(bench).items()}


def shown(bench: Bench, prompt: str) -> set[str]:
    """The texts of the answers that a prompt was routed with."""
    texts = {found.candidate_id: text for (_, text), found in bench.candidates.items()}
    return {texts[candidate_id] for candidate_id in routes(bench)[prompt]["candidate_ids"]}
