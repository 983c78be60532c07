from pathlib import Path

import pytest

from tests.mutation.run_python import Part, changed_lines, computes, modules, own_tests

DIFF = """--- a/annotate/spending/money.py
+++ b/annotate/spending/money.py
@@ -36,2 +36,2 @@
     input: int = 0
-    cached: int = 0
+    cached: int = 1
"""


def test_the_lines_that_change_are_read_without_the_head() -> None:
    assert changed_lines(DIFF) == ["-    cached: int = 0", "+    cached: int = 1"]


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ("    cached: int = 0", True),
        ("        self._stopped = True", True),
        ("def given(count: int = 0) -> int:", True),
        ("@dataclass(frozen=True, slots=True)", False),
        ("    @property", False),
        ("        *,", False),
        ('    load: Load, price: PriceRow | None, *, tier: Tier = "standard"', False),
        ("    return first * second, rest", True),
    ],
)
def test_a_change_of_a_declaration_computes_nothing(gone: str, expected: object) -> None:
    assert computes([f"-{gone}", "+"]) is expected


def test_a_decorator_that_goes_with_its_empty_line_computes_nothing() -> None:
    assert not computes(["-", "-@cache"])


def test_a_modules_own_tests_are_found_beside_its_mirror(repo_root: Path) -> None:
    assert own_tests("schemas/rubric.py", repo_root) == ["tests/schemas/test_rubric.py"]
    assert own_tests("schemas/no_such.py", repo_root) == []


def test_a_parts_folders_are_its_modules(repo_root: Path) -> None:
    found = modules(Part(["schemas", "annotate/journal.py"], []), repo_root)
    assert {"schemas/rubric.py", "annotate/journal.py"} <= {*found}
    assert all((repo_root / it).is_file() and not it.endswith("__init__.py") for it in found)
