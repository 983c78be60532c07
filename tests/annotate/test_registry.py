import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from annotate.raters.gemini import Gemini
from annotate.raters.replay import Replay
from annotate.registry import RATERS, rater
from schemas.config_judge import Provider
from schemas.errors import ConfigError


def test_every_provider_of_the_config_has_its_rater() -> None:
    assert RATERS.keys() == set(get_args(Provider))


def test_rater_is_made_with_its_own_settings() -> None:
    made = rater("gemini", "m", key="k", thinking_level="low", service_tier="flex")

    assert isinstance(made, Gemini)
    assert made.model == "m"


def test_replay_reads_the_file_at_base_url(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    path.touch()

    assert isinstance(rater("replay", "m", base_url=str(path)), Replay)


def test_replay_without_a_file_is_refused() -> None:
    with pytest.raises(ConfigError, match="base_url"):
        rater("replay", "m")


def test_unknown_provider_is_refused_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match="did you mean 'gemini'"):
        rater("gemni", "m")


def test_no_sdk_is_imported_before_a_call(repo_root: Path) -> None:
    code = (
        "import sys, annotate.registry as r\n"
        "import annotate.raters.gemini_batch, annotate.raters.openai, annotate.raters.replay\n"
        "r.rater('gemini', 'm', key='k')\n"
        "print([n for n in ('google.genai', 'openai', 'aiohttp') if n in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=repo_root
    )
    assert ran.stdout.strip() == "[]"
