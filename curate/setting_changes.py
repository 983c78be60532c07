"""The settings in which builds differ from each other, or from what the workspace says now."""

from collections.abc import Iterator, Mapping
from typing import Any

from curate.inputs import build_settings
from curate.plain import json_text, whole
from curate.version import __version__
from curate.workspace import Workspace
from schemas.manifest import BuildManifest

Changes = dict[str, tuple[Any, Any]]
"""By the name of a setting, e.g. `pairs.policy`, its value before and after."""


def changed_settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """What differs of two builds' settings."""
    a, b = dict(_flat(before)), dict(_flat(after))
    return {
        name: (a.get(name), b.get(name))
        for name in sorted(a.keys() | b.keys())
        if a.get(name) != b.get(name)
    }


def since_build(workspace: Workspace, manifest: BuildManifest) -> Changes:
    """What the workspace's settings say otherwise than those of a build of it.

    A setting that the version of the build did not have yet is no difference.
    """
    now = build_settings(workspace.settings)
    found = changed_settings(manifest.settings, now)
    if manifest.version == __version__:
        return found
    known = dict(_flat(manifest.settings))
    return {name: values for name, values in found.items() if name in known}


def changes_text(workspace: Workspace, changes: Changes) -> str:
    """Which settings a build was made with, and what curate.toml or --set says of each."""
    given = {override.partition("=")[0].strip() for override in workspace.overrides}
    return "; ".join(
        f"{name} = {_said(before)}, "
        f"{'--set' if name in given else 'curate.toml'} says {_said(after)}"
        for name, (before, after) in changes.items()
        if (name, "score.weights" in changes) != ("weights", True)
    )


def made_otherwise(workspace: Workspace, manifest: BuildManifest) -> tuple[str, ...]:
    """A warning where a build was made with other settings than the workspace's."""
    changes = since_build(workspace, manifest)
    if not changes:
        return ()
    return (f"this build was made with {changes_text(workspace, changes)}",)


def _said(value: object) -> str:
    return json_text(whole(value))


def _flat(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in settings.items():
        if isinstance(value, Mapping) and name != "weights":
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
