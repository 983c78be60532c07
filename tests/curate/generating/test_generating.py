"""A trained model answers prompts into a file that `curate pull` takes."""

import json
from pathlib import Path
from typing import Any

import pytest

from align.progress import unseen
from curate.settings import preset_rubric
from schemas.errors import SourceError, WorkspaceError
from tests.support.cli import start
from tests.support.examples import NOON
from tests.support.pairs import build, frames, pair, picture, turn, user, written
from tests.support.pulling import pulled, rows_of, workspace_at, write_lines
from tests.support.tiny_models import saved_adapter
from tests.support.trainers import TRAINS
from tests.support.waiting import until

pytestmark = TRAINS
RUBRIC = preset_rubric("five-metric")
STAGE = "curate.generating.stage"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.support.tiny_models import saved_model, tiny_idefics3

    return saved_model(tiny_idefics3(), tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    store = tmp_path / "media"
    rows = [
        pair([user(0, "How many cups ?")], [picture(store, 1)], "Three .", "Two .", split="test"),
        pair([user(0, "How many ?")], [frames(store, [4, 5])], "Three .", "Two .", split="test"),
        pair([user("Why ?")], chosen="Three .", rejected="Two .", split="test"),
        pair([user(0, "Same ?"), turn("assistant", "Yes ."), user("Why ?")], [picture(store, 6)]),
    ]
    written("trl", build(tmp_path, rows), tmp_path / "out")
    return tmp_path / "out"


def asked(model: Path, source: Path, out: Path, **more: Any) -> Any:
    from align.generate import Decoding
    from curate.generating.report import Asked

    decoding = Decoding(**{"max_new_tokens": 6, **more.pop("decoding", {})})
    return Asked(model=str(model), source=str(source), out=out, decoding=decoding, **more)


def generate(*given: Any, **more: Any) -> Any:
    from curate.generating.stage import generate as stage

    return stage(asked(*given, **more), RUBRIC, NOON, unseen)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_answers_to_a_split_are_pulled_as_candidates(
    model: Path, export: Path, tmp_path: Path
) -> None:
    out = tmp_path / "answers" / "test.jsonl"
    report = generate(model, export, out, split="test", batch_size=2)
    assert (report.prompts, report.written, dict(report.left_out)) == (3, 3, {})
    workspace = workspace_at(tmp_path / "workspace")
    pull = pulled(workspace, out)
    assert (pull.prompts, pull.dropped) == (3, {})
    candidates = rows_of(workspace, "candidates")
    assert {row["response"] for row in candidates} == {
        answer["text"] for line in lines(out) for answer in line["responses"]
    }
    made = [generation for row in candidates for generation in row["generations"]]
    assert {one["model"] for one in made} == {"tiny"}
    assert all(json.loads(one["sampling"])["checkpoint"] == report.checkpoint for one in made)
    ids = {line["key"] for line in lines(out)}
    assert {row["prompt_id"] for row in candidates} == ids
    assert {row["prompt_id"] for row in rows_of(workspace, "prompts")} == ids


def test_answers_meet_the_prompts_that_a_workspace_has(
    model: Path, export: Path, tmp_path: Path
) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    pulled(workspace, export)
    before = {row["prompt_id"] for row in rows_of(workspace, "prompts")}
    out = tmp_path / "answers.jsonl"
    generate(model, export, out)
    pulled(workspace, out)
    assert {row["prompt_id"] for row in rows_of(workspace, "prompts")} == before
    assert len(before) == 4


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_a_run_that_was_cut_off_ends_as_an_unbroken_one(
    model: Path, export: Path, tmp_path: Path, temperature: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    from align.generate import write_answers

    decoding = {"temperature": temperature, "seed": 7}
    whole, broken = tmp_path / "whole" / "a.jsonl", tmp_path / "broken" / "a.jsonl"
    generate(model, export, whole, batch_size=2, decoding=decoding)
    with monkeypatch.context() as patch:
        patch.setattr(f"{STAGE}.write_answers", failing_at(2, write_answers))
        with pytest.raises(KeyboardInterrupt):
            generate(model, export, broken, batch_size=2, decoding=decoding)
    with broken.open("r+b") as file:  # the second line is torn, as by a power cut
        file.truncate(len(file.read()) - 10)
    report = generate(model, export, broken, batch_size=2, decoding=decoding)
    assert (report.already, report.written) == (1, 3)
    assert by_prompt(broken) == by_prompt(whole)
    again = generate(model, export, broken, batch_size=2, decoding=decoding)
    assert (again.already, again.written) == (4, 0)
    assert len(lines(broken)) == 4


def test_a_run_that_is_killed_goes_on_and_answers_nothing_twice(
    model: Path, tmp_path: Path
) -> None:
    source = write_lines(tmp_path / "prompts.jsonl", [{"prompt": f"Cup {n}?"} for n in range(60)])
    whole, killed = tmp_path / "whole" / "a.jsonl", tmp_path / "killed" / "a.jsonl"
    running = start(
        *("align", "generate", model, source, "--out", killed),
        *("--max-tokens", "6", "--batch-size", "1", "-C", tmp_path),
    )
    until(lambda: killed.exists() and killed.read_bytes().count(b"\n") >= 3)
    running.kill()
    running.communicate()
    before = len(killed.read_bytes().splitlines())
    report = generate(model, source, killed, batch_size=1)
    assert before < 60
    assert report.already + report.written == 60
    generate(model, source, whole, batch_size=8)
    assert by_prompt(killed) == by_prompt(whole)
    assert len(lines(killed)) == 60


def by_prompt(path: Path) -> dict[str, list[str]]:
    found = [(line["key"], [one["text"] for one in line["responses"]]) for line in lines(path)]
    assert len({key for key, _ in found}) == len(found)
    return dict(found)


def failing_at(call: int, real: Any) -> Any:
    calls = iter(range(1, 100))

    def fails(*given: Any, **more: Any) -> Any:
        if next(calls) == call:
            raise KeyboardInterrupt
        return real(*given, **more)

    return fails


def test_several_answers_are_drawn_and_a_seed_draws_them_again(
    model: Path, export: Path, tmp_path: Path
) -> None:
    drawn = {"decoding": {"temperature": 1.0, "seed": 1}, "count": 3, "split": "test"}
    generate(model, export, tmp_path / "a.jsonl", **drawn)
    generate(model, export, tmp_path / "b.jsonl", **drawn)
    assert by_prompt(tmp_path / "a.jsonl") == by_prompt(tmp_path / "b.jsonl")
    other = {**drawn, "decoding": {"temperature": 1.0, "seed": 2}}
    generate(model, export, tmp_path / "c.jsonl", **other)
    assert by_prompt(tmp_path / "a.jsonl") != by_prompt(tmp_path / "c.jsonl")
    assert all(len(set(texts)) == 3 for texts in by_prompt(tmp_path / "a.jsonl").values())


def test_answers_made_in_another_way_do_not_mix(model: Path, export: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    generate(model, export, out, split="test")
    with pytest.raises(WorkspaceError, match=r"line 1: answers of max_tokens 6, not 5; write to"):
        generate(model, export, out, decoding={"max_new_tokens": 5})


def test_the_request_follows_the_text_that_the_model_is_shown(
    model: Path, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from align.generate import encode
    from curate.generating.requests import steerlm_request

    seen: list[Any] = []
    monkeypatch.setattr(f"{STAGE}.encode", lambda *given: kept(seen, encode, *given))
    request = steerlm_request(RUBRIC, {})
    out = tmp_path / "a.jsonl"
    generate(model, export, out, request=request, split="test")
    last = [turns[-1].parts[-1] for turns in seen[0]]
    assert last == [f"{text}{request}" for text in ("How many cups ?", "How many ?", "Why ?")]
    written_down = lines(out)
    assert all(request not in json.dumps(line["messages"]) for line in written_down)
    assert {line["responses"][0]["sampling"]["request"] for line in written_down} == {request}


def kept(seen: list[Any], real: Any, loaded: Any, turns: Any) -> Any:
    seen.append(turns)
    return real(loaded, turns)


def test_what_cannot_be_asked_is_counted(model: Path, tmp_path: Path) -> None:
    rows = [
        {"prompt": "Why?"},
        {"prompt": "w" * 3000},
        {"prompt": "How many?", "images": ["gone.png"]},
        {"prompt": "Who?", "images": ["../../etc/passwd"]},
        {"prompt": " "},
        b"not json",
    ]
    source = write_lines(tmp_path / "prompts.jsonl", rows)
    out = tmp_path / "out" / "a.jsonl"
    report = generate(model, source, out)
    assert report.payload()["left_out"] == {
        "bad_json": 1,
        "empty_prompt": 1,
        "missing_media": 1,
        "over_length": 1,
        "unsafe_path": 1,
    }
    assert report.written == 1


def test_a_model_of_texts_is_not_asked_about_pictures(export: Path, tmp_path: Path) -> None:
    from tests.support.tiny_models import saved_model, tiny_llama

    model = saved_model(tiny_llama(), tmp_path / "text-model")
    report = generate(model, export, tmp_path / "a.jsonl")
    assert (report.written, dict(report.left_out)["text_only_model"]) == (1, 3)


@pytest.mark.parametrize("split", ["none", "tes"])
def test_a_split_that_is_not_there_is_said(
    model: Path, export: Path, tmp_path: Path, split: str
) -> None:
    with pytest.raises(SourceError, match=f"no file of split '{split}'"):
        generate(model, export, tmp_path / "a.jsonl", split=split)


@pytest.fixture
def adapter(model: Path, tmp_path: Path) -> Path:
    return saved_adapter(model, tmp_path / "run-7")


def test_an_adapter_answers_on_its_base(
    model: Path, adapter: Path, export: Path, tmp_path: Path
) -> None:
    base = generate(model, export, tmp_path / "base.jsonl", split="test")
    tuned = generate(adapter, export, tmp_path / "tuned.jsonl", split="test")
    assert tuned.model == "run-7"
    assert tuned.checkpoint != base.checkpoint
    assert by_prompt(tmp_path / "base.jsonl") != by_prompt(tmp_path / "tuned.jsonl")


def test_a_pickled_adapter_is_not_read(adapter: Path, export: Path, tmp_path: Path) -> None:
    from schemas.errors import AlignError

    weights = adapter / "model" / "adapter_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(AlignError, match="no pickle is read"):
        generate(adapter, export, tmp_path / "a.jsonl")


def test_a_checkpoint_is_named_by_its_content(model: Path, tmp_path: Path) -> None:
    import shutil

    from align.checkpoints import digest_of, open_model

    loaded = open_model(str(model))
    copy = shutil.copytree(model, tmp_path / "copy")
    assert digest_of(str(copy), loaded) == digest_of(str(model), loaded)
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\1")
    assert digest_of(str(copy), loaded) != digest_of(str(model), loaded)
