"""Laws of the command line: what every command takes, prints and exits with."""

import json
import os
import pty
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from curate.version import __version__
from curate.workspace import Workspace
from scripts.cli_docs import every_command as every_command_of_the_app
from tests.support.cli import Ran, curate, process, start
from tests.support.workspaces import Bench

COMMANDS: dict[str, Any] = every_command_of_the_app()
NEEDS_A_SERVER = {
    *("label invite", "label push", "label pull", "label review", "label adjudicate"),
}
NEEDS_A_MODEL = {name for name in COMMANDS if name.startswith("align ")}
"""Before a workspace they need what loads a model, which is not installed here."""

NEEDS_NO_WORKSPACE = {"init", "demo", "doctor", *NEEDS_A_MODEL}
ORDER = [
    "demo",
    "init",
    "pull",
    "forget",
    "select",
    "sample",
    "route",
    "judge",
    "critiques",
    "signatures",
    "build",
    "export",
    "push",
    "report",
    "show",
    "diff",
    "sql",
    "status",
]
PRICED = "judge.model=gemini-3.8-flash"
NOBODY = "--model=m@http://127.0.0.1:9"
ANNA = 'export.pseudonyms=["anna"]'
SLOW = "(select count(*) from range(3000000) a, range(3000000) b where a.range * b.range % 7 = 9)"
KEYS = {
    "pull": {"prompts", "candidates", "ratings", "rankings", "media", "new", "dropped"},
    "build": {
        *("build_id", "path", "unchanged", "candidates", "pairs", "ties", "splits", "dropped"),
    },
    "export": {"formats"},
    "push": {"repo", "revision", "files", "bytes", "unchanged", "url", "tag"},
    "bench": {
        *("pairs", "prompts", "acc", "acc_plus", "ties", "by_category", "baselines", "intervals"),
    },
    "critiques": {
        *("rater", "planned", "expanded", "cached", "failed", "left", "skipped", "calls", "usd"),
        *("carried", "stopped"),
    },
    "select": {"prompts", "wanted", "selected", "by_type", "clusters", "without_embedding", "path"},
    "sample": {
        *("planned", "sampled", "cached", "failed", "calls", "tokens", "models"),
        *("candidates_new", "pull_id"),
    },
}


def test_help_lists_the_commands_in_the_order_of_the_work() -> None:
    ran = curate("--help")
    assert ran.code == 0
    assert re.findall(r"^  ([a-z]+)  ", ran.out.split("Commands:")[1], re.MULTILINE) == [
        *ORDER,
        "doctor",
        "label",
        "bench",
        "align",
    ]


def test_help_of_no_command_is_cut_at_80_columns() -> None:
    ran = process("--help", env={"COLUMNS": "80"})
    assert "..." not in ran.out.split("Commands:")[1]
    assert max(map(len, ran.out.splitlines())) <= 80


def test_curate_says_its_version() -> None:
    assert curate("--version") == Ran(0, f"curate {__version__}\n", "")


def test_curate_alone_prints_its_help() -> None:
    ran = curate()
    assert ran.code == 0
    assert ran.out == curate("--help").out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_common_options_after_its_name(name: str) -> None:
    taken = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert {"-C", "--workspace", "--set", "--json", "--debug"} <= taken


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_says_what_it_is(name: str) -> None:
    unsaid = [parameter.name for parameter in COMMANDS[name].params if not parameter.help]
    assert not unsaid


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_shows_a_python_type(name: str) -> None:
    text = curate(*name.split(), "--help").out.split("Options:")[1]
    assert not re.search(r"<(str|path|int|list|bool)\b|int range", text)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - NEEDS_NO_WORKSPACE))
def test_every_command_names_a_missing_workspace_and_the_fix(name: str, tmp_path: Path) -> None:
    required = {"pull": "x.jsonl", "forget": "x", "show": "a" * 32, "sql": "select 1"}
    required |= {
        "bench make": "--per-category=1",
        "sample": NOBODY,
        "signatures": "x.jsonl",
        "label adjudicate": "--expert=a@b",
        "push": "owner/name",
    }
    several = {"diff": ["a", "b"], "bench": ["judge", "x.jsonl"]}
    given = several.get(name, [required[name]] if name in required else [])
    ran = curate(*name.split(), *given, "-C", tmp_path)
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err == (
        f"error: {tmp_path}: no workspace (no curate.toml); "
        "make one with: curate init DIR, or name one with -C DIR\n"
    )


