"""WCAG AA of the page's colours in both themes: 4.5 to 1 for text, 3 to 1 for what is drawn."""

import re
from functools import cache
from importlib import resources

import pytest

TEXT = [
    (ink, ground)
    for ink in ("ink", "soft", "link")
    for ground in ("ground", "card", "fill", "picked")
] + [
    ("good", "card"),
    ("bad", "card"),
    ("ink", "good-mark"),
    ("ink", "bad-mark"),
    ("ground", "ink"),
]
DRAWN = [(name, "card") for name in ("human", "judge", "source", "plain", "edge", "warn", "link")]
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})")


@cache
def palettes() -> dict[str, dict[str, str]]:
    style = (resources.files("curate.report") / "web" / "style.css").read_text("utf-8")
    light, dark = style.split("prefers-color-scheme: dark", maxsplit=1)
    return {"light": dict(COLOUR.findall(light)), "dark": dict(COLOUR.findall(dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_both_themes_name_the_same_colours() -> None:
    assert palettes()["light"].keys() == palettes()["dark"].keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme: str, ink: str, ground: str) -> None:
    palette = palettes()[theme]
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), DRAWN)
def test_what_is_drawn_can_be_seen(theme: str, mark: str, ground: str) -> None:
    palette = palettes()[theme]
    assert contrast(palette[mark], palette[ground]) >= 3
