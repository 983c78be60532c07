"""The files of a bundle by their names: what is written, and all that is ever read back.

pairwright/manifest.json, curate.toml, routes.parquet, selected.parquet
pairwright/pulls/<pull_id>/{prompts,candidates,dropped}.parquet, pull.json
pairwright/annotations/<run>.jsonl.parquet  a journal of lines; <run>.parquet a sealed one
pairwright/signatures/<benchmark>.parquet
pairwright/media/media-<number>.parquet     media that data/ does not hold
data/<split>-<number>-of-<number>.parquet   the pairs, with their pictures
"""

import re

import pyarrow as pa

FOLDER = "pairwright"
MANIFEST = f"{FOLDER}/manifest.json"
CONFIG = f"{FOLDER}/curate.toml"
RECORD = f"{FOLDER}/push.json"
"""The push's own record, which is of no use here."""

ROUTES = f"{FOLDER}/routes.parquet"
SELECTED = f"{FOLDER}/selected.parquet"
LINES = ".jsonl.parquet"
SEALED = ".parquet"
DIGEST = b"pairwright_journal"
"""Metadata of a journal written as Parquet: what its lines were by content."""

PULL = r"[a-z0-9][a-z0-9-]{0,80}"
JOURNAL = r"[A-Za-z0-9][A-Za-z0-9_-]{0,150}"
BENCHMARK = r"[a-z0-9][a-z0-9-]{0,60}"
IN_PULL = re.compile(
    rf"{FOLDER}/pulls/(?P<pull>{PULL})/((prompts|candidates|dropped)\.parquet|pull\.json)"
)
IN_ANNOTATIONS = re.compile(
    rf"{FOLDER}/annotations/(?P<journal>{JOURNAL}(\.[A-Za-z0-9_-]+)*?)(?P<form>(\.jsonl)?\.parquet)"
)
IN_SIGNATURES = re.compile(rf"{FOLDER}/signatures/(?P<benchmark>{BENCHMARK})\.parquet")
IN_MEDIA = re.compile(rf"{FOLDER}/media/media-[0-9]{{5}}\.parquet")
IN_DATA = re.compile(r"data/(train|validation|test)-[0-9]{5}-of-[0-9]{5}\.parquet")

MEDIA = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("part", pa.int64(), nullable=False),
        pa.field("bytes", pa.binary(), nullable=False),
    ]
)
"""A file of the media store in parts from 0 on, in their order, files by name."""


def is_known(name: str) -> bool:
    """Whether a file of this name is one that a bundle has."""
    patterns = (IN_PULL, IN_ANNOTATIONS, IN_SIGNATURES, IN_MEDIA, IN_DATA)
    return name in (MANIFEST, CONFIG, RECORD, ROUTES, SELECTED) or any(
        pattern.fullmatch(name) for pattern in patterns
    )
