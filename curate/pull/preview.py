"""What a dry run shows: the layout, the map, and the first records as they were understood."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from curate.ingest.text import told
from curate.pull.report import PullReport
from curate.sources.record import SourceDrop, SourceMedium, SourceRecord
from curate.sources.registry import Opened

SHOWN_RECORDS = 3


def preview(opened: Opened, source: str) -> PullReport:
    """A report without a pull: nothing was written and no medium was read."""
    first = [_shown(record) for record in islice(opened.records, SHOWN_RECORDS)]
    return PullReport(
        pull_id=None,
        source=source,
        format=opened.layout,
        map=dict(opened.field_map),
        unread=opened.unread,
        first=first,
    )


def _shown(record: SourceRecord | SourceDrop) -> Mapping[str, Any]:
    place = {"file": record.file, "line": record.line}
    if isinstance(record, SourceDrop):
        return {**place, "dropped": record.reason, "detail": told(record.detail)}
    parts = [part for turn in record.turns for part in turn.parts]
    return {
        **place,
        "prompt": told(" ".join(str(part) for part in parts if not isinstance(part, SourceMedium))),
        "media": [_named(part) for part in parts if isinstance(part, SourceMedium)],
        "responses": [told(str(response.text)) for response in record.responses],
        "models": [response.model for response in record.responses],
        "ratings": sum(
            len(rating.scores) for response in record.responses for rating in response.ratings
        ),
        "rankings": len(record.rankings),
    }


def _named(medium: SourceMedium) -> str:
    if medium.path is None:
        return f"{medium.kind} of {len(medium.data or b''):,} bytes"
    return f"{medium.kind} {told(medium.path)[:200]}"
