"""How much memory DuckDB may have before it spills."""

import os

from schemas.errors import ConfigError


def memory_limit(default_mb: int) -> int:
    """The megabytes of PAIRWRIGHT_MEMORY_MB, or these. Raises ConfigError where it is no number."""
    text = os.environ.get("PAIRWRIGHT_MEMORY_MB", str(default_mb))
    if not text.isdecimal() or int(text) == 0:
        raise ConfigError(f"PAIRWRIGHT_MEMORY_MB = {text!r}", "give whole megabytes, e.g. 2048")
    return int(text)
