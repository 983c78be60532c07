"""Texts in several scripts, with markup, errors and refusals."""

from collections.abc import Callable, Iterator, Mapping

from tests.fuzz.values import bytes_of, size_bytes, text_bytes
from tests.fuzz.words import WORDS

Seeds = Iterator[bytes]


def _words() -> Seeds:
    pieces = WORDS["words"]
    for one in (
        *("Error code: 429 - {'error': 1}", "I'm sorry, but I can't assist with that."),
        *("Traceback (most recent call last):\n  File\nValueError: x", "\u62b1\u6b49 \u65e0\u6cd5"),
        *('{"error": {"message": "x", "code": 1}}', "<html><title>502 Bad Gateway</title></html>"),
        *("<image>\nWhat is <video> it?", "Je suis désolé, je ne peux pas vous aider."),
        *("1>2=3", " -2.50 ", "Visual Faithfulness"),
    ):
        yield b"\0" + one.encode()
    for piece in pieces[:12]:
        yield bytes([10]) + text_bytes(piece) + size_bytes(900)


def _texts() -> Seeds:
    from tests.support.hostile import texts  # brings a whole build with it

    yield from (one.encode("utf-8", "surrogateescape") for one in texts())
    yield "1. [a](http://x) www.b | `c` $d$ é\u0301 \u200d \ud83d".encode("utf-8", "replace")
    yield "Three cups\x00Three  cups.\x00三个杯子\x00ⅷ ﬁ".encode()


def _scripts() -> Seeds:
    yield bytes_of({"</script>": "\u2028<!--", "n": 1.5, "list": [None, True]}, WORDS["layouts"])


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "terminal": _texts,
    "card": _texts,
    "scripts": _scripts,
    "tokens": _texts,
    "detectors": _words,
    "additions": _words,
    "words": _words,
}
