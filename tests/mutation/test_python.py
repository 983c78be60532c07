import pytest

from tests.mutation.run_python import changed_lines, computes

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
