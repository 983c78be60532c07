"""`curate sample` against a real OpenAI client's server on loopback."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from curate.workspace import Workspace
from tests.support.cli import curate
from tests.support.judge_server.faults import Faults
from tests.support.judge_server.threads import serving
from tests.support.pictures import write_picture
from tests.support.pulling import pulled, tree, workspace_at, write_lines
from tests.support.sampling import (
    asking,
    candidates_of,
    drops_of,
    film,
    lines_of,
    questions,
    sampled,
    saying,
    settings_of,
    text_of,
)

KEY = "sk-never-written-0123456789"
NOBODY = "http://127.0.0.1:9"


def test_each_model_gives_n_answers_a_prompt(tmp_path: Path) -> None:
    workspace = asking(tmp_path, *questions(3))
    with serving() as (url, _):
        ran = sampled(workspace, url, "--model", "qwen", "--model", f"llava@{url}/other", "-n", "2")

    found = ran.json
    assert (ran.code, ran.err) == (0, "")
    assert (found["planned"], found["sampled"], found["calls"]) == (12, 12, 12)
    assert found["models"]["llava"]["endpoint"] == f"{url}/other"
    assert found["models"]["llava"]["reported"] == {"llava": 6}
    assert found["candidates_new"] == 12
    models = [row["generations"][0]["model"] for row in candidates_of(workspace)]
    assert sorted(models) == ["llava"] * 6 + ["qwen"] * 6
    assert found["tokens"]["output"] > 0


def test_a_second_run_asks_nothing_and_changes_no_file(tmp_path: Path) -> None:
    workspace = asking(tmp_path, *questions(3))
    with serving() as (url, record):
        sampled(workspace, url)
        before, asked = tree(workspace.root), record.asked.total()
        found = sampled(workspace, url).json
    assert (found["cached"], found["sampled"], found["pull_id"]) == (12, 0, None)
    assert record.asked.total() == asked
    assert tree(workspace.root) == before


def test_more_answers_ask_for_the_new_ones_only(tmp_path: Path) -> None:
    workspace = asking(tmp_path, *questions(2))
    with serving() as (url, _):
        sampled(workspace, url, "-n", "2")
        found = sampled(workspace, url, "-n", "5").json
    assert (found["cached"], found["sampled"], found["candidates_new"]) == (4, 6, 6)


def test_another_address_of_the_same_model_goes_on(tmp_path: Path) -> None:
    workspace = asking(tmp_path, *questions(2))
    with serving() as (url, _):
        sampled(workspace, url)
        assert sampled(workspace, f"{url}/elsewhere").json["cached"] == 8


def test_a_generation_keeps_its_settings_and_the_seed_that_was_sent(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    bodies: list[dict[str, Any]] = []

    def say(body: dict[str, Any]) -> str:
        bodies.append(body)
        return f"Answer {len(bodies)}."

    options = (
        "--temperature",
        "0.7",
        "--top-p",
        "0.9",
        "--max-tokens",
        "50",
        "--system",
        "Be brief.",
    )
    with serving(answer=say) as (url, _):
        sampled(workspace, url, *options, "-n", "3", "--seed", "5")
    kept = [settings for row in candidates_of(workspace) for settings in settings_of(row)]
    sent = [
        {"system": body["messages"][0]["content"]}
        | {name: body[name] for name in ("temperature", "top_p", "max_tokens", "seed")}
        for body in bodies
    ]
    assert sorted(kept, key=json.dumps) == sorted(sent, key=json.dumps)
    assert len({body["seed"] for body in bodies}) == 3
    assert all(body["temperature"] == 0.7 for body in bodies)


def test_the_same_answer_of_two_models_is_one_candidate_of_both(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    with serving(answer=saying("Red.")) as (url, _):
        found = sampled(workspace, url, "--model", "b", "--model", "a", "-n", "1").json
    (candidate,) = candidates_of(workspace)
    assert [generation["model"] for generation in candidate["generations"]] == ["a", "b"]
    assert (found["sampled"], found["candidates_new"]) == (2, 1)


def test_an_answer_that_is_there_already_gets_one_more_generation(tmp_path: Path) -> None:
    row = {"prompt": "Which?", "responses": [{"text": "Red.", "model": "teacher"}]}
    workspace = asking(tmp_path, row)
    with serving(answer=saying("Red.")) as (url, _):
        found = sampled(workspace, url, "-n", "1", "--all").json
    (candidate,) = candidates_of(workspace)
    assert [generation["model"] for generation in candidate["generations"]] == ["qwen", "teacher"]
    assert found["candidates_new"] == 0


def test_an_answer_cut_by_the_limit_is_kept_and_marked(tmp_path: Path) -> None:
    workspace = asking(tmp_path, *questions(2))
    with serving(faults=Faults(truncated=1)) as (url, _):
        found = sampled(workspace, url, "-n", "1").json
    assert (found["sampled"], found["failed"]) == (2, {})
    assert [dict(row["attributes"]) for row in candidates_of(workspace)] == [
        {"truncated": "true"}
    ] * 2


def test_a_blank_answer_is_dropped_with_its_reason_and_not_asked_again(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    with serving(faults=Faults(empty=1)) as (url, _):
        found = sampled(workspace, url, "-n", "2").json
        again = sampled(workspace, url, "-n", "2").json
    assert (found["sampled"], found["dropped"]) == (2, {"empty_response": 2})
    assert (again["cached"], again["calls"]) == (2, 0)
    rows = drops_of(workspace)
    assert {row["id"] for row in rows} == {line.request_hash for line in lines_of(workspace)}
    assert rows[0]["detail"] == "the answer is null or blank (finish truncated)"


def test_what_is_blocked_is_a_failure_and_final(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    with serving(faults=Faults(blocked_answer=1)) as (url, record):
        assert sampled(workspace, url).json["failed"] == {"blocked": 4}
        asked = record.asked.total()
        again = sampled(workspace, url).json
    assert (again["failed"], again["calls"], record.asked.total()) == ({"blocked": 4}, 0, asked)
    assert candidates_of(workspace) == []


def test_an_error_text_is_a_failure_and_asked_again(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    with serving(answer=saying("Error code: 500 - {'message': 'out of memory'}")) as (url, _):
        ran = sampled(workspace, url, "-n", "1")
    assert (ran.code, ran.json["failed"]) == (0, {"refused_by_server": 1})
    with serving(answer=saying("Red.")) as (url, _):
        assert sampled(workspace, url, "-n", "1").json["sampled"] == 1
    assert [row["response"] for row in candidates_of(workspace)] == ["Red."]


def test_faults_that_pass_lose_and_double_nothing(tmp_path: Path) -> None:
    workspace = asking(tmp_path, *questions(20))
    faults = Faults(throttled=0.1, internal=0.05, cut_before=0.03, cut_within=0.03, slow_s=0.001)
    with serving(faults=faults) as (url, record):
        found = sampled(workspace, url).json
    assert (found["planned"], found["sampled"], found["failed"]) == (80, 80, {})
    assert found["calls"] == record.asked.total() > 80
    assert len(record.answered) == 80
    assert set(record.answered.values()) == {1}
    assert (
        len({line.request_hash for line in lines_of(workspace)}) == len(lines_of(workspace)) == 80
    )


def test_turns_and_pictures_arrive_in_their_order(tmp_path: Path) -> None:
    for name, colour in (("a.png", 0), ("b.png", 90)):
        write_picture(tmp_path / "in" / name, colour=colour)
    media = [{"type": "image", "image": name} for name in ("a.png", "b.png")]
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [media[1], {"type": "text", "text": "Which?"}, media[0]]},
        {"role": "assistant", "content": "The first."},
        {"role": "user", "content": [{"type": "text", "text": "Why?"}]},
    ]
    workspace = asking(tmp_path, {"messages": messages})
    with serving() as (url, record):
        assert sampled(workspace, url, "-n", "1").json["sampled"] == 1
        sent = json.loads(record.last_body)["messages"]
    assert [turn["role"] for turn in sent] == ["system", "user", "assistant", "user"]
    assert (sent[0]["content"], sent[2]["content"]) == ("Be brief.", "The first.")
    assert [part["type"] for part in sent[1]["content"]] == ["image_url", "text", "image_url"]
    urls = [part["image_url"]["url"] for part in sent[1]["content"] if part["type"] == "image_url"]
    assert urls[0] != urls[1]
    assert sent[3]["content"] == "Why?"


def test_a_prompt_that_cannot_be_sent_is_told_and_left_out(tmp_path: Path) -> None:
    write_picture(tmp_path / "in" / "a.png")
    late = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Go on."},
        ]
    }
    workspace = asking(tmp_path, "Which?", {"prompt": "This?", "images": ["a.png"]}, late)
    next(path for path in workspace.media.rglob("*.png")).unlink()
    with serving() as (url, _):
        ran = sampled(workspace, url)
    assert ran.json["skipped"] == {"missing_media": 1, "bad_type": 1}
    assert (ran.json["prompts"], ran.json["sampled"]) == (1, 4)
    assert "left out: bad_type 1, missing_media 1" in ran.err


def test_a_prompt_whose_picture_never_came_is_left_out(tmp_path: Path) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    rows = [{"prompt": "This?", "images": ["gone.png"]}]
    pulled(workspace, write_lines(tmp_path / "in.jsonl", rows), missing_media="keep")
    found = sampled(workspace, NOBODY, "--dry-run").json
    assert (found["skipped"], found["planned"]) == ({"missing_media": 1}, 0)


def test_a_video_is_sent_as_frames(tmp_path: Path) -> None:
    pytest.importorskip("av")
    film(tmp_path / "in" / "film.mp4", 9)
    workspace = asking(tmp_path, {"prompt": "What moves?", "video": "film.mp4"})
    with serving() as (url, record):
        assert sampled(workspace, url, "-n", "1", "--frames", "3").json["sampled"] == 1
        content = json.loads(record.last_body)["messages"][0]["content"]
        again = sampled(workspace, url, "-n", "1", "--frames", "3").json
    assert sorted(part["type"] for part in content) == [*["image_url"] * 3, "text"]
    assert again["cached"] == 1


def test_a_video_without_the_extra_stops_before_anything_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("av")
    film(tmp_path / "in" / "film.mp4", 2)
    workspace = asking(tmp_path, {"prompt": "What moves?", "video": "film.mp4"})
    monkeypatch.setattr("curate.media.video.has_reader", lambda: False)
    ran = sampled(workspace, NOBODY)
    assert (ran.code, ran.out.count("\n")) == (1, 1)
    assert "pip install 'pairwright[video]'" in ran.err


def test_a_dry_run_plans_and_neither_asks_nor_writes(tmp_path: Path) -> None:
    workspace = asking(tmp_path, *questions(3))
    before = tree(workspace.root)
    found = sampled(workspace, NOBODY, "--dry-run", "-n", "2").json
    assert (found["planned"], found["left"], found["calls"]) == (6, 6, 0)
    assert tree(workspace.root) == before
    assert not workspace.samples.exists()


def test_a_preview_is_what_is_sent_but_for_the_pictures_bytes(tmp_path: Path) -> None:
    picture = write_picture(tmp_path / "in" / "a.png")
    workspace = asking(tmp_path, {"prompt": "Which?", "images": ["a.png"]})
    with serving() as (url, record):
        (preview,) = sampled(workspace, url, "-n", "1", "--preview", "2").json["preview"]
        assert not record.asked
        sampled(workspace, url, "-n", "1")
        sent = json.loads(record.last_body)
    size = picture.stat().st_size
    for part in sent["messages"][0]["content"]:
        if part["type"] == "image_url":
            part["image_url"]["url"] = f"data:image/png;base64,({size} bytes)"
    assert preview["body"] == sent
    assert preview["endpoint"] == f"{url}/v1"


def test_a_server_that_is_not_there_is_told_at_once_and_stops_its_models_only(
    tmp_path: Path,
) -> None:
    workspace = asking(tmp_path, *questions(2))
    with serving() as (url, _):
        ran = sampled(workspace, url, "--model", f"gone@{NOBODY}", "--model", "qwen", "-n", "1")
    assert ran.code == 1
    assert ran.err.startswith(f"error: no server answers at {NOBODY}/v1 (Connection refused)")
    assert len(ran.err.splitlines()) == 1
    assert ran.json["stopped"] == ran.err.removeprefix("error: ").strip()
    assert (ran.json["sampled"], ran.json["left"], ran.json["candidates_new"]) == (2, 2, 2)


def test_an_unknown_model_stops_with_the_servers_words(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    with serving(faults=Faults(unknown_model=1)) as (url, _):
        ran = sampled(workspace, url)
    assert ran.code == 1
    assert "does not know the model (404: The model `qwen` does not exist" in ran.err
    assert workspace.sample_journals() == []
    assert ran.json["pull_id"] is None


def test_the_key_is_sent_and_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = asking(tmp_path, *questions(2))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving(faults=Faults(internal=0.3)) as (url, record):
        ran = sampled(workspace, url, "--debug")
    with serving(faults=Faults(invalid_key=1)) as (other, _):
        refused = sampled(workspace, other, "--seed", "1", "--debug")
    assert record.keys == {f"Bearer {KEY}"}
    assert refused.code == 1
    assert KEY not in ran.out + ran.err + refused.out + refused.err
    assert not [name for name, data in tree(workspace.root).items() if KEY.encode() in data]


def test_a_server_of_ones_own_needs_no_key(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    with serving() as (url, record):
        assert sampled(workspace, url).code == 0
    assert record.keys == {"Bearer EMPTY"}


def test_a_build_and_show_afterwards_know_the_answers(demo_copy: Path) -> None:
    workspace = Workspace.open(demo_copy)
    with serving(answer=lambda body: f"To {text_of(body)[:20]}: {body['model']}.") as (url, _):
        models = ("--model", "qwen", "--model", "llava")
        found = sampled(workspace, url, *models, "-n", "1", "--all", "--limit", "3").json
    assert (found["prompts"], found["candidates_new"]) == (3, 6)
    built = curate("build", "-C", demo_copy, "--json")
    assert (built.code, built.json["candidates"]) == (0, 391 + 6)
    made = next(row for row in candidates_of(workspace) if row["source"].startswith("sample:qwen"))
    shown = curate("show", made["candidate_id"], "-C", demo_copy)
    assert f"{made['candidate_id']} by qwen <" in shown.out
    assert curate("status", "-C", demo_copy, "--json").json["up_to_date"]


def test_a_forgotten_run_is_drawn_anew(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    with serving() as (url, _):
        pull_id = sampled(workspace, url).json["pull_id"]
        assert curate("forget", pull_id, "-C", workspace.root).code == 0
        assert candidates_of(workspace) == []
        again = sampled(workspace, url).json
        third = sampled(workspace, url).json
    assert (again["sampled"], again["cached"], again["candidates_new"]) == (4, 0, 4)
    assert (third["cached"], third["pull_id"]) == (4, None)


def test_a_licence_stands_in_the_pull(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    with serving() as (url, _):
        pull_id = sampled(workspace, url, "--licence", "MIT").json["pull_id"]
    manifest = json.loads((workspace.pulls / pull_id / "pull.json").read_text("utf-8"))
    assert (manifest["format"], manifest["licence"]) == ("sample", "MIT")
    assert manifest["source"] == f"sample:qwen@{url.removeprefix('http://')}"


def test_the_page_names_the_keys_of_the_object(tmp_path: Path, repo_root: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    found = sampled(workspace, NOBODY, "--dry-run").json
    page = (repo_root / "docs" / "cli.md").read_text("utf-8")
    (row,) = re.findall(r"^\| `sample` \| (.*); with `--dry-run`", page, re.MULTILINE)
    models = row[row.index("{name: {") : row.index("}}")]
    assert set(re.findall(r"`(\w+)`", models)) == set(found["models"]["qwen"])
    named = set(re.findall(r"`(\w+)`", row.replace(models, "")))
    assert named | {"preview"} == set(found)


def test_people_read_a_table_by_model(tmp_path: Path) -> None:
    workspace = asking(tmp_path, *questions(2))
    with serving() as (url, _):
        ran = curate("sample", "--endpoint", url, "--model", "qwen", "-C", workspace.root)
    assert ran.out.startswith("8 answers came, 0 of 8 were here already, 0 failed, 0 are left.\n")
    assert f"qwen   {url}/v1        8     0     8       0     0\n" in ran.out
    assert "Pulled as sample-qwen-127-0-0-1-" in ran.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Missing option '--model'."),
        (("--model", "m"), "--model 'm' has no address"),
        (("--model", "m@http://h", "--top-p", "2"), "--top-p"),
        (("--model", "m@http://h", "-n", "0"), "-n"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    workspace = asking(tmp_path, "Which?")
    ran = curate("sample", *options, "-C", workspace.root)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_equal_answers_at_temperature_0_are_warned_of(tmp_path: Path) -> None:
    workspace = asking(tmp_path, "Which?")
    ran = sampled(workspace, NOBODY, "--temperature", "0", "--dry-run")
    assert "temperature 0 gives the same answer 4 times" in ran.err


def test_that_every_prompt_has_answers_is_told_with_the_way_out(demo_workspace: Path) -> None:
    ran = sampled(Workspace.open(demo_workspace), NOBODY, "--dry-run")
    assert (ran.json["planned"], ran.code) == (0, 0)
    assert "--all takes the others too" in ran.err
