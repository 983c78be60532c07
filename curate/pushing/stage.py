"""The push stage: the latest build into a staging folder, looked over, then to the Hub."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from curate.inputs import read_inputs
from curate.manifest_files import build_manifest
from curate.pushing.card import write_card
from curate.pushing.contents import CONTENTS
from curate.pushing.pushed import note_push
from curate.pushing.refusals import refuse_empty, refuse_unfit
from curate.pushing.secrets import Forbidden, refuse_secrets
from curate.pushing.staging import staging, write_pairs, write_votes
from curate.setting_changes import made_otherwise
from curate.version import __version__
from curate.workspace import Workspace
from export.base import ExportResult
from export.hub.changes import Changes, changes_of
from export.hub.client import HubClient, check_name, quiet
from export.hub.faults import TRIES, untold
from export.hub.files import LocalFile, files_below
from export.hub.push import Push, Pushed, push, refuse_public
from export.hub.record import write_record
from schemas.counted import counted
from schemas.errors import HubError, WorkspaceError
from schemas.manifest import BuildManifest

UNDESCRIBED = "The card does not say what the set is: tell it in [export] description."
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class PushReport:
    """What was pushed, or would be: `sizes` by path; pairs (`refused`) and votes by reason.

    `changes` are None where a dry run could not reach the repository, for `unreached`'s reason.
    `hints` are what would make the card say more.
    """

    repo: str
    manifest: BuildManifest
    sizes: Mapping[str, int]
    refused: Mapping[str, int]
    refused_votes: Mapping[str, int]
    changes: Changes | None
    pushed: Pushed | None = None
    unreached: str | None = None
    warnings: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What the exports of pairs and of votes wrote, with what to say of it."""

    pairs: ExportResult
    votes: ExportResult
    warnings: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: the repository, who may see it, and the Hub and key of the environment."""

    repo: str
    public: bool
    endpoint: str | None
    token: str | None

    @classmethod
    def of(cls, repo: str, *, public: bool, environ: Mapping[str, str] = os.environ) -> "Target":
        """The target at the Hub that HF_ENDPOINT names, with HF_TOKEN. Raises HubError."""
        check_name(repo)
        return cls(repo, public, environ.get("HF_ENDPOINT"), environ.get("HF_TOKEN"))

    def client(self, told: Callable[[str], None] = untold, tries: int = TRIES) -> HubClient:
        """The repository at the Hub, asked so many times; `told` hears of waits between."""
        return HubClient(
            self.repo, endpoint=self.endpoint, token=self.token, told=told, tries=tries
        )


def push_build(
    workspace: Workspace,
    target: Target,
    *,
    dry_run: bool = False,
    exporting: Progress = lambda _pairs: None,
    sending: Progress = lambda _bytes: None,
    told: Callable[[str], None] = untold,
) -> PushReport:
    """Push the latest build; with `dry_run` only say what would be done.

    `told` hears why and how long the Hub is waited for.

    Raises WorkspaceError before the first build, BuildError for what must not leave, HubError.
    """
    if not target.token and not dry_run:
        raise HubError(
            "HF_TOKEN is not set", "make a token with the write right at the Hub and export it"
        )
    build = workspace.build_folder()
    manifest = build_manifest(build)
    refuse_unfit(workspace, build)
    with staging(workspace) as folder:
        pairs = write_pairs(workspace, folder, exporting)
        if workspace.build_folder() != build:
            raise WorkspaceError("a build ended while this push ran", "push again")
        refuse_empty(pairs)
        warnings = (*made_otherwise(workspace, manifest), *pairs.warnings)
        written = Written(pairs, write_votes(workspace, folder), warnings, _hints(workspace))
        files = _contents(workspace, build, manifest, folder, target, written)
        given = Push(files, _message(manifest, pairs), manifest.build_id, target.public)
        if dry_run:
            return _tried(target, manifest, written, given)
        pushed = push(target.client(told), given, sending)
    unkept = note_push(workspace, manifest.build_id, target.repo, pushed.revision)
    written = replace(written, warnings=(*warnings, *unkept))
    return _report(target, manifest, files, written, changes=pushed.changes, pushed=pushed)


def _report(
    target: Target,
    manifest: BuildManifest,
    files: Mapping[str, LocalFile],
    written: Written,
    *,
    changes: Changes | None,
    pushed: Pushed | None = None,
    unreached: str | None = None,
) -> PushReport:
    return PushReport(
        repo=target.repo,
        manifest=manifest,
        sizes={path: file.content.size for path, file in files.items()},
        refused=written.pairs.refused,
        refused_votes=written.votes.refused,
        changes=changes,
        pushed=pushed,
        unreached=unreached,
        warnings=written.warnings,
        hints=written.hints,
    )


def _contents(
    workspace: Workspace,
    build: Path,
    manifest: BuildManifest,
    folder: Path,
    target: Target,
    written: Written,
) -> dict[str, LocalFile]:
    """Everything that belongs to the push, looked over.

    Votes may come in at any time, so inputs are read again when all is written: what is pushed is
    what was built.
    """
    section = workspace.settings.config.export
    for contribute in CONTENTS:
        contribute(workspace, build, folder)
    write_card(
        workspace,
        build,
        folder,
        title=section.title or target.repo.rsplit("/", maxsplit=1)[-1],
        repo=target.repo,
        url=target.client().url,
        refused=written.pairs.refused,
        refused_votes=written.votes.refused,
    )
    write_record(folder, files_below(folder), manifest.build_id, __version__)
    files = files_below(folder)
    refuse_secrets(files, Forbidden.of(workspace.root))
    if read_inputs(workspace).files != manifest.inputs:
        raise WorkspaceError(
            "votes came in while the push was made", "build and push again: curate build"
        )
    return files


def _tried(target: Target, manifest: BuildManifest, written: Written, given: Push) -> PushReport:
    """What a push would do, as far as the repository can be looked at."""
    changes, unreached = None, None
    try:
        with quiet():
            head = target.client(tries=1).head()
        refuse_public(head, given, target.repo)
        changes = changes_of(given.files, head, target.repo)
    except HubError as error:
        unreached = str(error)
    return _report(target, manifest, given.files, written, changes=changes, unreached=unreached)


def _hints(workspace: Workspace) -> tuple[str, ...]:
    described = workspace.settings.config.export.description.strip()
    return () if described else (UNDESCRIBED,)


def _message(manifest: BuildManifest, pairs: ExportResult) -> str:
    return f"Build {manifest.build_id[:12]}: {counted(pairs.rows, 'pair')}"
