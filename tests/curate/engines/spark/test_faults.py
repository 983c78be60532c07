"""Spark's long messages as the one line that a user reads."""

import pytest

from curate.engines.spark.faults import first_line

WORKER = """An exception was thrown from the Python worker:
Traceback (most recent call last):
  File "worker.py", line 4207, in invoke_udf
    func, profiler = read_udfs(
  File "serializers.py", line 483, in loads
    return cloudpickle.loads(obj)
ModuleNotFoundError: No module named 'pyarrow'

JVM stacktrace:
org.apache.spark.SparkException: Job aborted
"""


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (WORKER, "ModuleNotFoundError: No module named 'pyarrow'"),
        ("\n[PARSE] Syntax error.\n\n== SQL ==\nselect", "[PARSE] Syntax error."),
        ("", "RuntimeError"),
    ],
)
def test_what_went_wrong_is_one_line(message: str, line: str) -> None:
    assert first_line(RuntimeError(message)) == line
