"""The key is in no text: not in a message, a representation, a traceback or a log."""

import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from annotate.base import Rater
from annotate.raters.access import Scrub
from annotate.raters.gemini import Gemini
from annotate.raters.gemini_batch import GeminiBatches
from annotate.raters.openai import OpenAICompatible
from tests.support.judge_server.asking import KEY, MODEL, asked
from tests.support.judge_server.bodies import gemini_error
from tests.support.judge_server.faults import Faults
from tests.support.judge_server.wire import Say

ECHO = f"key {KEY} is not valid"
CASES: dict[str, dict[str, Any]] = {
    "echoed in 400": {"answer": lambda _: gemini_error(400, "INVALID_ARGUMENT", ECHO)},
    "echoed in 403": {"answer": lambda _: gemini_error(403, "PERMISSION_DENIED", ECHO)},
    "echoed in 404": {"answer": lambda _: gemini_error(404, "NOT_FOUND", ECHO)},
    "echoed in 429": {"answer": lambda _: gemini_error(429, "RESOURCE_EXHAUSTED", ECHO)},
    "echoed at the cut": {"answer": lambda _: gemini_error(500, "X", "x" * 385 + KEY)},
    "echoed in a page": {"answer": lambda _: Say(200, ECHO.encode(), {"Content-Type": "text/x"})},
    "echoed late": {"answer": lambda _: Say(200, b"x" * 190 + ECHO.encode())},
    "echoed in a status": {"answer": lambda _: Say(503, ECHO.encode())},
    "cut": {"faults": Faults(cut_before=1)},
    "cut within": {"faults": Faults(cut_within=1)},
    "invalid": {"faults": Faults(invalid_key=1)},
    "late": {"faults": Faults(slow=1, slow_s=5), "timeout": 0.05},
}
RATERS: dict[str, Callable[[str], Rater]] = {
    "gemini": lambda url: Gemini(MODEL, key=KEY, base_url=url),
    "openai": lambda url: OpenAICompatible(MODEL, key=KEY, base_url=f"{url}/v1"),
}


@pytest.mark.usefixtures("http")
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("of", RATERS)
def test_key_is_in_no_text_of_a_failure(
    case: str, of: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    error = asked(RATERS[of], **CASES[case])[0][0]

    assert isinstance(error, Exception)
    texts = [str(error), repr(error), str(vars(error)), *traceback.format_exception(error)]
    assert KEY[:16] not in "".join(texts)
    assert KEY not in caplog.text
    assert error.__context__ is None
    assert error.__cause__ is None


@pytest.mark.parametrize("of", [*RATERS, "batches"])
def test_key_is_not_in_the_representation(of: str) -> None:
    made: Any = (
        GeminiBatches(MODEL, key=KEY) if of == "batches" else RATERS[of]("http://127.0.0.1:1")
    )

    assert KEY not in repr(made)
    assert KEY not in str(made)
    assert KEY not in repr(Scrub(KEY))


def test_scrubbed_text_is_one_short_line() -> None:
    said = Scrub(KEY)(f"a\n  b {KEY}{KEY} " + json.dumps("x" * 1000))

    assert said.startswith("a b ******")
    assert "\n" not in said
    assert len(said) < 450
