"""The SDK's client of a server, its errors said in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from schemas.errors import LabelStudioError

TIMEOUT_S = 300.0
LONGEST_REASON = 200
REFUSED_KEY = (401, 403)
ONCE: Any = {"max_retries": 0}
"""For requests that make something: one that seemed to fail may have been carried out."""


@contextmanager
def connected(url: str, key: str) -> Iterator[Any]:
    """The client. What the server refuses inside the block becomes LabelStudioError.

    No proxy is asked for a server of one's own.
    """
    import httpx
    from label_studio_sdk import LabelStudio
    from label_studio_sdk.core.api_error import ApiError

    try:
        with httpx.Client(trust_env=False, timeout=TIMEOUT_S, follow_redirects=True) as http:
            yield LabelStudio(  # type: ignore[no-untyped-call]
                base_url=url, api_key=key, httpx_client=http, timeout=TIMEOUT_S
            )
    except ApiError as error:
        raise refusal(url, error.status_code, error.body) from error
    except httpx.TimeoutException as error:
        raise LabelStudioError(f"{url}: no answer in time", "run the command again") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise LabelStudioError(f"{url}: no answer ({error})", "does the server run?") from error


def is_status(error: Exception, *codes: int) -> bool:
    """Whether the server answered with one of these status codes."""
    return getattr(error, "status_code", None) in codes


def refusal(url: str, status: int | None, body: object) -> LabelStudioError:
    """The error for a reply that is no success."""
    if status in REFUSED_KEY:
        return LabelStudioError(
            f"{url}: the key is not accepted",
            "was it reset? run the command again; with LABEL_STUDIO_API_KEY, set that anew",
        )
    reason = " ".join(str(_reason(body)).split())[:LONGEST_REASON]
    if status == 404:
        return LabelStudioError(
            f"{url}: what was asked for is not there ({reason})",
            "was a project deleted meanwhile? run the command again",
        )
    return LabelStudioError(f"{url}: status {status} ({reason})", "its log says more")


def _reason(body: object) -> object:
    if not isinstance(body, dict):
        return body or "no reason given"
    return body.get("validation_errors") or body.get("detail") or "no reason given"
