"""The settings of a build go into a curate.toml and come back the same."""

import json
import tomllib

import pytest

from curate.bundle.config import (
    config_of,
    differing,
    is_untouched,
    only_settings,
    signature_name,
    travels,
)
from curate.inputs import build_settings
from curate.settings import Settings, parse
from curate.template import config_text
from schemas.errors import ConfigError

OWN = r"""
[rubric]
name = "own \"one\""
instructions = "Two\nlines, a \u007f and \U0001F600."
ranking = true
[[rubric.metric]]
name = "truth"
question = "Is it so? C:\\no"
min = 1
max = 3
weight = 0.5
levels = { "1" = "no", "3" = "yes" }
checks = ["a", "b"]
[score]
weights = { truth = 2 }
accept_rubrics = ["helpfulness:0:4"]
[pairs]
policy = "adjacent"
min_margin = 0.000001
veto = [{ metric = "truth", min = 2 }]
cap.source = 7
mix.text_share = 0.25
[[filter]]
name = "short"
level = "candidate"
drop_when = "length(response) < 3 and response <> '\"'"
[[decontaminate]]
name = "../A bench"
path = "/data/bench"
[limits]
own_family = 0.5
[split]
seed = 4
group_by = "prompt"
[label_studio]
url = "http://inside"
[judge]
base_url = "http://inside"
[route]
seed = 3
overlap_min = 7
"""


def settings(text: str) -> Settings:
    return parse(text, "test")


@pytest.mark.parametrize(
    "text", [OWN, config_text("five-metric"), config_text("mm-rlhf"), "", "[pairs]\nveto = []\n"]
)
def test_what_a_build_depends_on_comes_back(text: str) -> None:
    before = settings(text)
    written = config_of(before)
    after = only_settings(written, "test")
    assert build_settings(after) == build_settings(before)
    assert after.rubric == before.rubric
    assert after.config.route.overlap_min == before.config.route.overlap_min
    assert config_of(after) == written
    assert differing(before, after) == []


def test_nothing_else_is_written() -> None:
    written = config_of(settings(OWN))
    assert set(tomllib.loads(written)) == {
        *("rubric", "route", "dedupe", "filter", "score", "limits", "split", "pairs"),
        "decontaminate",
    }
    assert "inside" not in written
    assert "/data" not in written


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("owner/name@0123abc", True),
        ("owner/name@v1.0", True),
        ("owner/name", False),
        ("tokenizer", False),
        ("./a/b@c", False),
        ("../b@c", False),
        ("/home/somebody/tokenizer/a@b", False),
        ("~/a@b", False),
        ("owner/name@main\n", False),
    ],
)
def test_only_a_tokenizer_that_everybody_can_fetch_is_taken_over(
    name: str,
    *,
    holds: bool,
) -> None:
    text = config_of(settings(f"[pairs]\nmax_tokens = 9\ntokenizer = {json.dumps(name)}\n"))
    assert travels(name) is holds
    if holds:
        assert only_settings(text, "test").pairs.tokenizer == name
        return
    with pytest.raises(ConfigError, match=r"^test: \[pairs\] tokenizer is no OWNER/NAME@REVISION"):
        only_settings(text, "test")


def test_what_differs_is_named() -> None:
    other = OWN.replace("seed = 4", "seed = 5").replace("max = 3", "max = 4")
    assert differing(settings(OWN), settings(other)) == ["rubric", "split"]


def test_only_what_init_wrote_is_untouched() -> None:
    assert is_untouched(config_text("mm-rlhf"))
    assert not is_untouched(config_text("mm-rlhf") + "\n")


def test_a_benchmark_of_any_name_has_a_file_of_its_own() -> None:
    names = [
        signature_name(name) for name in ("MMBench", "mmbench", "../../up", "\u202e", "a" * 99)
    ]
    assert len(set(names)) == len(names)
    assert all("/" not in name and name.endswith(".parquet") for name in names)
