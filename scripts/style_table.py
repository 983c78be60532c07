"""How the code reads, in numbers: `python -m scripts.style_table NAME=FOLDER...` for others beside.

A folder is a project's root or its unpacked sdist. Tests are the Python files in folders named
`tests` or `test`; docs, examples, benchmarks and vendored code count as neither.
"""

import ast
import io
import sys
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
TESTS = {"tests", "test", "testing"}
NEITHER = {"docs", "doc", "examples", "benchmarks", "scripts", "build", "dist", "_vendor"}
HEADS = (
    "project",
    "source lines",
    "tests to source",
    "file: median, 90 %, longest",
    "function: median, 90 %, longest",
    "annotated",
    "documented",
    "comments",
)


@dataclass(frozen=True, slots=True)
class Read:
    """What one file is: lines, lines of each function, and how it explains itself."""

    lines: int
    comments: int
    functions: tuple[int, ...]
    slots: int
    annotated: int
    public: int
    documented: int


def main(arguments: Sequence[str]) -> None:
    """Print a Markdown table, ours first."""
    given = [one.partition("=") for one in arguments]
    projects = {"pairwright": ROOT} | {name: Path(folder) for name, _, folder in given}
    lines = [_row(HEADS), f"|{'---|' * len(HEADS)}"]
    lines += [_row((name, *figures(folder))) for name, folder in projects.items()]
    sys.stdout.write("\n".join(lines) + "\n")


def figures(folder: Path) -> list[str]:
    """The figures of a project, in the order of HEADS."""
    source = [read(path.read_text("utf-8")) for path in files(folder, tests=False)]
    tests = [read(path.read_text("utf-8")) for path in files(folder, tests=True)]
    lines = sum(file.lines for file in source)
    functions = [length for file in source for length in file.functions]
    return [
        f"{lines:,}",
        f"{sum(file.lines for file in tests) / lines:.2f}" if tests else "not shipped",
        _spread([file.lines for file in source if file.lines]),
        _spread(functions),
        _share(sum(file.annotated for file in source), sum(file.slots for file in source)),
        _share(sum(file.documented for file in source), sum(file.public for file in source)),
        _share(sum(file.comments for file in source), lines),
    ]


def files(folder: Path, *, tests: bool) -> Iterator[Path]:
    """The Python files of a project that are its tests, or its source."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or NEITHER & set(parts[:-1]):
            continue
        is_test = bool(TESTS & set(parts[:-1])) or parts[-1].startswith("test_")
        if is_test == tests and parts[-1] != "setup.py":
            yield path


def read(text: str) -> Read:
    """Count one file. Blank lines are no lines; docstrings are, and are no comments."""
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, _Function)]
    public = [node for node in _public(tree) if not node.name.startswith("_")]
    slots = [slot for node in functions for slot in _slots(node)]
    return Read(
        lines=sum(1 for line in text.splitlines() if line.strip()),
        comments=_comments(text),
        functions=tuple((node.end_lineno or 0) - node.lineno + 1 for node in functions),
        slots=len(slots),
        annotated=sum(slots),
        public=len(public),
        documented=sum(1 for node in public if ast.get_docstring(node)),
    )


_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Functions and classes of a module, and the methods of its public classes."""
    for node in tree.body:
        if isinstance(node, _Function | ast.ClassDef):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from (part for part in node.body if isinstance(part, _Function))


def _slots(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[bool]:
    """Whether each argument has a type, and what is returned; self and cls need none."""
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    given += [one for one in (node.args.vararg, node.args.kwarg) if one]
    yield from (one.annotation is not None for one in given if one.arg not in ("self", "cls"))
    yield node.returns is not None


def _comments(text: str) -> int:
    """Lines that have a comment, but for directives of tools."""
    told = ("noqa", "type:", "pragma", "fmt:", "ruff:", "pylint:", "!", "mypy:", "pyright:")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    words = (one.string.lstrip("# ") for one in tokens if one.type == tokenize.COMMENT)
    return sum(1 for word in words if word and not word.startswith(told))


def _spread(lengths: Sequence[int]) -> str:
    ordered = sorted(lengths)
    return f"{median(ordered):.0f}, {ordered[len(ordered) * 9 // 10]}, {ordered[-1]}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main(sys.argv[1:])
