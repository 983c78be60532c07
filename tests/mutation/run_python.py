"""How many faults in records, budget and journal do the tests find? Mutants are cosmic-ray's.

Run as `python -m tests.mutation.run_python PROGRAMS [PART ...]`; PROGRAMS is the folder that has
`cosmic-ray`. It works in a copy of the tree, because mutants are written over the modules.
"""

import argparse
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("schemas", "annotate", "curate", "export", "align", "tests", "scripts")
SETTINGS = ("pyproject.toml", "README.md", "docs")
LONGEST_S = 120.0
PYTEST = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")
HEADS = ("---", "+++")
DECLARES = re.compile(r"@|\*,|[\w ,:|.=\[\]\"]*, \*, ")
"""Decorators (slots, caches), stars between parameters: no test of values is to see them."""
SKIPPED = [
    # An annotation is no computation, and what is left of it fails on import.
    "core/ReplaceBinaryOperator_BitOr_.*",
    # One stand-in an operator: that 2 << 3 is not 2 + 3 is found wherever 2 - 3 is.
    "core/ReplaceBinaryOperator_(?!Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Div|Mod_Mul|Pow_Mul).*",
    "core/ReplaceComparisonOperator_(?!Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Is.*Is).*",
    "core/ReplaceUnaryOperator_(?!USub_UAdd|Delete_Not).*",
]


@dataclass(frozen=True, slots=True)
class Part:
    """Modules and the tests that answer for them."""

    modules: Sequence[str]
    tests: Sequence[str]


GENERATED = "tests/docs/test_generated.py::test_the_config_schema_is_fresh"
"""What a setting is, is told in a file made from it."""

PARTS = {
    "schemas": Part(["schemas"], ["tests/schemas/test_records.py", GENERATED, "tests/schemas"]),
    "journal": Part(["annotate/journal.py"], ["tests/annotate/test_journal.py"]),
    "budget": Part(["annotate/spending"], ["tests/annotate/spending"]),
}


def main() -> None:
    """Run the parts one after the other and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", type=Path)
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = _copy(Path(folder) / "tree")
        for name in given.parts:
            _say(name, [*_sessions(given.programs.resolve(), tree, PARTS[name])])


def _copy(tree: Path) -> Path:
    tree.mkdir()
    for name in COPIED:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SETTINGS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tree / name)
    return tree


def _sessions(programs: Path, tree: Path, part: Part) -> Iterator[Path]:
    """A session for each module, whose own tests run before the others of its part."""
    _run(tree, "sh", "-c", _tests(part.tests))
    for module in modules(part, tree):
        name = module.replace("/", ".")
        config, session = tree / f"{name}.toml", tree / f"{name}.sqlite"
        own = own_tests(module, tree)
        # One after the other, since pytest itself takes a file among the others of its folder.
        calls = [*([_tests(own)] if own else []), *(_tests([it]) for it in part.tests)]
        command = f"sh -c {shlex.quote(' && '.join(calls))}"
        config.write_text(
            "[cosmic-ray]\n"
            f"module-path = {json.dumps(module)}\n"
            f"timeout = {LONGEST_S}\n"
            "excluded-modules = []\n"
            f"test-command = {json.dumps(command)}\n"
            '[cosmic-ray.distributor]\nname = "local"\n'
            f"[cosmic-ray.filters.operators-filter]\nexclude-operators = {json.dumps(SKIPPED)}\n",
            "utf-8",
        )
        _run(tree, programs / "cosmic-ray", "init", config, session)
        _run(tree, programs / "cr-filter-operators", session, config)
        _run(tree, programs / "cosmic-ray", "exec", config, session)
        yield session


def _tests(names: Sequence[str]) -> str:
    """The call of some tests; a failing example is not made small."""
    call = [sys.executable, "-m", "pytest", *PYTEST, *names]
    return f"HYPOTHESIS_PROFILE=unshrunk {shlex.join(call)}"


def _run(tree: Path, *command: str | Path) -> None:
    subprocess.run([*map(str, command)], cwd=tree, check=True)


def modules(part: Part, tree: Path) -> Sequence[str]:
    """The files of a part that may have faults."""
    found = [tree / name for name in part.modules]
    files = [file for it in found for file in (sorted(it.rglob("*.py")) if it.is_dir() else [it])]
    return [str(file.relative_to(tree)) for file in files if file.name != "__init__.py"]


def own_tests(module: str, tree: Path) -> Sequence[str]:
    """The files of tests that are named after a module, in the place that mirrors its own."""
    path = Path("tests", module)
    return [str(it.relative_to(tree)) for it in (tree / path.parent).glob(f"test_{path.stem}.py")]


def _say(name: str, sessions: Sequence[Path]) -> None:
    tried = [one for session in sessions for one in _tried(session)]
    survived = [one for one in tried if one[3] == "SURVIVED"]
    for module, row, operator, _, changed in survived:
        sys.stdout.write(f"survived {module}:{row} {operator}\n" + "\n".join(changed) + "\n")
    sys.stdout.write(f"{name}: {len(tried) - len(survived)} of {len(tried)} killed\n")
    sys.stdout.flush()


def _tried(session: Path) -> list[tuple[str, int, str, str, Sequence[str]]]:
    with closing(sqlite3.connect(session)) as found:
        return [
            (module, row, operator, outcome, changed)
            for module, row, operator, outcome, diff in found.execute(
                "select module_path, start_pos_row, operator_name, test_outcome, diff "
                "from work_results join mutation_specs using (job_id) "
                "where worker_outcome != 'SKIPPED' order by 2"
            )
            if computes(changed := changed_lines(diff))
        ]


def changed_lines(diff: str) -> list[str]:
    """The lines of a diff that go and come, without its head."""
    return [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in HEADS]


def computes(changed: Sequence[str]) -> bool:
    """Whether a change is to what is computed, and not to how a name is declared or called."""
    gone = [line[1:].strip() for line in changed if line.startswith("-")]
    return any(line and not DECLARES.match(line) for line in gone)


if __name__ == "__main__":
    main()
