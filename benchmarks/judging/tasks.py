"""The prompts as JSON lines, for tools with an environment of their own. OUT COUNT."""

import json
import sys
from pathlib import Path

from annotate.base import Text
from benchmarks.judging.work import request, view


def main(out: str, count: int) -> None:
    """Write question, answers, and the whole of the judge's text, a prompt a line."""
    with Path(out).open("w", encoding="utf-8") as file:
        for number in range(count):
            asked = request(number)
            parts = [part.text for part in asked.turns[0].parts if isinstance(part, Text)]
            row = {
                "question": f"Question {number}: which bar is the tallest?",
                "answers": view(number).answers,
                "text": "\n".join([asked.system, *parts]),
            }
            file.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
