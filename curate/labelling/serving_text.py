"""What `curate label serve` says."""

import signal
from collections.abc import Mapping
from types import FrameType
from typing import Any

from annotate.label_studio.environment import Say
from annotate.label_studio.health import ANYWHERE
from annotate.label_studio.variables import LOOPBACK
from curate.console import Advance, Console, no_bar
from curate.labelling import serving
from curate.labelling.serving import Served


def teller(console: Console, advance: Advance) -> Say:
    """Says each step: on the bar where there is one, else as a line."""

    def say(text: str) -> None:
        if advance is no_bar:
            console.say(text)
        else:
            advance(0, text)

    return say


def show_served(
    console: Console, served: Served, state: Mapping[str, Any], elsewhere: str | None
) -> None:
    """The address and who may in. The password is shown by the start that drew it, only.

    `elsewhere` is another server that the workspace works with.
    """
    running, access = served.running, served.server.access()
    now = "runs" if served.started else "runs already"
    console.say(
        f"Label Studio {running.version} {now} at {running.url} (process {running.process.pid})."
    )
    if served.first and access:
        console.say(f"Sign in as {access.email} with the password {access.password}")
        console.say(f"It is shown this once, and kept in {served.server.access_path}.")
    elif access:
        console.say(f"Sign in as {access.email}; the password is in {served.server.access_path}.")
    console.say("Next: curate label push makes tasks, curate label invite the annotators' link.")
    if elsewhere is not None:
        console.warn(f"push, pull and the others use {elsewhere}, as you set it, and not this one")
    if running.host not in LOOPBACK:
        where = "every address of this machine" if running.host == ANYWHERE else running.host
        console.warn(f"it listens on {where}, without encryption: put it behind a TLS proxy")
    console.result({**state, "started": served.started})


def show_state(console: Console, state: Mapping[str, Any], *, stopped: bool | None) -> None:
    """Whether the server runs; `stopped` is whether --stop had one to stop, null without --stop."""
    if stopped is not None:
        console.say("Label Studio is stopped." if stopped else "No Label Studio ran here.")
    elif state["state"] in {"running", "silent"}:
        mind = "" if state["state"] == "running" else ", but does not answer"
        console.say(f"Label Studio runs at {state['url']} (process {state['pid']}){mind}.")
    else:
        made = "is stopped" if state["state"] == "stopped" else "was not made here yet"
        console.say(f"Label Studio {made}; start it with: curate label serve")
    console.result(dict(state) if stopped is None else {**state, "stopped": stopped})


def stay(console: Console, served: Served) -> None:
    """Wait for Ctrl-C, or for the signal by which service managers stop a program."""

    def as_interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, as_interrupt)
    serving.stay(served.server, lambda: console.say("Ctrl-C stops it."))
    console.say("Label Studio is stopped.")
