"""How five trainers load the set: code that a test runs on the very files beside the card."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill

from export.card.facts import VOTES, CardFacts
from export.card.folder import Config
from export.checks import MEDIA_TOKENS
from export.ms_swift import MARKS as SWIFT_MARKS

SOMEBODY = "USER/NAME"
MODEL = "YOUR/MODEL"
MARKS = (*MEDIA_TOKENS, *SWIFT_MARKS)
"""What trainers and processors take for media in a text, none of which has a space in it."""

TEXT_TURNS = """\
def turns(row):
    marks = "<image>" * len(row["images"])
    for turn in row["prompt"]:
        mine = marks if turn["role"] == "user" else ""
        marks = marks[len(mine) :]
        yield {"role": turn["role"], "content": mine + turn["content"]}
"""
PLAIN_TURNS = """\
def turns(row):
    yield from row["prompt"]
"""
BLOCK_TURNS = """\
def turns(row):
    for turn in row["prompt"]:
        parts = ("<image>" if it["type"] == "image" else it["text"] for it in turn["content"])
        yield {"role": turn["role"], "content": "".join(parts)}
"""
PART_TURNS = """\
def turns(row):
    for turn in row["messages"]:
        parts = (
            it["text"]
            if it["type"] == "text"
            else "<image>" * row["media"][it["media_index"]]["count"]
            for it in turn["parts"]
        )
        yield {"role": turn["role"], "content": "".join(parts)}
"""
TURN_ANSWER = """\
def answer(row, side):
    return row[side][0]["content"]
"""
BLOCK_ANSWER = """\
def answer(row, side):
    return row[side][0]["content"][0]["text"]
"""
TEXT_ANSWER = """\
def answer(row, side):
    return row[side]
"""
BLOCKS_FOR_TRL = """\
def asked(row, turn):
    for it in turn["parts"]:
        if it["type"] == "text":
            yield {"type": "text", "text": it["text"]}
        else:
            count = row["media"][it["media_index"]]["count"]
            yield from [{"type": "image", "text": None}] * count


def said(text):
    return [{"role": "assistant", "content": [{"type": "text", "text": text}]}]


def for_trl(row):
    turns = [{"role": it["role"], "content": list(asked(row, it))} for it in row["messages"]]
    return {"prompt": turns, "chosen": said(row["chosen"]), "rejected": said(row["rejected"])}
"""
TEXTS_FOR_TRL = """\
def asked(turn):
    return "".join(it["text"] for it in turn["parts"])


def said(text):
    return [{"role": "assistant", "content": text}]


def for_trl(row):
    turns = [{"role": it["role"], "content": asked(it)} for it in row["messages"]]
    return {"prompt": turns, "chosen": said(row["chosen"]), "rejected": said(row["rejected"])}
"""
FITS = f"""\
MARKS = \"\"\"
{fill(" ".join(MARKS), 80, break_on_hyphens=False)}
\"\"\".split()


def fits(messages, media, chosen, rejected):
    texts = [it["text"] or "" for turn in messages for it in turn["parts"]]
    marked = any(mark in text for text in (*texts, chosen, rejected) for mark in MARKS)
    return not marked and all(it["kind"] != "video" for it in media)
"""
FITTING = """\
rows = rows.filter(fits, input_columns=["messages", "media", "chosen", "rejected"])
"""
LEFT_OUT = (
    "The blocks for trainers leave out prompts with a video file, and texts that say `<image>` or "
    "the like, which a trainer would take for a picture or a file."
)
NO_VIDEOS = (
    "Every prompt shows a video file. TRL's and OpenRLHF's trainers take none, so there is no "
    "block for them here; for LLaMA-Factory and ms-swift, `curate export --format llama-factory` "
    "and `curate export --format ms-swift` write the files with their videos."
)
SAVED = """\
def saved(row):
    names = [f"images/{Path(it['path']).name}" for it in row["images"]]
    for name, picture in zip(names, row["images"]):
        (out / name).write_bytes(picture["bytes"])
    return names
"""
WRITE = """\
def write(name, lines):
    with (out / name).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\\n" for line in lines)
