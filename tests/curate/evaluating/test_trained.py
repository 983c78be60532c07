"""A trained model is evaluated, and answers, through the command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import AlignError
from tests.support.cli import curate
from tests.support.pairs import build, pair, picture, user, written
from tests.support.pulling import workspace_at, write_lines
from tests.support.tiny_models import saved_adapter
from tests.support.trainers import TRAINS

pytestmark = TRAINS


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.support.tiny_models import saved_model, tiny_llava

    return saved_model(tiny_llava(), tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    store = tmp_path / "media"
    rows = [
        pair(
            [user(0, f"How many cups {n} ?")],
            [picture(store, n)],
            "Three .",
            "Two , I think .",
            split="test" if n < 3 else "train",
        )
        for n in range(5)
    ]
    written("trl", build(tmp_path, rows), tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def adapter(model: Path, tmp_path: Path) -> Path:
    """A run that trained an adapter on the model."""
    folder = saved_adapter(model, tmp_path / "dpo-1")
    (folder / "run.json").write_text(json.dumps({"model": str(model), "recipe": "dpo"}))
    return folder


def evaluate(*given: Any) -> Any:
    from curate.evaluating.preference import evaluate as stage

    return stage(*given)


def rows_of(export: Path, split: str) -> list[Any]:
    import pyarrow.parquet as pq

    return [row for path in export.glob(f"{split}-*") for row in pq.read_table(path).to_pylist()]


def test_an_adapter_is_held_against_its_base(model: Path, adapter: Path, export: Path) -> None:
    found = evaluate(str(adapter), export, None, 2)
    assert (found.model, found.reference, found.report.pairs) == ("dpo-1", "its base", 3)
    beside = evaluate(str(adapter), export, str(model), 2)
    assert found.report.implicit_reward is not None
    assert beside.report.implicit_reward is not None
    one, other = found.report.implicit_reward, beside.report.implicit_reward
    assert one.acc == other.acc
    assert one.mean_difference == pytest.approx(other.mean_difference, abs=1e-3)
    assert one.mean_difference != 0


def test_a_whole_model_is_held_against_what_its_run_began_with(
    model: Path, export: Path, tmp_path: Path
) -> None:
    run = tmp_path / "sft-1"
    shutil.copytree(model, run / "model")
    (run / "run.json").write_text(json.dumps({"model": str(model), "recipe": "sft"}))
    found = evaluate(str(run), export, None, 2)
    assert found.reference == str(model)
    assert found.report.implicit_reward is not None
    assert found.report.implicit_reward.ties == 3
    assert evaluate(str(run), export, "none", 2).report.implicit_reward is None
    (run / "run.json").write_text(json.dumps({"model": "./gone/away", "recipe": "sft"}))
    with pytest.raises(AlignError, match=r"\(./gone/away\) is not here; name it with --reference"):
        evaluate(str(run), export, None, 2)


def test_pairs_that_were_trained_on_are_left_out(adapter: Path, export: Path) -> None:
    first, *_ = rows_of(export, "test")
    seen = {"prompts": [first["prompt_id"]], "components": []}
    (adapter / "trained_on.json").write_text(json.dumps(seen))
    found = evaluate(str(adapter), export, None, 2)
    assert (found.in_sample, found.report.pairs) == (1, 2)
    everything = {"prompts": [row["prompt_id"] for row in rows_of(export, "test")]}
    (adapter / "trained_on.json").write_text(json.dumps(everything))
    with pytest.raises(AlignError, match="no held-out pair that dpo-1 was not trained on"):
        evaluate(str(adapter), export, None, 2)


def test_preference_is_told_to_people_and_programs(adapter: Path, export: Path) -> None:
    asked: list[str | Path] = ["align", "evaluate", "preference", adapter, "--data", export]
    ran = curate(*asked)
    assert ran.code == 0, ran.err
    assert "dpo-1 on 3 held-out pairs of 3 prompts; reference: its base" in ran.out
    found = curate(*asked, "--json").json
    measured = found["implicit_reward"]
    assert measured["acc"]["whole"] == 3
    (line,) = [one for one in ran.out.splitlines() if one.startswith("implicit reward")]
    acc, whole = measured["acc"], measured["acc_plus"]
    bounds = f"{acc['low']:.3f} to {acc['high']:.3f}"
    assert line.split("  ")[1:5] == [f"{acc['value']:.3f}", bounds, bounds, f"{whole['value']:.3f}"]


def test_generate_answers_beside_the_run_and_says_what_is_next(adapter: Path, export: Path) -> None:
    ran = curate("align", "generate", adapter, export, "--split", "test", "--max-tokens", "4")
    assert ran.code == 0, ran.err
    out = adapter / "answers" / "out-test.jsonl"
    assert len(out.read_text().splitlines()) == 3
    assert f"Take them in with: curate pull {out}\n" in ran.out


def test_generate_takes_run_and_prompts_of_the_workspace_by_name(
    adapter: Path, export: Path, tmp_path: Path
) -> None:
    work = workspace_at(tmp_path / "work").root
    shutil.copytree(adapter, work / "runs" / "dpo-1")
    shutil.copytree(export, work / "exports" / "trl")
    asked = ["align", "generate", "dpo-1", "exports/trl", "--split", "test", "--max-tokens", "4"]
    ran = curate(*asked, "-C", work)
    assert ran.code == 0, ran.err
    out = work / "runs" / "dpo-1" / "answers" / "trl-test.jsonl"
    assert f"Take them in with: curate pull {out} -C {work}\n" in ran.out
    assert "Add --licence NAME" in ran.out


def test_steerlm_is_asked_for_by_the_workspaces_rubric(
    model: Path, export: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.jsonl"
    asked: list[str | Path] = [
        "align",
        "generate",
        model,
        export,
        "--out",
        out,
        "--max-tokens",
        "2",
    ]
    ran = curate(*asked, "--attributes", "verbosity=0", "--limit", "1", "--json")
    assert ran.json["written"] == 1
    (line,) = map(json.loads, out.read_text().splitlines())
    request = line["responses"][0]["sampling"]["request"]
    assert request.endswith("\nHelpfulness:4,Correctness:4,Coherence:4,Complexity:4,Verbosity:0")
    refused = curate(*asked, "--attributes", "verbosity=9")
    assert (refused.code, "not on its scale" in refused.err) == (2, True)


def test_several_answers_need_a_temperature(model: Path, export: Path, tmp_path: Path) -> None:
    ran = curate("align", "generate", model, export, "-n", "3", "--out", tmp_path / "a.jsonl")
    assert ran.code == 2
    assert "greedy answers are all the same; add --temperature" in ran.err


def test_an_adapter_is_merged_before_it_is_handed_over(adapter: Path, export: Path) -> None:
    from align.checkpoints import open_model
    from align.merging import merge, merged_folder

    ran = curate("align", "evaluate", "lmms", adapter, "--dry-run", "--json")
    merged = merged_folder(str(adapter))
    assert f"pretrained={merged}" in ran.json["command"]
    assert not merged.exists()
    assert merge(str(adapter)) == merged
    whole = evaluate(str(merged), export, "none", 2).report.log_probability
    tuned = evaluate(str(adapter), export, "none", 2).report.log_probability
    assert whole.mean_difference == pytest.approx(tuned.mean_difference, abs=1e-4)
    assert not (merged / "adapter_config.json").exists()
    before = (merged / "model.safetensors").stat().st_mtime_ns
    assert merge(str(adapter)) == merged
    assert (merged / "model.safetensors").stat().st_mtime_ns == before
    assert open_model(str(merged)).sees


def test_text_benchmarks_are_answered_and_say_how_to_judge(adapter: Path, tmp_path: Path) -> None:
    bench = tmp_path / "mt_bench"
    write_lines(
        bench / "question.jsonl",
        [
            {"question_id": 1, "category": "math", "turns": ["Two and two?", "Why?"]},
        ],
    )
    ran = curate("align", "evaluate", "mt-bench", adapter, bench, "--max-tokens", "4")
    assert ran.code == 0, ran.err
    assert "gen_judgment.py --bench-name mt_bench --judge-model gpt-4 --model-list dpo-1" in ran.out
    (row,) = map(json.loads, (bench / "model_answer" / "dpo-1.jsonl").read_text().splitlines())
    assert len(row["choices"][0]["turns"]) == 2
    source = tmp_path / "instructions.json"
    source.write_text(json.dumps([{"instruction": "Name a cup."}]))
    told = curate(
        "align",
        "evaluate",
        "alpaca-eval",
        adapter,
        source,
        "--max-tokens",
        "4",
        "--json",
    ).json
    outputs = adapter / "evaluation" / "alpaca_eval" / "model_outputs.json"
    assert told["path"] == str(outputs)
    assert told["command"].startswith(f"alpaca_eval --model_outputs {outputs} ")
    assert json.loads(outputs.read_text())[0]["generator"] == "dpo-1"
