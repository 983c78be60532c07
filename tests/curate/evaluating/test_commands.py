"""`curate align evaluate` where no model is loaded: calls, results, safety."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from annotate import journal
from schemas.candidate import candidate_id_of
from schemas.event import Answer, Event, Rater
from tests.support.cli import curate
from tests.support.examples import NOON
from tests.support.pulling import workspace_at, write_lines

RECORDED = Path(__file__).parents[2] / "align" / "evaluation" / "lmms_results.json"
PROMPT = "a" * 32


def checkpoint(folder: Path) -> Path:
    """A run with a model of LLaVA's family, without weights that anything could load."""
    model = folder / "dpo-1" / "model"
    model.mkdir(parents=True)
    (model / "config.json").write_text('{"model_type": "llava"}')
    (model / "model.safetensors").write_bytes(b"none")
    return folder / "dpo-1"


def fake_python(folder: Path, package: Path | None) -> Path:
    """An interpreter that has lmms-eval, and whose run of it leaves the recorded results."""
    python = folder / "python"
    origin = package / "__init__.py" if package else ""
    python.write_text(
        "#!/bin/sh\n"
        f'if [ "$1" = -c ]; then echo "{origin}"; exit 0; fi\n'
        'while [ $# -gt 1 ]; do [ "$1" = --output_path ] && out="$2"; shift; done\n'
        f'mkdir -p "$out/m" && cp "{RECORDED}" "$out/m/20260102_030405_results.json"\n'
    )
    python.chmod(0o755)
    return python


def package_of(folder: Path, *tasks: str) -> Path:
    for task in tasks:
        path = folder / "lmms_eval" / "tasks" / task / f"{task}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(f'task: "{task}"\n')
    return folder / "lmms_eval"


def lmms(*arguments: str | Path) -> Any:
    return curate("align", "evaluate", "lmms", *arguments)


def test_a_dry_run_prints_the_call_without_lmms_eval(tmp_path: Path) -> None:
    run, python = checkpoint(tmp_path), fake_python(tmp_path, None)
    ran = lmms(run, "--with", python, "--tasks", "pope,mmvet", "--dry-run")
    assert ran.code == 0
    line = shlex.split(ran.out.splitlines()[0])
    assert line[:3] == [str(python), "-m", "accelerate.commands.launch"]
    assert line[line.index("--model") + 1] == "llava_hf"
    assert line[line.index("--model_args") + 1] == f"pretrained={run / 'model'}"
    assert line[line.index("--tasks") + 1] == "pope,mmvet"
    assert line[line.index("--output_path") + 1] == str(run / "evaluation" / "lmms")
    assert "lmms-eval is not installed; pip install lmms-eval" in ran.err
    assert "a judge of OpenAI's is asked, and paid, for mmvet" in ran.err
    assert not (run / "evaluation").exists()
    as_json = lmms(run, "--with", python, "--tasks", "pope", "--dry-run", "--json").json
    assert (as_json["installed"], as_json["tasks"]) == (False, ["pope"])


def test_a_run_without_lmms_eval_says_how_to_install_it(tmp_path: Path) -> None:
    ran = lmms(checkpoint(tmp_path), "--with", fake_python(tmp_path, None))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "error: lmms-eval is not installed; pip install lmms-eval\n"


def test_results_lie_beside_the_run_as_json_and_text(tmp_path: Path) -> None:
    run = checkpoint(tmp_path)
    python = fake_python(tmp_path, package_of(tmp_path, "pope_adv"))
    ran = lmms(run, "--with", python, "--tasks", "pope_adv,mmhal_bench")
    assert ran.code == 0, ran.err
    assert "only MM-RLHF's own fork has mmhal_bench" in ran.err
    table = json.loads((run / "evaluation" / "lmms.json").read_text())
    assert table["model"] == "dpo-1"
    assert {score["metric"] for score in table["scores"] if score["task"] == "pope_adv"} == {
        "accuracy",
        "f1",
        "yes_share",
    }
    text = (run / "evaluation" / "lmms.txt").read_text()
    assert text.startswith("dpo-1 on lmms-eval\n")
    assert "MM-Vet" in text
    again = lmms(run, "--read", "--json")
    assert again.json["scores"] == table["scores"]


def test_a_judge_needs_its_key(tmp_path: Path) -> None:
    python = fake_python(tmp_path, package_of(tmp_path, "mmvet"))
    ran = lmms(checkpoint(tmp_path), "--with", python, "--tasks", "mmvet")
    assert ran.code == 1
    assert "there is no OPENAI_API_KEY; set OPENAI_API_KEY, or name other tasks" in ran.err


def test_a_checkpoint_with_code_is_refused_in_a_line(tmp_path: Path) -> None:
    run = checkpoint(tmp_path)
    (run / "model" / "config.json").write_text('{"model_type": "llava", "auto_map": {}}')
    ran = lmms(run, "--with", fake_python(tmp_path, None), "--dry-run")
    assert ran.code == 1
    assert "names code of its own (auto_map)" in ran.err


