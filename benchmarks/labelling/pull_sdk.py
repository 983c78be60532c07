"""The plain SDK reading a project's votes. PROJECT URL KEY bulk | COUNT.

All in one export, or so many tasks one at a time. It reads and is done: nothing is mapped or kept.
"""

import sys
from itertools import islice

from label_studio_sdk import LabelStudio


def main(project: int, url: str, key: str, how: str) -> None:
    """Read and say how many annotations there were."""
    client = LabelStudio(base_url=url, api_key=key, timeout=600)  # type: ignore[no-untyped-call]
    if how == "bulk":
        tasks = client.projects.exports.as_json(project)
        found = sum(len(task["annotations"]) for task in tasks)
    else:
        listed = client.tasks.list(project=project, page_size=1_000, include="id")
        numbers = [task.id for task in islice(listed, int(how))]
        found = sum(len(client.tasks.get(id=str(it)).annotations or ()) for it in numbers)
    sys.stdout.write(f"{found}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
