"""The plain SDK sending tasks that were made before. FOLDER URL KEY COUNT A_REQUEST.

It reads, sends and is done: nothing is checked, counted or noted.
"""

import json
import sys
from itertools import islice
from pathlib import Path

from label_studio_sdk import LabelStudio


def main(folder: Path, url: str, key: str, count: int, each: int) -> None:
    """Send `count` tasks, `each` a request."""
    client = LabelStudio(base_url=url, api_key=key, timeout=600)  # type: ignore[no-untyped-call]
    page = (folder / "page.xml").read_text("utf-8")
    project = client.projects.create(title="the plain SDK", label_config=page).id
    with (folder / "tasks.jsonl").open(encoding="utf-8") as file:
        lines = islice(file, count)
        while chunk := [{"data": json.loads(line)} for line in islice(lines, each)]:
            client.projects.import_tasks(id=project, request=chunk)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
