"""Write docs/curate.schema.json: the JSON schema of curate.toml, for editors."""

import json
from pathlib import Path

from schemas.config import config_schema

TARGET = Path(__file__).resolve().parent.parent / "docs" / "curate.schema.json"


def rendered() -> str:
    """The file's text."""
    return json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(rendered(), encoding="utf-8")
    print(f"wrote {TARGET}")
