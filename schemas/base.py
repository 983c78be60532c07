"""The base of every record that crosses a stage, and the scalar types they share."""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field


class Record(BaseModel):
    """A frozen record with no unknown fields and only finite numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


Score = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
"""A score or a margin: decimal(18,6), so that every engine agrees to the last digit."""

Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""A content id: the first 32 hex digits of a sha256."""

Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""A number of something, as every reader of ours can hold it."""

Amount = Annotated[int, Field(ge=0, le=2**53)]
"""A number that may be a sum: what JSON holds exactly."""

Dollars = Annotated[Decimal, Field(ge=0, le=10**30)]
"""US dollars spent or at risk: never below nought, and not so many that no sum of them ends."""

Share = Annotated[float, Field(ge=0, le=1)]

NAME = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
"""What a filter or a benchmark may be called: it is a reason in tables."""


def _in_utc(at: datetime) -> datetime:
    """The time, where UTC has it: the first and the last day of all are half outside."""
    try:
        at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a time that no year of UTC holds") from error
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A time with its zone, which a table can hold as the microsecond that it is in UTC."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, text unescaped."""
    return _ENCODER.encode(value)


def content_id(value: Any) -> str:
    """32 hex digits of the sha256 over the canonical JSON of `value`."""
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()[:32]
