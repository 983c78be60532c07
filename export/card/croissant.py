"""Croissant metadata of the set, version 1.0: files by their sha256, columns by their types.

Format: https://docs.mlcommons.org/croissant/docs/croissant-spec.html. Paths are relative to
the file itself, so that a copy of the folder describes itself as well as the set on the Hub does.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from export.card.facts import DEFAULT, VOTES, CardFacts
from export.card.folder import Config
from export.card.licences import licence_of
from export.card.safe import LONGEST_PARAGRAPH, line
from export.card.text_use import bibtex, page_of
from schemas.counted import counted

NAME = "croissant.json"
VERSION = "http://mlcommons.org/croissant/1.0"
PARQUET = "application/x-parquet"

CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

TYPES = {"string": "sc:Text", "int64": "cr:Int64", "float64": "cr:Float64", "bool": "sc:Boolean"}
HOLDS = {
    DEFAULT: "Preference pairs: a prompt, the chosen and the rejected answer.",
    VOTES: "Raw votes: what one judgement says of one answer, before any mean.",
}
MEDIA = {"Image": "sc:ImageObject", "Video": "sc:VideoObject"}


def croissant(facts: CardFacts, configs: Sequence[Config]) -> str:
    """The metadata as JSON text."""
    return json.dumps(_described(facts, configs), indent=2, ensure_ascii=False) + "\n"


def _described(facts: CardFacts, configs: Sequence[Config]) -> dict[str, Any]:
    manifest = facts.manifest
    licence = licence_of(source.licence for source in facts.sources)
    fields = {
        "@context": dict(CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        "name": line(facts.title, 100),
        "description": _about(facts, configs),
        "license": licence.details or licence.hub_id,
        "url": page_of(facts),
        "version": "1.0.0",
        "identifier": manifest.build_id,
        "citeAs": bibtex(facts),
        "datePublished": manifest.at.date().isoformat(),
        "distribution": [entry for config in configs for entry in _files(config)],
        "recordSet": [_records(config) for config in configs if config.features],
    }
    return {name: value for name, value in fields.items() if value}


def _about(facts: CardFacts, configs: Sequence[Config]) -> str:
    """The author's own words, where there are any, before what the set is by counts."""
    counts = (
        f"{counted(configs[0].rows, 'preference pair')}: a prompt, an answer that raters prefer "
        "and one that they do not. README.md says where they come from."
    )
    return f"{line(facts.description, LONGEST_PARAGRAPH)} {counts}".lstrip()


def _files(config: Config) -> Iterator[dict[str, Any]]:
    for split in config.splits:
        for file in split.files:
            yield {
                "@type": "cr:FileObject",
                "@id": file.path,
                "name": file.path,
                "contentUrl": file.path,
                "contentSize": f"{file.size} B",
                "encodingFormat": PARQUET,
                "sha256": file.sha256,
            }
    yield {
        "@type": "cr:FileSet",
        "@id": f"{config.name}-files",
        "name": f"{config.name}-files",
        "description": f"Every shard of the config {config.name}. {_holds(config)}".rstrip(),
        "encodingFormat": PARQUET,
        "includes": f"{config.folder}/*.parquet",
    }


def _records(config: Config) -> dict[str, Any]:
    fields = _fields(config, (), config.name, config.features)
    return {
        "@type": "cr:RecordSet",
        "@id": config.name,
        "name": config.name,
        "description": _holds(config) or f"The rows of the config {config.name}.",
        "field": [_split(config), *fields],
    }


def _holds(config: Config) -> str:
    return HOLDS.get(config.name, "")


def _split(config: Config) -> dict[str, Any]:
    """The split of a row, which its file's name says."""
    return {
        "@type": "cr:Field",
        "@id": f"{config.name}/file_split",
        "name": "file_split",
        "dataType": "sc:Text",
        "source": {
            "fileSet": {"@id": f"{config.name}-files"},
            "extract": {"fileProperty": "filename"},
            "transform": {"regex": r"^([A-Za-z0-9_]+)-\d{5}-of-\d{5}\.parquet$"},
        },
    }


def _fields(
    config: Config, path: Sequence[str], above: str, features: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The columns of a config or the parts of a struct; ids are made safe, and told apart."""
    return [
        _field(config, (*path, name), f"{above}/{_safe_id(name, place)}", feature)
        for place, (name, feature) in enumerate(features.items())
        if not path or feature.get("_type") in {"Value", *MEDIA}
    ]


def _safe_id(name: str, place: int) -> str:
    safe = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    return safe if safe == name else f"{safe[:40]}.{place}"


def _field(
    config: Config, path: Sequence[str], field_id: str, feature: Mapping[str, Any]
) -> dict[str, Any]:
    """A column, or a part of one: lists are repeated, structs have sub-fields.

    Lists inside of lists are left out: mlcroissant cannot read a row of a set that names them.
    """
    field: dict[str, Any] = {"@type": "cr:Field", "@id": field_id, "name": line(path[-1])}
    inner = feature
    if feature.get("_type") == "List":
        field["repeated"] = True
        inner = feature["feature"]
    kind = inner.get("_type")
    if kind is None and len(path) == 1:
        return {**field, "subField": _fields(config, path, field_id, inner)}
    steps = list(path[1:])
    if kind in MEDIA:
        field["dataType"] = MEDIA[kind]
        steps.append("bytes")
    else:
        field["dataType"] = TYPES.get(inner.get("dtype", ""), "sc:Text")
    field["source"] = {
        "fileSet": {"@id": f"{config.name}-files"},
        "extract": {"column": path[0]},
        **({"transform": {"jsonPath": ".".join(map(_step, steps))}} if steps else {}),
    }
    return field


def _step(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) else json.dumps(name)