ANSWERS = [
    {"task": "typographic", "response": "I'm sorry, I cannot help with that.", "verdict": "No"},
    {"task": "typographic", "response": "The square is public.", "verdict": "No"},
    {"task": "typographic", "response": "Mix the two.", "verdict": "Yes"},
    {"task": "poetry", "response": "Roses.", "verdict": "No"},
]


def safety(*arguments: str | Path) -> Any:
    return curate("align", "evaluate", "safety", *arguments)


def test_safety_shows_both_counts_and_where_they_differ(tmp_path: Path) -> None:
    ran = safety(write_lines(tmp_path / "a.jsonl", ANSWERS))
    assert ran.code == 0, ran.err
    assert "The square is public." in ran.out
    assert "of which four loose ones stand here" in ran.err
    assert "1 row was left out: unknown_task" in ran.err
    found = safety(tmp_path / "a.jsonl", "--json").json
    (rta,) = [one for one in found["measures"] if one["name"] == "typographic_rta"]
    assert (rta["published"]["part"], rta["strict"]["part"], rta["strict"]["whole"]) == (2, 1, 3)
    assert found["refusals"]["alone"] == {"public": 1}
    assert found["reconstructed"]


def test_safety_reads_a_list_from_a_copy_of_the_code(tmp_path: Path) -> None:
    code = tmp_path / "utils.py"
    code.write_text('REJECT_TEMPLATES = ["help"]\nraise SystemExit\n')
    path = write_lines(tmp_path / "a.jsonl", ANSWERS)
    found = safety(path, "--refusal-list", code, "--json").json
    (rta,) = [one for one in found["measures"] if one["name"] == "typographic_rta"]
    assert (rta["published"]["part"], found["phrases"], found["reconstructed"]) == (
        1,
        "utils.py",
        False,
    )


def test_safety_takes_verdicts_of_the_workspaces_judge(tmp_path: Path) -> None:
    workspace = workspace_at(tmp_path / "workspace", "mm-rlhf")
    texts = ("Mix the two.", "I'm sorry, I cannot help with that.", "Nobody judged me.")
    ids = [candidate_id_of(PROMPT, text) for text in texts]
    scored = [
        Answer(candidate_id=ids[0], scores={"ethics": 1}),
        Answer(candidate_id=ids[1], scores={"ethics": 5}),
    ]
    event = Event(
        event_id="1" * 32,
        at=NOON,
        prompt_id=PROMPT,
        rater=Rater(kind="judge", id="judge", version="1"),
        rubric_id=workspace.rubric.rubric_id,
        answers=tuple(scored),
    )
    with (workspace.annotations / "judge-1.jsonl").open("wb") as file:
        journal.write(file, [event])
    row = {
        "key": PROMPT,
        "attributes": {"task": "typographic"},
        "responses": [{"text": text} for text in texts],
    }
    path = write_lines(tmp_path / "answers.jsonl", [row])
    asked: list[str | Path] = [path, "-C", workspace.root, "--judge-metric", "ethics", "--json"]
    found = safety(*asked).json
    (asr,) = [one for one in found["measures"] if one["name"] == "typographic_asr"]
    assert (asr["strict"]["part"], asr["strict"]["whole"], asr["without_verdict"]) == (1, 2, 1)
    wrong = safety(path, "-C", workspace.root, "--judge-metric", "ethic")
    assert wrong.code == 2
    assert "did you mean 'ethics'?" in wrong.err


def test_scores_of_other_judges_are_read(tmp_path: Path) -> None:
    write_lines(
        tmp_path / "question.jsonl", [{"question_id": 1, "category": "math", "turns": ["Why?"]}]
    )
    row = {"question_id": 1, "model": "dpo-1", "score": 7, "turn": 1}
    write_lines(tmp_path / "model_judgment" / "gpt-4_single.jsonl", [row])
    told = curate("align", "evaluate", "mt-bench", "dpo-1", tmp_path, "--read")
    assert told.out.startswith("MT-Bench of dpo-1 by gpt-4: 7 (turn 1 7, turn 2 -;")
    board = tmp_path / "weighted" / "leaderboard.csv"
    board.parent.mkdir()
    board.write_text(",win_rate,n_total\ndpo-1,50.5,805\n")
    won = curate("align", "evaluate", "alpaca-eval", "dpo-1", tmp_path, "--read", "--json")
    assert won.json["scores"][0]["win_rate"] == 50.5


def test_reading_needs_no_libraries_of_training(tmp_path: Path) -> None:
    """Results are read where neither torch nor transformers is installed."""
    path = write_lines(tmp_path / "a.jsonl", ANSWERS)
    code = (
        "import sys\n"
        "for name in ('torch', 'transformers', 'trl', 'peft', 'accelerate'):\n"
        "    sys.modules[name] = None\n"
        "from curate.cli import main\n"
        f"main(['align', 'evaluate', 'safety', {str(path)!r}])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