@pytest.mark.parametrize("name", ["build", "export", "report", "status", "sql", "show"])
def test_an_unknown_setting_is_named_with_the_nearest(name: str, built: Bench) -> None:
    given = {"sql": ["select 1"], "show": ["a" * 32]}
    ran = curate(name, *given.get(name, []), "-C", built.root, "--set", "pairs.polcy=all-ranked")
    assert ran.code == 1
    assert "pairs.polcy: unknown key; did you mean 'policy'?" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_setting_overrides_the_file(built: Bench) -> None:
    ran = curate("build", "-C", built.root, "--set", "pairs.min_margin=10", "--json")
    assert ran.json["pairs"] == 0
    assert ran.json["dropped"]["pair"] == {"below_margin": 1}


def every_command(source: Path, folder: Path, pair_id: str) -> dict[str, list[str | Path]]:
    """A call of each command that does its work."""
    build_id = (folder / "workspace" / "builds" / "latest").readlink().name
    return {
        "demo": ["demo", folder / "new-demo"],
        "init": ["init", folder / "new"],
        "pull": ["pull", source, "-C", folder / "workspace"],
        "select": ["select", "-n", "1", "--dry-run", "-C", folder / "workspace"],
        "sample": ["sample", NOBODY, "--all", "--dry-run", "-C", folder / "workspace"],
        "route": ["route", "--dry-run", "-C", folder / "workspace", "--set", PRICED],
        "judge": ["judge", "--status", "-C", folder / "workspace"],
        "critiques": ["critiques", "-C", folder / "workspace", "--set", PRICED],
        "label status": ["label", "status", "-C", folder / "workspace"],
        "label serve": ["label", "serve", "--status", "-C", folder / "workspace"],
        "bench": ["bench", "longer", folder / "workspace" / "builds" / build_id / "pairs.parquet"],
        "bench make": ["bench", "make", "--per-category=1", "-C", folder / "workspace"],
        "signatures": ["signatures", source, "-C", folder / "workspace"],
        "build": ["build", "-C", folder / "workspace"],
        "export": ["export", "-C", folder / "workspace"],
        "push": ["push", "o/n", "--dry-run", "-C", folder / "workspace", "--set", ANNA],
        "report": ["report", "-C", folder / "workspace"],
        "show": ["show", pair_id, "-C", folder / "workspace"],
        "diff": ["diff", build_id, build_id, "-C", folder / "workspace"],
        "sql": ["sql", "select * from events", "-C", folder / "workspace"],
        "status": ["status", "-C", folder / "workspace"],
        "doctor": ["doctor", "-C", folder / "workspace"],
        "forget": ["forget", "test-1", "-C", folder / "workspace", "--yes"],
    }


def test_with_json_every_command_prints_one_object_and_nothing_else(
    built: Bench, tmp_path: Path
) -> None:
    source = tmp_path / "more.jsonl"
    source.write_text('{"prompt": "Which?", "responses": [{"text": "This."}]}\n', "utf-8")
    pair_id = str(Workspace.open(built.root).frame("pairs")["pair_id"].iloc[0])
    calls = every_command(source, tmp_path, pair_id)
    assert calls.keys() == COMMANDS.keys() - NEEDS_A_SERVER - NEEDS_A_MODEL
    for name, call in calls.items():
        ran = curate(*call, "--json")
        assert (ran.code, ran.err) == (0, ""), name
        assert ran.out.isascii()
        assert KEYS.get(name, set()) <= ran.json.keys()
        assert "error" not in ran.json


def test_with_json_an_error_is_one_object_too(tmp_path: Path) -> None:
    ran = curate("build", "-C", tmp_path, "--json")
    assert ran.code == 1
    assert ran.json == {"error": ran.err.removeprefix("error: ").strip(), "exit_code": 1}


