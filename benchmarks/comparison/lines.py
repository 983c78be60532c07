"""How many lines one writes for the job: those with code on them.

python -m benchmarks.comparison.lines. Docstrings and comments do not count, nor does the function
that stands for what people click.
"""

import ast
from pathlib import Path

HERE = Path(__file__).parent
WRITTEN = (
    "curate.toml",
    "with_distilabel.py",
    "with_label_studio.py",
    "data_juicer.yaml",
    "with_inspect.py",
)
CLICKS = "vote"


def count(path: Path) -> int:
    """The lines of a script or of settings."""
    text = path.read_text("utf-8")
    left_out = _left_out(ast.parse(text)) if path.suffix == ".py" else set()
    lines = enumerate(text.splitlines(), start=1)
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in left_out
        for number, line in lines
    )


def _left_out(tree: ast.Module) -> set[int]:
    """The numbers of lines that belong to docstrings and to what stands for people."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
        if isinstance(node, ast.FunctionDef) and node.name == CLICKS:
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


if __name__ == "__main__":
    for name in WRITTEN:
        print(f"{count(HERE / name):4} {name}")
