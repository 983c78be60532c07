"""Facts of a card and the files it stands beside, as small as a test can have them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from export.base import ExportOptions
from export.card.facts import CardFacts, Cost, Raters, Shape, Source
from export.card.folder import Config, configs_of
from export.card.page import page
from export.registry import get_format
from schemas.manifest import BuildManifest
from schemas.pair import PreferencePair
from tests.support.pairs import build, pair, picture

SOURCE = Source("survey", None, "Apache-2.0", prompts=2, answers=4, pairs=2)


def manifest(**values: Any) -> BuildManifest:
    """A build of two pairs without votes to speak of."""
    defaults: dict[str, Any] = {
        "build_id": "b" * 32,
        "version": "1.2.3",
        "engine": "duckdb",
        "policy": "all-ranked",
        "settings": {"weights": {"helpfulness": 1.0}, "pairs": {"min_margin": 0}, "split": {}},
        "inputs": (),
        "rubric_id": "helpfulness:0:4",
        "rubric_hashes": {},
        "counts": {"pairs": 2, "ties": 0},
        "splits": {"train": 1, "test": 1},
        "dropped": {},
        "steps": {},
        "warnings": (),
        "at": datetime(2026, 1, 2, tzinfo=UTC),
    }
    return BuildManifest.model_validate({**defaults, **values})


def facts(**values: Any) -> CardFacts:
    """The facts of a card of two pairs by nobody."""
    defaults: dict[str, Any] = {
        "title": "Cups",
        "manifest": manifest(),
        "sources": (SOURCE,),
        "stages": (),
        "raters": Raters(),
        "shape": Shape(prompts=2),
        "cost": Cost(),
    }
    return CardFacts(**{**defaults, **values})


def staged(
    folder: Path,
    rows: Sequence[PreferencePair] | None = None,
    config: str = "data",
    form: str = "trl",
) -> Path:
    """A staging folder with these pairs, by default one with a picture in train and in test."""
    if rows is None:
        rows = [
            pair(media=[picture(folder / "media", shade)], split=split, source_key=split)
            for shade, split in enumerate(("train", "test"))
        ]
    get_format(form).write(build(folder, rows), folder / "staging" / config, ExportOptions())
    return folder / "staging"


def texts_only() -> list[PreferencePair]:
    """Two pairs without pictures, both to train with."""
    return [pair(chosen=text) for text in ("Three cups.", "Three.")]


def configs(folder: Path, rows: Sequence[PreferencePair] | None = None) -> list[Config]:
    """The configs of a staging folder made for it."""
    return configs_of(staged(folder, rows))


def head(card: str) -> dict[str, Any]:
    """The card's head."""
    found: dict[str, Any] = yaml.safe_load(card.split("---\n")[1])
    return found


def section(card: str, title: str) -> str:
    """The text below a heading."""
    return card.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def card(folder: Path, rows: Sequence[PreferencePair] | None = None, **values: Any) -> str:
    """A whole card with these facts."""
    return page(facts(**values), configs(folder, rows))


def blocks(card: str, language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", card, re.DOTALL | re.MULTILINE)
