"""Charts as PNG, on a light ground and with letters that can be read on a page and on a phone."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from export.card.facts import Plot
from export.card.safe import line

FOLDER = "plots"
WIDTH = 520
"""Units across. A card shows a plot about as wide, a phone narrows it to its own width."""

SCALE = 2.0
INK, SOFT, LINE, PLAIN = "#1b2330", "#525d70", "#d5dbe5", "#2a62c0"
LETTERS = {"labelFontSize": 15, "titleFontSize": 15, "titleFontWeight": 500}
THEME: Mapping[str, Any] = {
    "background": "#ffffff",
    "padding": 12,
    "view": {"stroke": None},
    "axis": {
        **LETTERS,
        "labelColor": SOFT,
        "titleColor": SOFT,
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 240,
    },
    "legend": {**LETTERS, "labelColor": INK, "titleColor": SOFT, "symbolSize": 160},
    "title": {"fontSize": 17, "fontWeight": 600, "color": INK, "anchor": "start", "offset": 12},
    "text": {"fontSize": 14, "color": INK},
    "bar": {"color": PLAIN},
    "line": {"color": PLAIN, "strokeWidth": 2.5},
    "point": {"color": PLAIN, "size": 90, "filled": True, "opacity": 1},
    "rule": {"color": SOFT},
    "range": {"category": [PLAIN, "#b3560d", "#6c4bb0", "#17693b", "#a8281f"]},
}


def write_plots(plots: Sequence[Plot], staging: Path) -> None:
    """Draw every plot into the folder of plots."""
    if plots:
        (staging / FOLDER).mkdir(exist_ok=True)
    for plot in plots:
        (staging / FOLDER / f"{plot.name}.png").write_bytes(png(plot))


def png(plot: Plot) -> bytes:
    """One chart, twice as many pixels as units. It reads nothing from the network or the disk."""
    import vl_convert

    spec = {**plot.spec, "title": plot.title}
    if spec.get("width") == "container":
        spec |= {"width": WIDTH, "autosize": {"type": "fit-x", "contains": "padding"}}
    drawn: bytes = vl_convert.vegalite_to_png(
        spec, scale=SCALE, config=dict(THEME), allowed_base_urls=[]
    )
    return drawn


def shown(plot: Plot) -> str:
    """The plot in a card, with what it shows in words."""
    says = escape(line(plot.says), quote=True)
    return f'<img src="{FOLDER}/{plot.name}.png" width="{WIDTH + 40}" alt="{says}">'
