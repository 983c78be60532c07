"""docs/routing.md: its example, its columns, its query and its worked numbers hold."""

import re
import textwrap
import tomllib
from pathlib import Path

import pytest

from annotate.overlap import WHOLE, draw_of, threshold, threshold_of
from curate.query import run
from curate.routing.routes import ensure_routes
from curate.settings import parse
from curate.workspace import Workspace
from schemas.base import content_id
from schemas.config_routing import RouteSection
from tests.support.routing import NO_OVERLAP, judged, routed, routes, rule
from tests.support.workspaces import Bench


@pytest.fixture(scope="module")
def text(repo_root: Path) -> str:
    return (repo_root / "docs" / "routing.md").read_text("utf-8")


def test_the_example_is_a_config_that_shows_the_defaults(text: str) -> None:
    block = "".join(text.split("## In this order", maxsplit=1)[0].partition("    [route]")[1:])
    example = textwrap.dedent(block)
    given = tomllib.loads(example)["route"]
    rules = given.pop("rule")
    assert RouteSection.model_validate(given) == RouteSection()
    assert set(given) | {"rule"} == set(RouteSection.model_fields)
    assert parse(example, "the page").config.route.rule[0].name == rules[0]["name"]


def test_every_column_of_a_rule_is_described_and_no_other(text: str, tmp_path: Path) -> None:
    table = text.split("## What a rule sees")[1].split("\n##", maxsplit=1)[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    named = {name for line in rows for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    bench = Bench(tmp_path / "workspace")
    bench.prompt("q", "a", "b")
    bench.config = rule("nope", "human")
    with pytest.raises(Exception, match="columns of a prompt") as error:
        routed(bench)
    assert named == set(str(error.value).split("columns of a prompt: ")[1].split(", "))


def test_the_query_that_checks_the_draw_gives_nought(text: str, tmp_path: Path) -> None:
    block = text.split("can check it:")[1].split("gives 0", maxsplit=1)[0]
    bench = Bench(tmp_path / "workspace")
    bench.config = rule("question = 'q3'", "none")
    for number in range(60):
        bench.prompt(f"q{number}", "a", "b")
    workspace = bench.write("route.overlap_min=20")
    ensure_routes(workspace)
    assert run(Workspace.open(bench.root), block, 1).rows == [[0]]


def test_the_example_of_a_reading(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "workspace", NO_OVERLAP)
    judged(bench, "q", {"A": 6, "B": 5}, {"A": 5, "B": 6})
    bench.config += rule("margin = 0 and least_margin = -1 and spread = 2", "human")
    routed(bench)
    assert routes(bench)["q"]["rule"] == "1"


def test_the_example_of_the_draw() -> None:
    """98 prompts, 900 more, 10,000 more."""
    numbers = [draw_of(content_id(number), 0) for number in range(98 + 900 + 10_000)]
    known = [(number, 0) for number in numbers[:98]]
    assert threshold(known, 0.05, 300) == WHOLE
    known = [(number, WHOLE) for number in numbers[:98]] + [(n, 0) for n in numbers[98:998]]
    second = threshold(known, 0.05, 300)
    assert sum(number < second for number in numbers[98:998]) == 202
    assert second / WHOLE == pytest.approx(202 / 900, rel=0.15)
    known = [(n, second) for n in numbers[98:998]] + [(n, 0) for n in numbers[998:]]
    known += [(number, WHOLE) for number in numbers[:98]]
    assert threshold(known, 0.05, 300) == threshold_of(0.05)
