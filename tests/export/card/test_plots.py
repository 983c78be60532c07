"""Plots are pictures that a page can show, drawn from nothing but their spec."""

from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path

from PIL import Image

from export.card.facts import Plot
from export.card.plots import WIDTH, png, shown
from export.card.writing import write
from tests.support.cards import facts, staged
from tests.support.web_server import send, web_server

BARS = {
    "data": {"values": [{"what": "a", "n": 1}, {"what": "b", "n": 2}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "what", "type": "nominal"},
        "y": {"field": "n", "type": "quantitative"},
    },
    "width": "container",
    "height": 100,
}
PLOT = Plot("bars", "Two bars", 'A "bar" of <b>1</b>', BARS)


def test_a_plot_is_twice_as_many_pixels_on_a_light_ground() -> None:
    drawn = Image.open(BytesIO(png(PLOT))).convert("RGB")
    assert 2 * WIDTH <= drawn.width <= 2 * WIDTH + 60
    assert drawn.getpixel((1, 1)) == (255, 255, 255)


def test_the_same_spec_gives_the_same_bytes() -> None:
    assert png(PLOT) == png(PLOT)


def test_a_spec_reaches_for_no_address() -> None:
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        send(handler, b"[]", kind="application/json")

    with web_server(answer) as port, suppress(ValueError):
        data = {"url": f"http://127.0.0.1:{port}/rows.json"}
        png(Plot("bars", "Bars", "Bars", {**BARS, "data": data}))
    assert asked == []


def test_a_card_shows_it_with_its_words(tmp_path: Path) -> None:
    staging = staged(tmp_path)
    names = write(facts(plots=[Plot("funnel", "Two bars", PLOT.says, BARS)]), staging)
    assert names == ("README.md", "croissant.json", "plots/funnel.png")
    assert (staging / "plots/funnel.png").read_bytes().startswith(b"\x89PNG")
    assert 'src="plots/funnel.png"' in (staging / "README.md").read_text()
    assert shown(PLOT).endswith('alt="A &quot;bar&quot; of &lt;b&gt;1&lt;/b&gt;">')
