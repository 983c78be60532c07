"""What a failed call means for the run: try again, give this call up, or stop.

One table for all servers; what only one of them says (a spent quota, an invalid key in a 400) is
seen to by its own rater first.
"""

from dataclasses import dataclass

from annotate.base import GiveUp, StopRun, TryAgain

Problem = TryAgain | GiveUp | StopRun


@dataclass(frozen=True, slots=True)
class Service:
    """The words for one service: its name, and what mends a bad key and an unknown model."""

    name: str
    mend_key: str
    mend_model: str


def of_status(code: int, said: str, service: Service, after: float | None = None) -> Problem:
    """The problem behind an HTTP status. A call that ended in an error is not billed."""
    detail = f"{code}: {said}" if said else str(code)
    if code in {401, 402, 403}:
        return StopRun(f"{service.name} refuses the key ({detail})", service.mend_key)
    if code == 404:
        return StopRun(f"{service.name} does not know the model ({detail})", service.mend_model)
    # 499: the server broke off at the time limit that it was told.
    if code in {408, 499, 504}:
        return TryAgain("timeout", detail, after=after)
    if code == 429 or code >= 500:
        throttled = code in {429, 503}
        return TryAgain("refused_by_server", detail, after=after, throttled=throttled)
    if code >= 400:
        return GiveUp("refused_by_server", detail)
    return malformed(f"an answer of status {detail}")


def malformed(detail: str) -> TryAgain:
    """The problem that a call succeeded but what came is no answer of this protocol."""
    return TryAgain("unparsable", detail, may_be_billed=True)