"""


def loading(facts: CardFacts, configs: Sequence[Config]) -> Iterator[str]:
    """A block a trainer; those that read files go on from one that writes them."""
    repo = facts.repo or SOMEBODY
    config = _for_trl(configs)
    yield "**`datasets`**, all at once or as a stream:"
    yield _python(_plain(repo, configs))
    if "chosen" not in config.features:
        return
    if config.only_videos():
        yield NO_VIDEOS
        return
    vision = config.has_media()
    if not _is_trl(config.features):
        yield LEFT_OUT
    if config.has_videos():
        yield "`curate export` writes the videos too, for LLaMA-Factory and ms-swift."
    yield "**TRL**" + (" (a vision model; pictures are found by themselves):" if vision else ":")
    yield _python(_trl(repo, config))
    yield "<details><summary><b>LLaMA-Factory, ms-swift, OpenRLHF</b></summary>"
    yield "They read JSON lines. The three blocks below go on from this one:"
    yield _python(_files(repo, config))
    yield "**LLaMA-Factory**:"
    yield _python(_llama_factory(vision=vision))
    yield _bash(
        "llamafactory-cli train --stage dpo --do_train --model_name_or_path YOUR/MODEL "
        "--template YOUR_TEMPLATE \\\n  --dataset_dir pairs --media_dir pairs --dataset pairs "
        "--output_dir dpo"
    )
    yield "**ms-swift**:"
    yield _python(_ms_swift(vision=vision))
    yield _bash("swift rlhf --rlhf_type dpo --model YOUR/MODEL --dataset pairs/ms-swift.jsonl")
    only = " trains on texts only, so it gets the prompts without pictures" if vision else ""
    yield f"**OpenRLHF**{only}:"
    yield _python(_openrlhf("images" if _is_trl(config.features) else "media", vision=vision))
    yield _bash(
        "deepspeed --module openrlhf.cli.train_dpo --model.model_name_or_path YOUR/MODEL "
        "\\\n  --data.dataset pairs/openrlhf.jsonl --data.apply_chat_template \\\n"
        "  --data.prompt_key prompt --data.chosen_key chosen --data.rejected_key rejected"
    )
    yield "</details>"


def tracing(facts: CardFacts, configs: Sequence[Config]) -> Iterator[str]:
    """How to get from a pair to its judgements, where the set has both."""
    config, repo = configs[0], facts.repo or SOMEBODY
    if "provenance" not in config.features:
        return
    yield "To trace a pair: its `provenance` holds the `event_id` of every judgement behind it."
    yield _python(
        "from datasets import load_dataset\n\n"
        f'ids = {_load(repo, config)}[0]["provenance"]\n'
        f'votes = load_dataset("{repo}", "{VOTES}", split="{config.splits[0].name}")\n'
        'behind = votes.filter(lambda vote: vote["event_id"] in ids)'
    )


def _for_trl(configs: Sequence[Config]) -> Config:
    """The config whose rows TRL reads as they are, else the default one."""
    return next((config for config in configs if _is_trl(config.features)), configs[0])


def _is_trl(features: Mapping[str, object]) -> bool:
    return "prompt" in features and _is_list(features.get("chosen"))


def _is_list(feature: object) -> bool:
    return isinstance(feature, Mapping) and feature.get("_type") == "List"


def _blocks(config: Config) -> bool:
    content = config.features["chosen"]["feature"]["content"]
    return _is_list(content)


def _load(repo: str, config: Config, more: str = "") -> str:
    name = "" if config.name == "default" else f', "{config.name}"'
    return f'load_dataset("{repo}"{name}, split="{config.splits[0].name}"{more})'


def _plain(repo: str, configs: Sequence[Config]) -> str:
    config = configs[0]
    votes = any(it.name == VOTES for it in configs)
    return (
        "from datasets import load_dataset\n\n"
        f"rows = {_load(repo, config)}\n"
        f"stream = {_load(repo, config, ', streaming=True')}\n"
        "stream = stream.shuffle(seed=0, buffer_size=1000)"
        + (f'\nvotes = load_dataset("{repo}", "{VOTES}")' if votes else "")
    )


def _trl(repo: str, config: Config) -> str:
    if _is_trl(config.features):
        shaped, given = "", _load(repo, config)
    else:
        shaped, given = f"\n{_reshaped(repo, config)}\n", "rows"
    return (
        "from datasets import load_dataset\nfrom trl import DPOConfig, DPOTrainer\n\n"
        f"{shaped}trainer = DPOTrainer(\n"
        f'    model="{MODEL}",\n'
        '    args=DPOConfig(output_dir="dpo", max_length=None),\n'
        f"    train_dataset={given},\n)\n"
        "trainer.train()"
    )


def _reshaped(repo: str, config: Config) -> str:
    """Rows of the layout with every column as rows of messages."""
    vision = config.has_media()
    kept = '"images"' if vision else "None"
    return (
        f"{FITS}\n\n{BLOCKS_FOR_TRL if vision else TEXTS_FOR_TRL}\n\n"
        f"rows = {_load(repo, config)}\n{FITTING}"
        f"others = [name for name in rows.column_names if name != {kept}]\n"
        "rows = rows.map(for_trl, remove_columns=others)\n"
    )


def _files(repo: str, config: Config) -> str:
    vision = config.has_media()
    pictures = 'rows = rows.cast_column("images", List(Image(decode=False)))\n' if vision else ""
    names = "Image, List, load_dataset" if vision else "load_dataset"
    first, fitting = "", ""
    if not _is_trl(config.features):
        first, fitting = f"\n\n{FITS}\n", FITTING
        turns, answer = PART_TURNS, TEXT_ANSWER
    elif _blocks(config):
        turns, answer = BLOCK_TURNS, BLOCK_ANSWER
    else:
        turns, answer = (TEXT_TURNS if vision else PLAIN_TURNS), TURN_ANSWER
    parts = [turns, answer, *([SAVED] if vision else []), WRITE]
    folder = 'out / "images"' if vision else "out"
    return (
        f"import json\nfrom pathlib import Path\n\nfrom datasets import {names}\n{first}\n"
        f"rows = {_load(repo, config)}\n{fitting}{pictures}"
        f'out = Path("pairs")\n({folder}).mkdir(parents=True, exist_ok=True)\n\n\n'
        + "\n\n".join(parts).rstrip("\n")
    )


def _llama_factory(*, vision: bool) -> str:
    images = '\n        "images": saved(row),' if vision else ""
    column = ', "images": "images"' if vision else ""
    return (
        'SIDES = {"user": "human", "assistant": "gpt", "system": "system"}\n'
        "lines = (\n    {\n"
        '        "conversations": [\n'
        '            {"from": SIDES[it["role"]], "value": it["content"]} for it in turns(row)\n'
        "        ],\n"
        '        "chosen": {"from": "gpt", "value": answer(row, "chosen")},\n'
        f'        "rejected": {{"from": "gpt", "value": answer(row, "rejected")}},{images}\n'
        "    }\n    for row in rows\n)\n"
        'write("llama-factory.jsonl", lines)\n'
        "columns = {\n"
        '    "messages": "conversations", "chosen": "chosen", "rejected": "rejected"'
        f"{column}\n}}\n"
        "entry = {\n"
        '    "file_name": "llama-factory.jsonl", "formatting": "sharegpt", "ranking": True,\n'
        '    "columns": columns,\n}\n'
        '(out / "dataset_info.json").write_text(json.dumps({"pairs": entry}))'
    )


def _ms_swift(*, vision: bool) -> str:
    images = '\n        "images": [str(out / name) for name in saved(row)],' if vision else ""
    return (
        "lines = (\n    {\n"
        '        "messages": [\n'
        '            *turns(row), {"role": "assistant", "content": answer(row, "chosen")}\n'
        "        ],\n"
        f'        "rejected_response": answer(row, "rejected"),{images}\n'
        "    }\n    for row in rows\n)\n"
        'write("ms-swift.jsonl", lines)'
    )


def _openrlhf(shows: str, *, vision: bool) -> str:
    only = f'\n    if not row["{shows}"]' if vision else ""
    return (
        "def said(row, side):\n"
        '    return [{"role": "assistant", "content": answer(row, side)}]\n\n\n'
        "lines = (\n"
        '    {"prompt": list(turns(row)), "chosen": said(row, "chosen"), '
        '"rejected": said(row, "rejected")}\n'
        f"    for row in rows{only}\n)\n"
        'write("openrlhf.jsonl", lines)'
    )


def _python(text: str) -> str:
    return f"```python\n{text}\n```"


def _bash(text: str) -> str:
    return f"```bash\n{text}\n```"
