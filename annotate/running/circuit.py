"""The fuse of a run: many calls in a row without any answer mean that none will come."""

from annotate.base import StopRun


class Circuit:
    """Counts calls in a row that ended without a reply, whatever the reply would have said."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._failed = 0

    def answered(self) -> None:
        """Note a reply."""
        self._failed = 0

    def failed(self, detail: str) -> StopRun | None:
        """Note a call that got no reply; the error to stop the run with, where it was the last."""
        self._failed += 1
        if self._failed < self._limit:
            return None
        return StopRun(
            f"the last {self._failed} calls got no answer, the last one: {detail}",
            "check the network and the server, then run again: it goes on where it stopped",
        )
