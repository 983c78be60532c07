"""The call of lmms-eval for a checkpoint."""

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from align.evaluation.benchmarks import BENCHMARKS, default_tasks
from align.evaluation.families import ANY, FAMILIES, checked_type
from align.evaluation.lmms import expect_installed, hand_over, installed, run, tasks_in
from schemas.errors import AlignError, MissingExtraError, UsageError
from tests.support.needed import missing


def real_package() -> Path:
    """lmms-eval, installed here or unpacked where PAIRWRIGHT_LMMS_EVAL says."""
    named = os.environ.get("PAIRWRIGHT_LMMS_EVAL")
    if named:
        return Path(named)
    spec = find_spec("lmms_eval")
    if spec is None or spec.origin is None:
        missing("lmms-eval is neither installed nor named by PAIRWRIGHT_LMMS_EVAL")
    return Path(str(spec.origin)).parent


@pytest.mark.train
def test_every_task_is_one_of_lmms_eval() -> None:
    there = tasks_in(real_package())
    assert {one.task for one in BENCHMARKS if not one.fork} <= there
    assert not {one.task for one in BENCHMARKS if one.fork} & there


@pytest.mark.train
def test_every_metric_is_one_of_its_task() -> None:
    tasks = real_package() / "tasks"
    for one in BENCHMARKS:
        if one.fork:
            continue
        named = re.compile(rf"^task[ \t]*:[ \t]*[\"']?{one.task}[\"']?\s*$", re.MULTILINE)
        (file,) = [path for path in tasks.rglob("*.yaml") if named.search(path.read_text())]
        texts = [path.read_text() for path in file.parent.glob("*_yaml")] + [file.read_text()]
        told = {name for text in texts for name in re.findall(r"- metric: (\w+)", text)}
        assert set(one.metrics) <= told, one.task


@pytest.mark.train
def test_every_family_is_a_model_of_lmms_eval() -> None:
    registered = (real_package() / "models" / "__init__.py").read_text()
    for family in {*FAMILIES.values(), ANY}:
        assert f'    "{family}": "' in registered


def test_the_papers_have_the_benchmarks_of_their_tables() -> None:
    assert {"llava_in_the_wild", "mmvet", "pope", "mmbench_en_dev"} == set(
        default_tasks("mllm-dpo")
    )
    assert len(default_tasks("mm-rlhf")) == 16
    assert set(default_tasks()) == {*default_tasks("mllm-dpo"), *default_tasks("mm-rlhf")}


@pytest.mark.parametrize(
    ("model_type", "family", "more"),
    [
        ("llava", "llava_hf", ""),
        ("llava_onevision", "llava_hf", ""),
        ("qwen2_5_vl", "qwen2_5_vl", ""),
        ("gemma3", "gemma3", ",trust_remote_code=False"),
        ("idefics3", "huggingface", ",trust_remote_code=False"),
    ],
)
def test_a_checkpoint_is_run_by_its_familys_class(model_type: str, family: str, more: str) -> None:
    call = hand_over("runs/a/model", model_type, ["pope", "mme"], Path("out"), python="py")
    line = (
        f"py -m accelerate.commands.launch --num_processes 1 -m lmms_eval --model {family} "
        f"--model_args pretrained=runs/a/model{more} --tasks pope,mme "
        "--batch_size 1 --output_path out"
    )
    assert list(call.arguments) == line.split(" ")


def test_a_limit_and_processes_are_handed_on() -> None:
    call = hand_over("m", "llava", ["pope"], Path("out"), processes=4, batch_size=2, limit=8)
    line = " ".join(call.arguments)
    assert "--num_processes 4 " in line
    assert line.endswith("--batch_size 2 --output_path out --limit 8")


def package_of(folder: Path, *tasks: str) -> Path:
    for task in tasks:
        path = folder / "lmms_eval" / "tasks" / task / f"{task}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(f'task: "{task}"\nmetric_list:\n  - metric: a\ntag:\n- x\n')
    return folder / "lmms_eval"


def test_tasks_that_the_installed_one_has_not_are_left_out_and_told(tmp_path: Path) -> None:
    package = package_of(tmp_path, "pope", "mme")
    call = hand_over("m", "llava", ["pope", "mmhal_bench"], Path("out"), package=package)
    assert (call.tasks, call.not_there) == (["pope"], ["mmhal_bench"])
    with pytest.raises(AlignError, match=r"no task 'popes'; did you mean 'pope'\?"):
        hand_over("m", "llava", ["popes"], Path("out"), package=package)


def test_a_folder_with_marks_in_its_name_is_refused() -> None:
    with pytest.raises(AlignError, match="rename the folder"):
        hand_over("a,trust_remote_code=True", "llava", ["pope"], Path("out"))


def test_it_is_said_where_it_is_not_installed(tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S "$@"\n')
    bare.chmod(0o755)
    assert installed(str(bare)) is None
    with pytest.raises(MissingExtraError, match="lmms-eval is not installed; pip install lmms-ev"):
        expect_installed(installed(str(bare)))
    with pytest.raises(UsageError, match="no-such-python"):
        installed(str(tmp_path / "no-such-python"))


def checkpoint(folder: Path, **config: object) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"model_type": "llava", **config}))
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def test_a_checkpoint_with_code_of_its_own_is_not_handed_over(tmp_path: Path) -> None:
    assert checked_type(checkpoint(tmp_path / "good")) == "llava"
    with pytest.raises(AlignError, match=r"code of its own \(auto_map\)"):
        checked_type(checkpoint(tmp_path / "bad", auto_map={"AutoModel": "modeling.Evil"}))
    sly = checkpoint(tmp_path / "sly")
    (sly / "tokenizer_config.json").write_text('{"auto_map": {"AutoTokenizer": ["t.T", null]}}')
    with pytest.raises(AlignError, match=r"tokenizer_config\.json: the checkpoint names code"):
        checked_type(sly)


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 100_000])
def test_a_broken_checkpoint_is_said(tmp_path: Path, content: bytes) -> None:
    folder = checkpoint(tmp_path / "m")
    (folder / "config.json").write_bytes(content)
    with pytest.raises(AlignError, match=r"config.json: no valid JSON"):
        checked_type(folder)
    (folder / "config.json").unlink()
    with pytest.raises(AlignError, match="name a model's or a run's folder"):
        checked_type(folder)


def test_a_checkpoint_without_safetensors_is_refused(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "m")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(AlignError, match="no safetensors"):
        checked_type(folder)


def test_a_judged_task_needs_a_key_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_given, **_more: pytest.fail("it ran"))
    call = hand_over("m", "llava", ["pope", "mmvet"], Path("out"))
    with pytest.raises(AlignError, match="mmvet have a judge of OpenAI's"):
        run(call, {})


def test_a_run_that_fails_is_said(tmp_path: Path) -> None:
    failing = tmp_path / "python"
    failing.write_text("#!/bin/sh\nexit 3\n")
    failing.chmod(0o755)
    call = hand_over("m", "llava", ["pope"], tmp_path, python=str(failing))
    with pytest.raises(AlignError, match="lmms-eval ended with 3"):
        run(call, {})
