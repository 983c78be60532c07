"""Counts are what the library itself gives: its own call on the same conversation is the oracle."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from curate.tokens.conversation import Conversation, Turn
from curate.tokens.counting import tokens_of
from curate.tokens.pictures import PROBES
from curate.tokens.reader import TransformersReader, load_reader
from schemas.errors import ConfigError, MissingExtraError
from tests.support import tiny_tokenizers as tiny

SHOWN: list[tuple[tuple[int, int], ...]] = [
    (),
    ((30, 40),),
    ((300, 700),),
    ((77, 50), (1000, 500), (33, 33)),
]
ANSWERS = ("Three cups.", "\n\n  Why not? \n", "Drei Tassen, 三杯 ☕", " ")
PROCESSORS = {
    "llava": tiny.llava,
    "llava, <s> by the library": lambda: tiny.llava(tiny.BARE_BLOCKS),
    "idefics": tiny.idefics,
}


def side(sizes: Sequence[tuple[int, int]], answer: str) -> Conversation:
    """Three turns and an answer, pictures before the first text and one inside the last turn."""
    first, last = sizes[:-1], sizes[-1:]
    return Conversation(
        (
            Turn("system", ("You look at pictures.",)),
            Turn("user", (*first, "How many cups?\n")),
            Turn("assistant", ("Two.",)),
            Turn("user", ("And ", *last, "here? ")),
            Turn("assistant", (answer,)),
        )
    )


def counts(reader: TransformersReader, sides: Sequence[Conversation]) -> list[int | None]:
    return [tokens for tokens, _reason in tokens_of(reader, sides)]


@pytest.fixture(autouse=True)
def library() -> None:
    tiny.needed()


@pytest.fixture(params=PROCESSORS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tiny.saved(PROCESSORS[request.param](), tmp_path)


def test_a_processor_counts_what_it_makes_of_the_conversation(folder: Path) -> None:
    from transformers import AutoProcessor

    reader = load_reader(folder, "tiny")
    assert reader.sees_pictures
    sides = [side(sizes, answer) for sizes in SHOWN for answer in ANSWERS]
    processor = AutoProcessor.from_pretrained(folder)
    expected = [tiny.by_the_library(processor, one) for one in sides]
    assert tokens_of(reader, sides) == [(tokens, None) for tokens in expected]
    assert len(set(expected)) > len(SHOWN)


def test_no_picture_is_made_for_sizes_that_the_processor_can_tell(folder: Path) -> None:
    reader = load_reader(folder, "tiny")
    assert isinstance(reader, TransformersReader)
    reader.picture_tokens([((224, 224),)])
    before = reader._pictures._remembered.cache_info().misses
    found = reader.picture_tokens([((number, 500),) for number in range(200, 260)])
    assert None not in found
    assert before == len(PROBES)
    assert reader._pictures._remembered.cache_info().misses == before


def _told_by_height(image_sizes: Sequence[Sequence[int]]) -> SimpleNamespace:
    return SimpleNamespace(num_image_tokens=[height for height, _width in image_sizes])


def _told_nothing(**_: Any) -> SimpleNamespace:
    return SimpleNamespace(num_image_tokens=[])


def _broken(**_: Any) -> SimpleNamespace:
    raise KeyError("unknown")


@pytest.mark.parametrize(
    "tell",
    [
        None,
        _told_by_height,
        _told_nothing,
        _broken,
    ],
    ids=["says nothing", "is wrong", "says too little", "breaks"],
)
def test_a_processor_that_cannot_tell_is_run_on_blank_pictures(tell: Any) -> None:
    processor = tiny.idefics()
    sides = [side(sizes, "Three.") for sizes in SHOWN]
    expected = counts(TransformersReader(processor), sides)
    assert expected == [tiny.by_the_library(processor, one) for one in sides]
    processor._get_num_multimodal_tokens = tell
    reader = TransformersReader(processor)
    assert counts(reader, sides) == expected
    assert reader._pictures._remembered.cache_info().misses > len(SHOWN[1:])


def test_a_size_that_a_processor_refuses_takes_no_other_with_it() -> None:
    processor = tiny.idefics()
    sides = [side(sizes, "Three.") for sizes in SHOWN]
    expected = counts(TransformersReader(processor), sides)
    tell = processor._get_num_multimodal_tokens

    def careful(image_sizes: Any) -> Any:
        if [3, 3000] in image_sizes:
            raise ValueError("too narrow")
        return tell(image_sizes=image_sizes)

    processor._get_num_multimodal_tokens = careful
    reader = TransformersReader(processor)
    reader.picture_tokens([SHOWN[1]])
    before = reader._pictures._remembered.cache_info().misses
    assert counts(reader, [*sides, side([(3, 3000)], "Three.")])[:-1] == expected
    assert reader._pictures._remembered.cache_info().misses == before + 1


def test_a_processor_without_a_template_joins_texts_with_its_placeholders() -> None:
    from PIL import Image

    processor = tiny.llava(template=None)
    one = Conversation((Turn("user", ((30, 40), "How many?")), Turn("assistant", ("Three.",))))
    given = processor(text=["<image>How many?\nThree."], images=[[Image.new("RGB", (40, 30))]])
    assert counts(TransformersReader(processor), [one]) == [len(given["input_ids"][0])]


def test_a_tokenizers_template_gets_texts_and_no_more_special_tokens(tmp_path: Path) -> None:
    reader = load_reader(tiny.saved(tiny.tokenizer(tiny.TEXTS), tmp_path), "tiny")
    one = Conversation((Turn("user", ("How ", (30, 40), "many?")), Turn("assistant", ("Three.",))))
    messages = [
        {"role": "user", "content": "How many?"},
        {"role": "assistant", "content": "Three."},
    ]
    from transformers import AutoTokenizer

    ids = AutoTokenizer.from_pretrained(tmp_path).apply_chat_template(messages, return_dict=False)
    assert not reader.sees_pictures
    assert tokens_of(reader, [one]) == [(len(ids), "blind")]


def test_a_tokenizer_without_a_template_reads_the_joined_texts(tmp_path: Path) -> None:
    reader = load_reader(tiny.saved(tiny.tokenizer(), tmp_path), "tiny")
    one = Conversation((Turn("user", ("How many?",)), Turn("assistant", ("Three.",))))
    assert tokens_of(reader, [one]) == [
        (len(tiny.tokenizer()("How many?\nThree.").input_ids), None)
    ]


def test_a_conversation_that_the_template_refuses_takes_no_other_with_it(tmp_path: Path) -> None:
    reader = load_reader(tiny.saved(tiny.tokenizer(tiny.TEXTS), tmp_path), "tiny")
    fine = Conversation((Turn("user", ("How many?",)), Turn("assistant", ("Three.",))))
    refused = Conversation((Turn("system", ("Be short.",)), *fine.turns))
    first, second, third = tokens_of(reader, [fine, refused, fine])
    assert (first, second) == (third, (None, "template"))
    assert first[0]


def test_pictures_that_a_processor_does_not_take_are_said() -> None:
    processor = tiny.idefics()
    reader = TransformersReader(processor)
    huge = side([(20_000, 20_000)], "Three.")

    def refuse(image_sizes: Any) -> Any:
        raise ValueError(image_sizes)

    processor._get_num_multimodal_tokens = refuse
    assert tokens_of(TransformersReader(processor), [huge]) == [(None, "pictures")]
    assert tokens_of(reader, [side([(30, 40)], "Three.")])[0][1] is None


@pytest.mark.parametrize("holds", ["nothing", "pictures only", "no JSON"])
def test_a_folder_without_a_tokenizer_is_refused(tmp_path: Path, holds: str) -> None:
    if holds == "pictures only":
        tiny.saved(tiny.llava().image_processor, tmp_path)
    elif holds == "no JSON":
        tiny.saved(tiny.tokenizer(), tmp_path)
        (tmp_path / "tokenizer.json").write_text("{", "utf-8")
    with pytest.raises(ConfigError, match=r"^\[pairs\] tokenizer 'mine'.*; name a folder"):
        load_reader(tmp_path, "mine")


def test_code_that_lies_beside_a_tokenizer_is_not_run(tmp_path: Path) -> None:
    import json

    tiny.saved(tiny.tokenizer(), tmp_path)
    (tmp_path / "own.py").write_text("raise SystemExit('run')", "utf-8")
    path = tmp_path / "tokenizer_config.json"
    config = json.loads(path.read_text("utf-8"))
    config |= {"auto_map": {"AutoTokenizer": [None, "own.Own"]}, "tokenizer_class": "Own"}
    path.write_text(json.dumps(config), "utf-8")
    try:
        reader = load_reader(tmp_path, "mine")
    except ConfigError:
        return
    assert not reader.sees_pictures


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pairwright\[tokens\]'"):
        load_reader(tmp_path, "mine")
