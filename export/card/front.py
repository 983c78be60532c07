"""The head of a card, in YAML: what the Hub sorts, filters and loads a set by.

Nothing in it is guessed: a field whose value is not known is left out.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from export.card.facts import CardFacts
from export.card.folder import Config
from export.card.licences import licence_of
from export.card.safe import line

STEPS = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")
SIZES = ("n<1K", *(f"{low}<n<{high}" for low, high in pairwise(STEPS)), "n>1T")


def front_matter(facts: CardFacts, configs: Sequence[Config]) -> str:
    """The YAML between its two rules."""
    import yaml

    head = head_of(facts, configs)
    text = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{text}---\n"


def head_of(facts: CardFacts, configs: Sequence[Config]) -> dict[str, Any]:
    """The head's fields in the order they are written."""
    pictures = any(config.has_media() for config in configs)
    videos = any(config.has_videos() for config in configs)
    fields = {
        "pretty_name": line(facts.title, 100),
        "language": list(facts.languages),
        **_licence(facts),
        "size_categories": [_size(configs[0].rows)],
        "task_categories": _tasks(pictures=pictures, videos=videos),
        "annotations_creators": _creators(facts),
        "source_datasets": sorted({source.hub for source in facts.sources if source.hub}),
        "tags": _tags(facts, pictures=pictures, videos=videos),
        "dataset_info": [_info(config) for config in configs if config.features],
        "configs": [_files(config) for config in configs],
    }
    return {name: value for name, value in fields.items() if value}


def _licence(facts: CardFacts) -> dict[str, str]:
    found = licence_of(source.licence for source in facts.sources)
    fields = {
        "license": found.hub_id,
        "license_name": found.name,
        "license_details": found.details,
    }
    return {name: value for name, value in fields.items() if value}


def _size(rows: int) -> str:
    return SIZES[min(max(len(str(rows)) - 3, 0), len(SIZES) - 1)]


def _tasks(*, pictures: bool, videos: bool) -> list[str]:
    shown = ["image-text-to-text", "visual-question-answering"] if pictures else []
    if videos:
        shown.append("video-text-to-text")
    return shown or ["text-generation"]


def _creators(facts: CardFacts) -> list[str]:
    """People, judges, and raters whom a source brought, in the Hub's words.

    `expert-generated` would claim a skill that nobody recorded.
    """
    raters = facts.raters
    found = {
        "crowdsourced": raters.people,
        "machine-generated": raters.judges,
        "found": raters.sources,
    }
    return [name for name, there in found.items() if there]


def _tags(facts: CardFacts, *, pictures: bool, videos: bool) -> list[str]:
    there = {
        "preference": True,
        "dpo": True,
        "rlhf": True,
        "human-feedback": facts.raters.people > 0,
        "image": pictures,
        "video": videos,
        "trl": True,
        "pairwright": True,
    }
    return [name for name, tagged in there.items() if tagged]


def _info(config: Config) -> dict[str, Any]:
    """`dataset_info` of one config; sizes are bytes."""
    return {
        "config_name": config.name,
        "features": yaml_features(config.features),
        "splits": [
            {
                "name": split.name,
                "num_bytes": sum(file.memory for file in split.files),
                "num_examples": split.rows,
            }
            for split in config.splits
        ],
        "download_size": config.size,
        "dataset_size": config.memory,
    }


def _files(config: Config) -> dict[str, Any]:
    return {
        "config_name": config.name,
        "data_files": [
            {"split": split.name, "path": f"{config.folder}/{split.name}-*"}
            for split in config.splits
        ],
    }


def yaml_features(features: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Features as cards spell them (`datasets.Features._to_yaml_list`)."""
    return [{"name": name, **_spelled(feature)} for name, feature in features.items()]


def _spelled(feature: Mapping[str, Any]) -> dict[str, Any]:
    kind = feature.get("_type")
    if kind == "Value":
        return {"dtype": feature["dtype"]}
    if kind == "List":
        return {"list": _element(feature["feature"])}
    if kind in {"Image", "Video"}:
        return {"dtype": _medium(feature)}
    return {"struct": yaml_features(feature)}


def _element(feature: Mapping[str, Any]) -> Any:
    """What a list holds: a type's name where that says all."""
    kind = feature.get("_type")
    if kind in {"Image", "Video"}:
        return _medium(feature)
    spelled = _spelled(feature)
    return spelled.get("dtype") or spelled.get("struct") or spelled


def _medium(feature: Mapping[str, Any]) -> Any:
    name = feature["_type"].lower()
    options = {key: value for key, value in feature.items() if key != "_type"}
    return {name: options} if options else name
