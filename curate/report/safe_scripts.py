"""JSON inside scripts, and the policy that lets the page's own scripts run and no others."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from curate.plain import plain

STEERING = re.compile(
    r"[\x80-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""What would turn the text around for who reads the file, or end a line of an old script."""


def script_json(value: Any) -> str:
    """The value as JSON that may stand in a script."""
    return harmless(json.dumps(plain(value), ensure_ascii=False, separators=(",", ":")))


def harmless(made: str) -> str:
    """JSON with every character escaped that could end a script or turn the text around."""
    for sign in "<>&\x7f":
        made = made.replace(sign, f"\\u{ord(sign):04x}")
    if made.isascii():
        return made
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", made)


def policy(scripts: Sequence[str], styles: Sequence[str], *, loads: bool) -> str:
    """A content security policy: these texts, pictures inside the page, nothing from elsewhere.

    With `loads` these scripts may load others, which a page opened as a file cannot name by origin.
    """
    allowed = [*map(_hashed, scripts), *(["'strict-dynamic'"] if loads else [])]
    return "; ".join(
        [
            "default-src 'none'",
            "img-src data:",
            f"script-src {' '.join(allowed) or chr(39) + 'none' + chr(39)}",
            f"style-src {' '.join(map(_hashed, styles))}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
