"""What a test needs of the machine: without it the test is skipped, and in CI that is a failure."""

import os
from typing import NoReturn

import pytest

ALL = "PAIRWRIGHT_RUN_ALL"
"""Set where everything was installed and so nothing may be passed over."""


def missing(what: str) -> NoReturn:
    """Skip the test, saying what is not here and how to get it; fail it where all must run."""
    if os.environ.get(ALL):
        pytest.fail(what)
    pytest.skip(what)  # on a machine that promised nothing; CI promises all and fails above
