"""The server as a process: its address on the first line, then it serves until it is ended.

python -m tests.support.judge_server --port 0 --latency-ms 20 --fault throttled=0.05
"""

import argparse
import asyncio

from tests.support.judge_server.faults import Faults
from tests.support.judge_server.server import JudgeServer


def main() -> None:
    """Serve as the options say. GET /_record gives the record as JSON."""
    parser = argparse.ArgumentParser(prog="judge_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fault", action="append", default=[], metavar="NAME=RATE")
    parser.add_argument("--model-version")
    options = parser.parse_args()
    pairs = (fault.partition("=") for fault in options.fault)
    rates = {name: float(rate) for name, _, rate in pairs}
    rates["throttled_in_a_row"] = int(rates.get("throttled_in_a_row", 1))
    server = JudgeServer(
        faults=Faults(seed=options.seed, **rates),  # type: ignore[arg-type]
        latency_s=options.latency_ms / 1000,
        model_version=options.model_version,
        port=options.port,
    )
    asyncio.run(_serve(server))


async def _serve(server: JudgeServer) -> None:
    async with server:
        print(server.base_url, flush=True)  # noqa: T201 - whoever starts it reads this line
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
