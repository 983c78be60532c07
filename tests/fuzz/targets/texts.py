"""Text of others wherever it is shown or compared: no character of it does more than be read."""

import json
import re
import unicodedata
from collections.abc import Callable

import pyarrow as pa

from annotate.critiquing.additions import addition
from annotate.critiquing.comment import comment_of
from annotate.critiquing.expansion import is_copied
from annotate.critiquing.view import Commented
from annotate.prompting.quoting import valid_text
from curate.ingest.error_text import is_error_text
from curate.ingest.refusal import is_refusal
from curate.ingest.text import told
from curate.kernels.normal_form import NORMAL_FORM, normal_form
from curate.kernels.shingles import TOKEN_SETS, sketches
from curate.plain import json_text
from curate.report.safe_scripts import STEERING, script_json
from curate.sources.scores import number_of
from curate.sources.shaping import metric_name, shown
from curate.sources.tiers import tiers_of_ranks
from curate.sources.turns import prompt_turns
from curate.terminal import KEPT, printable
from export.card import safe
from tests.fuzz.laws import holds, is_storable
from tests.fuzz.values import Reader
from tests.fuzz.words import WORDS
from tests.support.examples import question

OPENS = re.compile(r"(?<!\\)[`*_\[\]~!#{}<>|$]")
ENTITY = re.compile(r"&(?:#\d+|amp|lt|gt);")
PLAIN = re.compile(r"`[^`]+`")
ADDRESS = re.compile("://(?!\u2060)")
LONG = 20_000


def terminal(data: bytes) -> None:
    """Nothing in printed text steers a terminal, and cleaning it again changes nothing."""
    text = data.decode("utf-8", "surrogateescape")
    made = printable(text)
    holds(printable(made) == made)
    is_storable(made)
    holds(not any(unicodedata.category(one) in {"Cc", "Cs"} and one not in KEPT for one in made))
    holds("\x1b" not in made)
    holds(not {"\u202e", "\u2066", "\u200f"} & set(made))


def card(data: bytes) -> None:
    """A cell of a card is one line without markup that works, a tag or an address."""
    text = data.decode("utf-8", "surrogateescape")
    for made in (safe.words(text), safe.code(text)):
        holds("\n" not in made and "\r" not in made and "|" not in made, made)
        is_storable(made)
        if PLAIN.fullmatch(made):
            continue  # code type, in which nothing is markup
        holds(not ADDRESS.search(made), made)
        holds(not OPENS.search(ENTITY.sub("", made)), made)


def scripts(data: bytes) -> None:
    """JSON in a script is the value that went in, and cannot end the script."""
    value = Reader(data, WORDS["layouts"]).value()
    made = script_json(value)
    holds(not {"<", ">", "&"} & set(made) and not STEERING.search(made))
    json.loads(made)
    holds(json_text(value).isascii())
    is_storable(made)


def tokens(data: bytes) -> None:
    """Texts as sets: equal normal forms have equal sets, and every set is in order."""
    texts = data.decode("utf-8", "replace").split("\x00")[:50]
    forms = [normal_form(text) for text in texts]
    holds([normal_form(form) for form in forms] == forms)
    batch = pa.record_batch(
        {
            "doc_no": pa.array(range(len(texts)), pa.int64()),
            "scope": pa.array([0] * len(texts), pa.int64()),
            "text": pa.array(texts, pa.string()),
        }
    )
    sets = {row["doc_no"]: row["tokens"] for row in TOKEN_SETS.apply(batch).to_pylist()}
    sketched = {row["doc_no"]: row for row in sketches(4).apply(batch).to_pylist()}
    holds(len(sketched) == len(texts))
    for number, row in sketched.items():
        holds(row["shingles"] == sorted(set(row["shingles"])))
        holds(row["keys"] == row["shingles"][:4] and row["n_shingles"] == len(row["shingles"]))
        holds((row["n_tokens"] == 0) == (not sets[number]))
    ids = pa.array([str(number) for number in range(len(texts))])
    NORMAL_FORM.apply(
        pa.record_batch({"candidate_id": ids, "prompt_id": ids, "response": pa.array(texts)})
    )


def detectors(data: bytes) -> None:
    """Whether an answer is an error or a refusal is said of any text, a long one too."""
    for text in _texts(data):
        holds(is_error_text(text) in (True, False))
        holds(is_refusal(text) in (True, False))


def additions(data: bytes) -> None:
    """What a critique adds to a comment is found in any script; a text adds nothing to itself."""
    texts = [valid_text(text)[:4000] for text in _texts(data)]
    comment, expansion = texts[0], texts[-1]
    found = addition(expansion, [comment])
    is_storable(found or "")
    holds(found is None or found.isascii())
    is_copied(expansion, Commented(question(comment), (), comment, comment))
    is_storable(comment_of({"overall": comment, "helpfulness": expansion}))


def words(data: bytes) -> None:
    """Short words of sources: names of metrics, numbers, rankings, places of pictures."""
    for text in _texts(data):
        name = metric_name(text)
        holds(metric_name(name) == name, (text, name))
        number_of(text)
        is_storable(told(text))
        holds(len(shown(text)) <= 80)
        prompt_turns(text, [])
        _tiers(text)


def _tiers(text: str) -> None:
    found = tiers_of_ranks(text, 4) or []
    placed = [one for tier in found for one in tier]
    holds(len(set(placed)) == len(placed) and set(placed) <= set(range(4)), text)


def _texts(data: bytes) -> list[str]:
    """The bytes as a text, and a text of the values in them, which may be long."""
    plain = data[1:].decode("utf-8", "surrogateescape")
    value = Reader(data, WORDS["words"]).value()
    parts = value if isinstance(value, list) else [value]
    joined = "".join(part for part in parts if isinstance(part, str))
    return [plain, joined[:LONG]]


TARGETS: dict[str, Callable[[bytes], None]] = {
    "terminal": terminal,
    "card": card,
    "scripts": scripts,
    "tokens": tokens,
    "detectors": detectors,
    "additions": additions,
    "words": words,
}
