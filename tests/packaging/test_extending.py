"""What CONTRIBUTING says to add with one file and one line is added so here, and works."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PACKAGES = ("schemas", "annotate", "curate", "export", "align")

SOURCE = '''"""Stars: a question and its replies, each with one to five stars by its readers."""

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.heads import has_lists, has_texts, most_rows
from curate.sources.record import Row, SourceRating, SourceRecord, SourceResponse
from curate.sources.shaping import as_list, as_object, as_text, shaped
from curate.sources.turns import prompt_turns


def matches(source: SourceInput) -> bool:
    """Whether most first rows are a question with replies."""
    return most_rows(source, lambda head: has_texts(head, "asked") and has_lists(head, "replies"))


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, _record)


def _record(row: Row) -> SourceRecord:
    replies = [as_object(one, "replies") for one in as_list(row.values.get("replies"), "replies")]
    return SourceRecord(
        line=row.line,
        turns=prompt_turns(as_text(row.values.get("asked"), "asked"), []),
        responses=[
            SourceResponse(
                reply.get("said"),
                ratings=[SourceRating("readers", scores={"stars": reply.get("stars")})],
            )
            for reply in replies
        ],
        scales={"stars": (1, 5)},
        file=row.file,
    )


LAYOUT = Layout("stars", "questions whose replies have stars", matches, read)
'''
RATER = '''"""A rater without a server: every answer gets the middle of its scale."""

import json

from annotate.base import Reply, Request
from schemas.event import Usage


class Middle:
    """Scores that tell no answer from another."""

    def __init__(self, model: str, *, key: str | None = None, base_url: str | None = None) -> None:
        self.model = model

    async def ask(self, request: Request, *, timeout: float) -> Reply:
        """The reply that the schema asks for."""
        return Reply(json.dumps(_filled(request.schema)), "stop", Usage(), self.model)

    async def close(self) -> None:
        """Nothing is open."""


def _filled(schema):
    if "enum" in schema:
        return schema["enum"][len(schema["enum"]) // 2]
    kinds = {
        "object": lambda: {name: _filled(one) for name, one in schema["properties"].items()},
        "array": lambda: [_filled(schema["items"])],
        "integer": lambda: (schema.get("minimum", 0) + schema.get("maximum", 0)) // 2,
    }
    return kinds.get(schema["type"], lambda: "neither good nor bad")()
'''
FILTER = """-- reads: candidate_keys, raw_candidates, filtered_candidates
-- grain: candidate that shouts
-- why: an answer in capitals alone is no answer
select
    raw_candidates.candidate_id,
    'shouting' as name
from raw_candidates
semi join candidate_keys using (candidate_id, pull)
anti join filtered_candidates using (candidate_id)
where raw_candidates.response = upper(raw_candidates.response)
"""
FORMAT = '''"""`answers`: every answer in a pair, as chat rows without a label."""

from pathlib import Path

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.chat import Chat, copied, write_chat
from export.checks import answer_refusals
from export.reading import answers_file


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's answers. Raises ExportError where input or folder is unfit."""
    return write_chat(source, answers_file(source), _CHAT, out, options)


FORMAT = Format("answers", "every answer, as chat rows", write, ("answers",))

_CHAT = Chat(
    name="answers",
    answers={"completion": "response"},
    refusals=lambda rows, turns: answer_refusals(rows, turns, "response"),
    more=copied(("candidate_id",)),
)
'''
COMMAND = '''"""`curate where`: the folder of the workspace."""

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, WorkspaceOption


