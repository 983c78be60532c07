"""A judge is named by its model, and never by a folder of the machine that it ran on."""

import pytest

from curate.judge.events import Events
from curate.judge.members import Member
from curate.judge.questions import Judgement
from curate.settings import parse
from schemas.base import content_id
from schemas.event import Usage
from tests.support.pulling import NOW

NAMES = [
    ("/home/somebody/models/qwen", "qwen"),
    ("/home/somebody/models/qwen/", "qwen"),
    ("~/models/qwen", "qwen"),
    ("C:\\Users\\somebody\\qwen", "qwen"),
    ("owner/name", "owner/name"),
    ("some-model", "some-model"),
]


@pytest.mark.parametrize(("model", "name"), NAMES)
def test_a_model_in_a_folder_is_named_by_its_last_part(model: str, name: str) -> None:
    assert Member("openai", model).rater_id == f"openai/{name}"


@pytest.mark.parametrize(("model", "name"), [*NAMES, (None, None)])
def test_a_version_that_is_a_path_is_kept_as_its_last_part(
    model: str | None, name: str | None
) -> None:
    events = Events("openai/qwen", parse("", "test").rubric, "run-1")
    asked = Judgement(content_id("key"), content_id("prompt"), (), 0, 0)
    event = events.of(asked, None, None, model, Usage(), NOW)
    assert (event.rater.id, event.rater.version) == ("openai/qwen", name)
