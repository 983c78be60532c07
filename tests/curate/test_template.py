import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from curate.settings import Settings, parse
from curate.template import config_text
from schemas.errors import ConfigError
from schemas.rubric import PRESETS

SETTING = re.compile(r"# ([a-z_]+ = .*)")
TABLE = re.compile(r"# (\[\[[a-z.]+\]\])")


def commented(preset: str) -> Iterator[tuple[str, str, str]]:
    """(section, setting, the whole text with that line or block brought in) of what is out."""
    lines = config_text(preset).splitlines()
    section = ""
    for at, line in enumerate(lines):
        if line.startswith("["):
            section = line.split("]")[0].strip("[")
        if TABLE.match(line):
            end = next(i for i in range(at, len(lines)) if not lines[i].startswith("# "))
            block = [text.removeprefix("# ") for text in lines[at:end]]
            yield section, line, "\n".join([*lines[:at], *block, *lines[end:]])
        elif SETTING.match(line) and not in_a_table(lines, at):
            text = "\n".join([*lines[:at], line.removeprefix("# "), *lines[at + 1 :]])
            yield section, line.removeprefix("# "), text


def in_a_table(lines: list[str], at: int) -> bool:
    """Whether a line belongs to a commented [[table]] above it."""
    while at >= 0 and lines[at].startswith("# "):
        if TABLE.match(lines[at]):
            return True
        at -= 1
    return False


def value_in(settings: Settings, section: str, key: str) -> Any:
    """The value a setting has in force, with the preset's where it comes from there."""
    found = settings.pairs if section == "pairs" else getattr(settings.config, section)
    return found.model_dump(mode="json")[key]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_template_holds_as_it_is(preset: str) -> None:
    assert parse(config_text(preset), "here").config.rubric.preset == preset


@pytest.mark.parametrize("preset", PRESETS)
def test_every_commented_line_is_a_setting_there_is(preset: str) -> None:
    found = list(commented(preset))
    assert len(found) > 15
    for _section, _line, text in found:
        parse(text, "here")


@pytest.mark.parametrize("preset", PRESETS)
def test_every_commented_setting_shows_its_default_or_says_that_it_is_an_example(
    preset: str,
) -> None:
    in_force = parse(config_text(preset), "here")
    for section, line, _text in commented(preset):
        if "e.g." in line:
            continue
        ((key, shown),) = tomllib.loads(line).items()
        assert value_in(in_force, section, key) == shown, line


@pytest.mark.parametrize("preset", PRESETS)
def test_no_line_is_too_wide_to_read(preset: str) -> None:
    assert max(map(len, config_text(preset).splitlines())) <= 100


def test_a_setting_stands_in_its_section() -> None:
    text = config_text("five-metric", ["pairs.policy=all-ranked", "split.test=0.1"])
    config = parse(text, "here").config
    assert config.pairs.policy == "all-ranked"
    assert config.split.test == 0.1
    assert text.count("[pairs]") == 1


def test_a_section_that_the_template_lacks_is_added() -> None:
    text = config_text("five-metric", ["dedupe.boilerplate=true", "pairs.mix.text_share=0.5"])
    config = parse(text, "here").config
    assert config.dedupe.boilerplate
    assert config.pairs.mix.text_share == 0.5


@pytest.mark.parametrize("override", ["policy=all-ranked", "pairs.policy", "=", ".x=1", "pairs.=1"])
def test_what_is_no_setting_is_refused(override: str) -> None:
    with pytest.raises(ConfigError, match=r"is no section.key=value"):
        config_text("five-metric", [override])
