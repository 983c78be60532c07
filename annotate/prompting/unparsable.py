"""What reading a reply raises where the reply is not an answer of the form asked for."""

from schemas.event import FailureReason


class Unparsable(Exception):  # noqa: N818 - the runner asks once more for it, it is no error of ours
    """The reply cannot be read. `problem` says why, in words that a model can act upon.

    `reason` is what the call has failed with where it is not mended.
    """

    def __init__(self, problem: str, reason: FailureReason = "unparsable") -> None:
        super().__init__(problem)
        self.problem = problem
        self.reason = reason
