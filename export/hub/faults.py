"""What can go wrong at the Hub: what passes and is asked again, and what is one line with the fix.

huggingface_hub itself asks again where it uploads; creating, listing, committing and tagging it
asks once. Its errors name signed addresses, so of their texts only the server's own word is told.
"""

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import httpx2
from huggingface_hub.errors import (
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
)

from schemas.errors import HubError

T = TypeVar("T")
TRIES, FIRST_WAIT, LONGEST_WAIT = 6, 1.0, 8.0
"""As huggingface_hub has them."""
LONGEST_ASKED = 300.0
"""Seconds that a server may ask to wait: the Hub counts requests over five minutes."""

AGAIN = "run it again: what was sent is kept"
PASSING = frozenset({429, 500, 502, 503, 504})
UNKNOWN_TOKEN = (
    "the Hub does not know HF_TOKEN (401): it is expired, revoked or mistyped",
    f"make one at <the Hub>/settings/tokens, then {AGAIN}",
)
LONGEST_WORD = 200


EXPECTED = (httpx2.HTTPError, HFValidationError, OSError, RuntimeError, ValueError)
"""What huggingface_hub raises where an answer or an upload goes wrong; the last two are bare."""


class StaleParentError(Exception):
    """The repository's head is no longer the one a commit was made for."""


def untold(_text: str) -> None:
    """Tell nobody of a wait."""


def patiently(call: Callable[[], T], told: Callable[[str], None] = untold, tries: int = TRIES) -> T:
    """The call's result, asked again while what goes wrong passes; `told` hears of long waits."""
    wait = FIRST_WAIT
    for _ in range(tries - 1):
        try:
            return call()
        except (HfHubHTTPError, httpx2.TransportError) as error:
            if not _passes(error):
                raise
            seconds = _asked_wait(error) or wait
            if seconds > FIRST_WAIT:
                told(f"the Hub {_state(error)}; it is asked again in {seconds:.0f} s")
            time.sleep(seconds)  # the Hub told how long, or did not answer: no event ends this wait
            wait = min(2 * wait, LONGEST_WAIT)
    return call()


def status_of(error: BaseException) -> int | None:
    """The HTTP status behind an error, None where there was no answer."""
    answer = _answer(error)
    return answer.response.status_code if answer is not None else None


def hub_error(error: Exception, repo: str) -> HubError:
    """What a user is told of an error of huggingface_hub's. An error of this disk is raised."""
    if isinstance(error, OSError) and error.errno is not None:
        raise error
    answer = _answer(error)
    if answer is not None:
        return _refused(answer, repo)
    if isinstance(error, OfflineModeIsEnabled):
        return HubError("HF_HUB_OFFLINE forbids to reach the Hub", "unset it")
    if isinstance(error, HFValidationError):
        return HubError(f"{repo!r} is no name of a repository", "give OWNER/NAME")
    if isinstance(error, PermissionError):  # how Xet says it
        return HubError(*UNKNOWN_TOKEN)
    if any(isinstance(it, httpx2.TransportError) for it in _behind(error)):
        return HubError("the Hub cannot be reached", f"see to the network and HF_ENDPOINT, {AGAIN}")
    return HubError(f"{repo}: {_short(str(error)) or type(error).__name__}", f"mend it and {AGAIN}")


def _refused(error: HfHubHTTPError, repo: str) -> HubError:
    status = error.response.status_code
    said = _short(error.server_message or "")
    told = f"{status}: {said}" if said else str(status)
    if status == 401:
        return HubError(*UNKNOWN_TOKEN)
    if status == 403:
        return HubError(
            f"HF_TOKEN may not write to {repo} ({told})",
            "take a token with the write right, of somebody who may write there",
        )
    if status == 404 or isinstance(error, RepositoryNotFoundError):
        return HubError(f"{repo}: not found ({told})", "is it a data set, and may HF_TOKEN see it?")
    if status in PASSING:
        return HubError(f"the Hub is busy or down ({told})", f"wait a little, then {AGAIN}")
    return HubError(f"{repo}: the Hub refuses ({told})", f"mend that and {AGAIN}")


def _passes(error: BaseException) -> bool:
    status = status_of(error)
    return status in PASSING if status is not None else isinstance(error, httpx2.TransportError)


def _state(error: BaseException) -> str:
    status = status_of(error)
    return "does not answer" if status is None else f"is busy or down ({status})"


def _asked_wait(error: BaseException) -> float | None:
    """The seconds that the server asks to wait, LONGEST_ASKED at most."""
    answer = _answer(error)
    text = answer.response.headers.get("Retry-After", "") if answer is not None else ""
    return min(float(text), LONGEST_ASKED) if text.isdecimal() else None


def _answer(error: BaseException) -> HfHubHTTPError | None:
    """The server's answer behind an error; an upload wraps it."""
    return next((it for it in _behind(error) if isinstance(it, HfHubHTTPError)), None)


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it."""
    while error is not None:
        yield error
        error = error.__cause__


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORD else f"{line[:LONGEST_WORD]}..."
