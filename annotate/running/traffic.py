"""How a run may talk to a server: its settings in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traffic:
    """Limits of a run. Times are seconds.

    At most `concurrency` requests are in flight, at first `start`. `rpm` and `tpm` are requests and
    input tokens a minute. `timeout` is for one attempt. A call is given up after `attempts`
    failures or once it has waited `patience`; being told to slow down counts against patience
    only. A run stops after `circuit` calls in a row that got no answer.
    """

    concurrency: int = 32
    start: int = 8
    rpm: float | None = None
    tpm: float | None = None
    timeout: float = 120.0
    attempts: int = 6
    patience: float = 900.0
    circuit: int = 50
