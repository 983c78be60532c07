"""Whether a server of this machine still works on a request whose sender is gone.

The system knows: when a sender ends, the server's side of the connection waits to be closed until
the request was answered, whether anybody reads the answer or not.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
STILL_SENDING, SENDER_IS_GONE = "04", "08"
"""FIN_WAIT1 on the sender's side, CLOSE_WAIT on the server's (proc_net_tcp.txt)."""


def left_alone(port: int, tables: Iterable[Path] = TABLES) -> bool | None:
    """Whether a request of a sender that ended is under way at this port; None where unseen."""
    seen = [path for path in tables if path.is_file()]
    if not seen:
        return None
    return any(_is_left(port, *row) for path in seen for row in _connections(path))


def _is_left(port: int, here: int, there: int, state: str) -> bool:
    return (here == port and state == SENDER_IS_GONE) or (there == port and state == STILL_SENDING)


def _connections(path: Path) -> Iterator[tuple[int, int, str]]:
    """The port here, the port there and the state of every connection."""
    for line in path.read_text("ascii").splitlines()[1:]:
        _, here, there, state, *_ = line.split()
        yield _port(here), _port(there), state


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)
