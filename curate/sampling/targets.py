"""Whom to ask: models, each at the address of its server."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from schemas.errors import UsageError

SAMPLED = "sample:"
"""What the `source` of a sampled answer begins with."""
DEFAULT_PATH = "/v1"
SCHEMES = ("http", "https")
WITH_ADDRESS = re.compile(r"(.*?)@(https?://.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """One model at `base_url`, which ends before `/chat/completions`."""

    model: str
    base_url: str

    @property
    def host(self) -> str:
        """The server's name and port."""
        return urlsplit(self.base_url).netloc

    @property
    def source(self) -> str:
        """What rows of its answers are called."""
        return f"{SAMPLED}{self.model}@{self.host}"


def targets_of(models: Sequence[str], endpoint: str | None) -> tuple[Target, ...]:
    """The targets of `NAME` and `NAME@URL` words; `endpoint` is for those without a URL.

    Raises UsageError for a model without an address, one that is named twice (a generation knows
    its model by name alone), and an address that holds anything secret.
    """
    targets = tuple(_target(word, endpoint) for word in models)
    if not targets:
        raise UsageError("no model named", "e.g. --model NAME --endpoint http://127.0.0.1:8000/v1")
    names = [target.model for target in targets]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"--model {name!r} is there twice", "serve each under its own name")
    return targets


def _target(word: str, endpoint: str | None) -> Target:
    found = WITH_ADDRESS.fullmatch(word)
    name, address = (found[1], found[2]) if found else (word, endpoint)
    if not name.strip():
        raise UsageError("a --model without a name", "write NAME or NAME@URL")
    if address is None:
        raise UsageError(f"--model {name!r} has no address", "say --endpoint URL or NAME@URL")
    return Target(name.strip(), base_url_of(address))


def base_url_of(address: str) -> str:
    """The address as it is asked: `/v1` where it has no path, and no slash at its end.

    Raises UsageError; what may be secret is not repeated.
    """
    parts = _split(address.strip())
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            f"the address of {parts.hostname} holds a user, a password or a query",
            "leave them out: a key is taken from OPENAI_API_KEY",
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or DEFAULT_PATH}"


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        whole = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or " " in address:
        raise UsageError("an address that is none", "write it as http://host:port/v1")
    return parts
