"""The same work for all: prompts with a picture and four answers, scored on five metrics."""

import io
import json
import resource
import sys
import time
from collections.abc import Iterator
from functools import cache

import numpy as np
from PIL import Image

from annotate.base import Picture, Request
from annotate.prompting.prompt import judge_request
from annotate.prompting.view import JudgeView
from curate.settings import resolve
from schemas.candidate import Medium, Message, Part
from schemas.config import Config

WORDS = ("left", "right", "bar", "line", "red", "blue", "chart", "value", "shows", "about", "than")
ANSWERS = 4
WORDS_AN_ANSWER = 110
SIDE = 128


@cache
def picture() -> bytes:
    """A JPEG of about 20 kB."""
    noise = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "JPEG", quality=90)
    return out.getvalue()


def view(number: int, *, pictured: bool = True) -> JudgeView:
    """One prompt; its number is in every text, so that no two requests are alike."""
    words = np.random.default_rng(number).choice(WORDS, (ANSWERS, WORDS_AN_ANSWER))
    answers = tuple(f"{number}: {' '.join(row)}." for row in words)
    question = Part(type="text", text=f"Question {number}: which bar is the tallest?")
    if not pictured:
        return JudgeView((Message(role="user", parts=(question,)),), (), answers, RUBRIC)
    asked = (Part(type="media", media_index=0), question)
    medium = Medium(kind="image", sha256="0" * 64, file=f"{'0' * 64}.jpg")
    return JudgeView((Message(role="user", parts=asked),), (medium,), answers, RUBRIC)


def request(number: int, *, pictured: bool = True) -> Request:
    """What is asked of that prompt."""
    shown = [[Picture(picture(), "image/jpeg")]] if pictured else []
    return judge_request(view(number, pictured=pictured), shown)


def tell(calls: int, answered: int, cpu: float, wall: float) -> None:
    """Print what a run came to as one JSON line. CPU and wall are in seconds, without imports."""
    found = {
        "calls": calls,
        "answered": answered,
        "cpu_ms": 1000 * cpu / calls,
        "calls_a_second": calls / wall,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(found) + "\n")


def clocks() -> tuple[float, float]:
    """CPU seconds of this process with all its threads, and the wall's."""
    return time.process_time(), time.monotonic()


def numbers(count: int) -> Iterator[int]:
    """One number a prompt, after those of the warm-up."""
    return iter(range(WARM_UP, WARM_UP + count))


RUBRIC = resolve(Config()).rubric
WARM_UP = 64
KEY = "a-key-for-a-server-on-this-machine"