def test_with_json_a_wrong_option_is_one_object_too() -> None:
    ran = curate("build", "--json", "--nope")
    assert ran.code == 2
    assert ran.json["exit_code"] == 2
    assert "--nope" in ran.json["error"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "No such command 'nope'."),
        (["build", "--nope"], "No such option: --nope"),
        (["show"], "Missing argument 'ID'."),
        (["sql", "select 1", "--limit", "0"], "--limit"),
        (["build", "--engine", "abacus"], "'abacus' is not one of 'duckdb', 'spark'"),
    ],
)
def test_wrong_usage_exits_with_2_and_names_the_help(arguments: list[str], said: str) -> None:
    ran = curate(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "--help says more)" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_debug_shows_the_traceback_and_the_same_line(tmp_path: Path) -> None:
    plain, debug = curate("build", "-C", tmp_path), curate("build", "-C", tmp_path, "--debug")
    assert "Traceback" not in plain.err
    assert "Traceback" in debug.err
    assert debug.err.splitlines()[-1] == plain.err.strip()
    assert debug.code == plain.code == 1


def test_a_reader_that_goes_away_is_no_error(demo_workspace: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with start("sql", "table prompts", "-C", demo_workspace, stdout=writing) as running:
        os.close(writing)
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, "")


def test_output_in_a_pipe_is_whole_lines_without_escapes(demo_workspace: Path) -> None:
    ran = process("sql", "select prompt_id, source_key from prompts", "-C", demo_workspace)
    rows = ran.out.splitlines()
    assert len(rows) == 99
    assert all(re.fullmatch(r"[0-9a-f]{32}  \S+", row) for row in rows[1:])


def stopped(running: "subprocess.Popen[str]", when: float) -> Ran:
    """The process after Ctrl-C, which it must answer within ten seconds."""
    time.sleep(when)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=10)
    return Ran(running.returncode, out, err)


def test_ctrl_c_in_a_build_exits_with_130_and_leaves_the_workspace_as_it_was(
    demo_copy: Path,
) -> None:
    before = sorted(path.name for path in (demo_copy / "builds").iterdir())
    rule = f'filter=[{{name = "slow", level = "prompt", drop_when = "{SLOW} > 0"}}]'
    with start("build", "-C", demo_copy, "--set", rule) as running:
        ran = stopped(running, 3)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.startswith("error: interrupted; the workspace is whole")
    assert sorted(path.name for path in (demo_copy / "builds").iterdir()) == before
    assert curate("build", "-C", demo_copy, "--force", "--json").json["pairs"] > 0


def test_ctrl_c_in_a_query_exits_with_130(demo_workspace: Path) -> None:
    with start("sql", f"select {SLOW}", "-C", demo_workspace, "--json") as running:
        ran = stopped(running, 3)
    assert ran.code == 130
    assert ran.json["exit_code"] == 130


def on_terminal(*arguments: str | Path, columns: int) -> str:
    """What a command writes to a terminal of that width, with its colours."""
    reading, writing = pty.openpty()
    env = {"COLUMNS": str(columns), "TERM": "xterm"}
    with start(*arguments, env=env, stdout=writing, stderr=writing) as running:
        os.close(writing)
        written = b""
        while block := _read(reading):
            written += block
        assert running.wait(timeout=60) == 0
    os.close(reading)
    return written.decode("utf-8")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def uncoloured(text: str) -> list[str]:
    """The lines of a terminal without colours."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r", "").splitlines()


def test_a_bar_is_shown_on_a_terminal_and_nowhere_else(demo_copy: Path) -> None:
    shown = on_terminal("build", "-C", demo_copy, "--force", columns=80)
    assert "building" in shown
    assert "building" not in process("build", "-C", demo_copy, "--force").err


def test_with_json_a_terminal_sees_the_object_alone(demo_workspace: Path) -> None:
    shown = on_terminal("status", "-C", demo_workspace, "--json", columns=80)
    assert json.loads(shown)["prompts"] == 98


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_id_is_broken(
    demo_workspace: Path, columns: int
) -> None:
    query = "select pair_id, prompt_id, chosen, margin_raw from pairs order by pair_id limit 3"
    lines = uncoloured(on_terminal("sql", query, "-C", demo_workspace, columns=columns))
    assert max(map(len, lines)) <= columns
    ids = Workspace.open(demo_workspace).frame("pairs").sort_values("pair_id")["pair_id"][:3]
    assert all(any(pair_id in line for line in lines) for pair_id in ids)
