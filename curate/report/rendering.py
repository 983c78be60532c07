"""The templates, style and scripts of curate/report/web put together into one page."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from curate.length.text import percent
from curate.report.browser import PairData
from curate.report.chart_runtime import chart_runtime
from curate.report.charts import Chart
from curate.report.safe_scripts import policy, script_json
from curate.tables import cell, is_number
from curate.terminal import printable

WEB = "web"
PAIR_SCRIPTS = ("text", "words", "store", "filters", "list", "pair", "browser")
CHART_SCRIPTS = ("text", "charts")
STYLES = ("style.css", "browser.css")
SECTIONS = {
    "summary": "Summary",
    "funnel": "Funnel",
    "scores": "Scores",
    "trust": "Judge and people",
    "raters": "Raters",
    "bias": "Bias",
    "lengths": "Length",
    "cost": "Cost",
    "pictures": "Pictures",
    "pairs": "Pairs",
    "settings": "Settings",
}


def rendered(*, charts: Mapping[str, Sequence[Chart]], pairs: PairData, **shown: Any) -> str:
    """The page. Data stand in blocks that no browser runs, scripts are known by their hashes."""
    drawn = [chart for group in charts.values() for chart in group]
    style = "".join(map(_read, STYLES))
    scripts = {
        "pair_script": _joined(PAIR_SCRIPTS) if pairs.count else "",
        "runtime": chart_runtime() if drawn else "",
        "chart_script": _joined(CHART_SCRIPTS) if drawn else "",
    }
    page: str = (
        _environment()
        .get_template("page.html")
        .render(
            policy=policy(list(filter(None, scripts.values())), [style], loads=bool(pairs.beside)),
            style=style,
            **scripts,
            chart_data=script_json({chart.name: chart.spec for chart in drawn}),
            pairs=pairs,
            charts=charts,
            sections=SECTIONS,
            **shown,
        )
    )
    return page


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=PackageLoader("curate.report", WEB),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda value: _unbroken(cell(value, grouped=True))
    environment.filters["safe_text"] = printable
    environment.filters["percent"] = lambda share: _unbroken(percent(share))
    environment.tests["numeric"] = is_number
    return environment


def _unbroken(text: str) -> str:
    """The text with no line break between a number and its percent sign."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def _joined(names: Sequence[str]) -> str:
    """Scripts that share one scope, in the order in which they are named."""
    parts = "\n".join(_read(f"{name}.js") for name in names)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


@cache
def _read(name: str) -> str:
    return (resources.files("curate.report") / WEB / name).read_text(encoding="utf-8")
