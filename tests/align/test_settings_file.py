"""A recipe's settings: presets, a file over them, overrides over that, and clear refusals."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from align.recipes import RECIPES
from align.settings import RECIPES as SETTINGS
from align.settings import DPOSettings, RewardSettings
from align.settings_file import PRESETS, settings_of
from export.registry import FORMATS
from schemas.errors import ConfigError


def dpo(**given: object) -> DPOSettings:
    found = settings_of("dpo", **given)  # type: ignore[arg-type]
    assert isinstance(found, DPOSettings)
    return found


def test_mm_rlhf_scales_beta_as_the_paper_says() -> None:
    found = dpo(preset="mm-rlhf")
    loss = found.loss
    assert (loss.beta, loss.w, loss.k, loss.gamma) == (0.1, 0.5, 0.5, 0.25)
    train = found.train
    assert (train.learning_rate, train.batch_size, train.accumulation) == (1e-6, 1, 12)
    assert found.model.lora_rank == 0
    assert found.model.freeze_vision


def test_mllm_dpo_is_plain_dpo_with_adapters_and_a_rate_for_the_projector() -> None:
    found = dpo(preset="mllm-dpo")
    assert (found.loss.w, found.loss.gamma) == (0.0, 0.0)
    assert (found.model.lora_rank, found.model.lora_alpha) == (128, 256)
    assert (found.train.learning_rate, found.train.projector_learning_rate) == (5e-5, 2e-5)
    assert found.train.epochs == 3


def test_the_reward_model_of_mm_rlhf_centres_its_scores() -> None:
    found = settings_of("reward", preset="mm-rlhf")
    assert isinstance(found, RewardSettings)
    assert (found.loss.centering, found.train.accumulation) == (0.01, 24)


@pytest.mark.parametrize("name", PRESETS)
def test_every_recipe_of_a_preset_is_known_and_holds(name: str) -> None:
    text = (resources.files("align") / "presets" / PRESETS[name]).read_text("utf-8")
    recipes = tomllib.loads(text)
    assert set(recipes) <= set(SETTINGS)
    for recipe in recipes:
        settings_of(recipe, preset=name)


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_reads_a_format_that_is_written(name: str) -> None:
    recipe = RECIPES[name]
    assert recipe.format in FORMATS
    assert name in SETTINGS
    settings_of(name, preset=recipe.preset)


def test_a_file_is_put_over_the_preset_and_overrides_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "align.toml"
    file.write_text("[dpo.loss]\nw = 0.2\nk = 1.0\n[sft.train]\nepochs = 7\n")
    found = dpo(preset="mm-rlhf", file=file, overrides=["loss.k=2", "dpo.train.seed=9"])
    assert (found.loss.w, found.loss.k, found.loss.gamma) == (0.2, 2.0, 0.25)
    assert (found.train.seed, found.train.epochs) == (9, 1)


def test_an_override_without_a_value_is_null() -> None:
    assert dpo(preset="mm-rlhf").train.max_length == 32768
    assert dpo(preset="mm-rlhf", overrides=["train.max_length="]).train.max_length is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[dpo.loss]\nww = 1", "dpo.loss.ww: unknown key"),
        ("[dpo.loss]\nw = -1", "dpo.loss.w = -1"),
        ("[dpo.loss]\nw = nan", "dpo.loss.w = nan"),
        ("[dop.loss]\nw = 1", "did you mean 'dpo'?"),
        ("dpo = 3", "no table"),
        ("[dpo", "no valid TOML"),
        ("[dpo.train]\nbatch_size = 0", "dpo.train.batch_size = 0"),
        ("[dpo.loss]\nimplicit_beta = true", "unknown key"),
    ],
)
def test_what_does_not_hold_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "align.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as error:
        dpo(file=file)
    assert said in str(error.value)
    assert str(file) in str(error.value)


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(ConfigError, match="No such file"):
        dpo(file=Path("nowhere.toml"))


@pytest.mark.parametrize("override", ["train", "seed=3", "a.b.c=1", ".x=1"])
def test_an_override_that_names_no_setting_is_told(override: str) -> None:
    with pytest.raises(ConfigError, match=r"is no section\.key=value"):
        dpo(overrides=[override])


def test_an_unknown_preset_and_a_recipe_it_lacks_are_told() -> None:
    with pytest.raises(ConfigError, match="did you mean 'mm-rlhf'"):
        dpo(preset="mm-rhlf")
    with pytest.raises(ConfigError, match="preset 'mm-rlhf' has no recipe 'sft'"):
        settings_of("sft", preset="mm-rlhf")
