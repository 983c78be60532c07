"""Who judges: the configured judge, or the members of a jury one after another."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate.base import Rater
from annotate.registry import rater
from curate.local_folders import last_part
from schemas.config_judge import JudgeSection, Provider
from schemas.errors import ConfigError

KEYS: Mapping[Provider, str] = {"gemini": "GEMINI_API_KEY", "openai": "OPENAI_API_KEY"}


@dataclass(frozen=True, slots=True)
class Member:
    """One judge: a model and where it is asked."""

    provider: Provider
    model: str
    base_url: str | None = None

    @property
    def rater_id(self) -> str:
        """Its name in events. Two settings of one model speak with one voice.

        A model that lies in a local folder is named by the last part of its path, for events leave.
        """
        return f"{self.provider}/{last_part(self.model)}"


def members_of(section: JudgeSection) -> tuple[Member, ...]:
    """The judges that a config names, at least one. Raises ConfigError."""
    jury = [Member(one.provider, one.model, one.base_url) for one in section.jury]
    if jury and section.model is not None:
        raise ConfigError("[judge] has both a model and a jury", "leave out one of the two")
    if section.model is not None:
        jury = [Member(section.provider, section.model, section.base_url)]
    if not jury:
        raise ConfigError("[judge] names no model", 'e.g. --set judge.model="gemini-3.8-flash"')
    _check_names(jury)
    _check_tier(jury, section)
    return tuple(jury)


def rater_of(
    member: Member, section: JudgeSection, root: Path, environment: Mapping[str, str]
) -> Rater:
    """The member as a rater; its key comes from the environment.

    Raises StopRun that names the variable where there is no key, MissingExtraError, SourceError.
    """
    more: dict[str, Any] = {}
    if member.provider == "gemini":
        more["thinking_level"] = section.thinking_level
        more["service_tier"] = "flex" if section.tier == "flex" else None
    base_url = member.base_url
    if member.provider == "replay" and base_url is not None:
        base_url = str(root / base_url)
    key = key_of(member, environment)
    return rater(member.provider, member.model, base_url=base_url, key=key, **more)


def key_of(member: Member, environment: Mapping[str, str]) -> str | None:
    """The member's key, None where its provider has none or it is not set."""
    return environment.get(KEYS.get(member.provider, ""))


def _check_names(jury: list[Member]) -> None:
    """A jury is of different raters: the same one twice would be one vote that counts once."""
    names = [member.rater_id for member in jury]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(
                f"[[judge.jury]] has {name} twice", "name it once and raise [judge] samples"
            )


def _check_tier(jury: list[Member], section: JudgeSection) -> None:
    others = [member.rater_id for member in jury if member.provider != "gemini"]
    if section.tier != "standard" and others:
        raise ConfigError(
            f"[judge] tier {section.tier!r} is Gemini's, and {others[0]} is not",
            'set tier = "standard"',
        )
