"""curate.toml and overrides become checked settings, or an error with place, value and fix."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.settings import load
from schemas.errors import ConfigError


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "curate.toml"
    path.write_text("", "utf-8")
    return path


def test_an_empty_file_is_the_five_metric_preset(config: Path) -> None:
    settings = load(config)
    assert (settings.pairs.policy, settings.pairs.min_margin) == ("mllm-dpo", 2)
    assert settings.weights == {
        "helpfulness": 1, "correctness": 1, "coherence": 1, "complexity": 0, "verbosity": 0,
    }  # fmt: skip


def test_the_mm_rlhf_preset_brings_its_policy_and_veto(config: Path) -> None:
    config.write_text('[rubric]\npreset = "mm-rlhf"\n')
    settings = load(config)
    assert (settings.pairs.policy, settings.pairs.min_margin) == ("all-ranked", 0)
    assert settings.pairs.veto is not None
    assert [(rule.metric, rule.min) for rule in settings.pairs.veto] == [("ethics", 3)]


def test_what_the_file_says_goes_over_the_preset(config: Path) -> None:
    config.write_text('[rubric]\npreset = "mm-rlhf"\n[pairs]\nmin_margin = 1.5\nveto = []\n')
    pairs = load(config).pairs
    assert (pairs.policy, pairs.min_margin, pairs.veto) == ("all-ranked", 1.5, ())


def test_an_override_without_a_value_takes_a_setting_back(config: Path) -> None:
    config.write_text("[dedupe]\nresponse_jaccard = 0.8\nprompt_jaccard = 0.7\n", "utf-8")
    found = load(config, ["dedupe.response_jaccard=", "dedupe.image_hamming="]).config.dedupe
    assert (found.response_jaccard, found.prompt_jaccard) == (None, 0.7)


def test_an_override_goes_over_the_file(config: Path) -> None:
    config.write_text("[split]\ntest = 0.5\n")
    settings = load(
        config, ["split.test=0.1", "pairs.policy=adjacent", "score.weights={coherence=3}"]
    )
    assert settings.config.split.test == 0.1
    assert settings.pairs.policy == "adjacent"
    assert settings.weights["coherence"] == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[split", "no valid TOML"),
        ("[splitt]\n", "did you mean 'split'"),
        ("[pairs]\nmin_marign = 2\n", "did you mean 'min_margin'"),
        ("[split]\ntest = 1.5\n", r"split\.test = 1\.5"),
        ('[pairs]\npolicy = "best"\n', r"pairs\.policy = 'best'"),
        ('[rubric]\npreset = "five-metrics"\n', "did you mean 'five-metric'"),
        ('[rubric]\npreset = "mm-rlhf"\n[[rubric.metric]]\nname = "x"\nquestion = "?"\n', "both"),
        ("[rubric]\n", "no metric"),
        ("[score.weights]\nhelpfullness = 2\n", "did you mean 'helpfulness'"),
        ("[score.weights]\nhelpfulness = 0\ncorrectness = 0\ncoherence = 0\n", "weight 0"),
        ("[pairs]\nmin_margin = nan\n", "min_margin"),
        (f"[export]\nk = 0x{'f' * 4000}\n", r"export\.k = of 16000 bits"),
    ],
)
def test_a_setting_that_does_not_hold_is_named_with_the_fix(
    config: Path, text: str, said: str
) -> None:
    config.write_text(text)
    with pytest.raises(ConfigError, match=said):
        load(config)


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("split.test", "no key=value"),
        ("=3", "no key=value"),
        ("split..test=3", "no key=value"),
        ("split.test.x=3", "no section"),
        ("split.tset=3", "did you mean 'test'"),
        ("pairs.tokenizer=\udcff", "a character that no text has"),
    ],
)
def test_an_override_that_does_not_hold_is_named(config: Path, override: str, said: str) -> None:
    config.write_text("[split]\ntest = 0.1\n")
    with pytest.raises(ConfigError, match=said):
        load(config, [override])


def test_a_file_that_is_not_utf8_says_where(config: Path) -> None:
    config.write_bytes(b'[rubric]\nname = "\xff"\n')
    with pytest.raises(ConfigError, match="not UTF-8 at byte 17"):
        load(config)


@given(text=st.text(max_size=40))
def test_any_text_is_settings_or_a_config_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ConfigError):
        assert load(path, [text]).weights