def where(
    workspace: WorkspaceOption = HERE, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """Say where the workspace is."""
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    root = str(Workspace.open(workspace).root.absolute())
    console.say(root)
    console.result({"root": root})
'''
ROWS = [
    {
        "asked": f"What is {number} and {number}?",
        "replies": [
            {"said": f"It is {2 * number}.", "stars": 5},
            {"said": f"It is {2 * number + 1}.", "stars": 2},
            {"said": f"I WILL NOT SAY {number}!", "stars": 1},
        ],
    }
    for number in range(1, 6)
]
STARS = """
[rubric]
name = "stars"

[[rubric.metric]]
name = "stars"
question = "How good is it?"
min = 1
max = 5
"""


@dataclass
class House:
    """A copy of our packages in which things are added, and a workspace."""

    root: Path
    workspace: Path

    def file(self, path: str, text: str) -> None:
        """One file more."""
        target = self.root / path
        assert not target.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def line(self, path: str, after: str, line: str) -> None:
        """One line more, below the first one that begins so."""
        place = self.root / path
        before, found, rest = place.read_text("utf-8").partition(after)
        assert found, f"{path} has no {after!r}"
        head, _, tail = rest.partition("\n")
        place.write_text(f"{before}{found}{head}\n{line}\n{tail}", encoding="utf-8")

    def name(self, path: str, before: str, name: str) -> None:
        """A name more in a closed set, as the first."""
        place = self.root / path
        text = place.read_text("utf-8")
        assert before in text
        place.write_text(text.replace(before, f'{before}"{name}", ', 1), encoding="utf-8")

    def curate(self, *arguments: str) -> Any:
        """What a command says with --json."""
        done = subprocess.run(
            [sys.executable, "-m", "curate", *arguments, "-C", str(self.workspace), "--json"],
            env={**os.environ, "PYTHONPATH": str(self.root)},
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def house(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house to which the five things were added."""
    root = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(repo_root / package, root / package, ignore=ignored)
    found = House(root, root / "work")
    found.file("curate/sources/stars.py", SOURCE)
    found.line("curate/sources/registry.py", "KNOWN: Mapping[", '    "stars": _known("stars"),')
    found.file("annotate/raters/middle.py", RATER)
    found.line("annotate/registry.py", "RATERS: ", '    "middle": _rater("middle", "Middle"),')
    found.name("schemas/config_judge.py", "Provider = Literal[", "middle")
    found.file("curate/sql/shouting/filtered_candidates.sql", FILTER)
    step = '    """Prompts and candidates that filters name leave'
    found.line("curate/steps.py", step, '    engine.append("shouting/filtered_candidates")')
    found.file("export/answers.py", FORMAT)
    found.line("export/registry.py", "FORMATS: ", '    "answers": _format("answers"),')
    found.file("curate/commands/where.py", COMMAND)
    found.line("curate/cli.py", "from curate.commands import", "    where,")
    found.line("curate/cli.py", "app.command()(status.status)", "app.command()(where.where)")
    return found


@pytest.fixture(scope="module")
def pulled(house: House) -> Any:
    """A workspace with the rows of the new layout."""
    source = house.root / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    house.curate("init")
    settings = '[pairs]\npolicy = "all-ranked"\nmin_margin = 1.0\n'
    (house.workspace / "curate.toml").write_text(STARS + settings, encoding="utf-8")
    return house.curate("pull", str(source), "--licence", "CC0-1.0")


@pytest.fixture(scope="module")
def judged(house: House, pulled: Any) -> Any:
    assert pulled["prompts"] == len(ROWS)
    setting = ["--set", "judge.provider=middle", "--set", "judge.model=middle-1"]
    return house.curate("judge", *setting)


@pytest.fixture(scope="module")
def built(house: House, judged: Any) -> Any:
    assert judged["stopped"] is None
    return house.curate("build")


def test_a_source_is_one_file_and_is_recognised(pulled: Any) -> None:
    assert (pulled["prompts"], pulled["candidates"], pulled["ratings"]) == (5, 15, 15)


def test_a_rater_is_one_file_and_judges_by_the_rubric(house: House, judged: Any) -> None:
    assert judged["rated"] == judged["planned"] > 0
    sql = "select distinct rater, value from ratings where rater_kind = 'judge'"
    assert house.curate("sql", sql)["rows"] == [["middle/middle-1", 3]]


def test_a_filter_is_one_file_and_its_rows_have_its_reason(built: Any) -> None:
    assert built["dropped"]["filter"] == {"filter:shouting": 5}
    assert built["pairs"] + built["ties"] > 0


def test_a_format_is_one_file_and_is_written(house: House, built: Any) -> None:
    assert built["pairs"] + built["ties"] > 0
    found = house.curate("export", "--format", "answers")["formats"]["answers"]
    assert found["rows"] > 0
    assert Path(found["path"], found["files"][0]).is_file()


def test_a_command_is_one_file(house: House, pulled: Any) -> None:
    assert pulled["prompts"] == len(ROWS)
    assert house.curate("where") == {"root": str(house.workspace)}
