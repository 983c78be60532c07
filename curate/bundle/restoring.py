"""A push of ours back into a workspace: pulls, votes, routes, settings and media.

All of it is staged and checked before the workspace changes; media go into the store first, as with
any pull. Then come the settings and what was decided, then the pulls, then votes by id. A run that
was killed is gone on with by the next one, and restoring twice changes nothing.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from curate.bundle import layout
from curate.bundle.checked import FIX
from curate.bundle.config import SIGNATURES, differing, is_untouched
from curate.bundle.media import shown_files, unpack
from curate.bundle.reading import Bundle, about, stage
from curate.disk import sync_file, sync_folder
from curate.engines.duckdb import DuckDBEngine
from curate.locks import held
from curate.media.store import MediaLayout, MediaStore
from curate.pull.commit import PULL_PREFIX, commit, journal_of, manifest_of, staging_folder
from curate.pull.other_workspace import (
    add_votes,
    counts_of,
    dropped_at_pulls,
    stage_events,
    vote_journals,
)
from curate.pull.report import PullReport
from curate.pull.tombstones import FORGET_PREFIX
from curate.settings import Settings
from curate.views import parquet_source
from curate.workspace import CONFIG_NAME, Workspace
from schemas.counted import counted
from schemas.errors import SourceError

STAGED = ".bundle-"
BEFORE = f"{CONFIG_NAME}.before"


def restore(
    workspace: Workspace, bundle: Bundle, *, media: MediaLayout = "files", dry_run: bool = False
) -> PullReport:
    """Take a push of ours in: what it has, and what of it was new here.

    Raises SourceError where something in it is not as we write it; the workspace is then as it was.
    """
    known = about(bundle)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="curate-")))
        if not dry_run:
            stack.enter_context(held(workspace.pulls / ".lock", "a pull"))
        folder = scratch / "staged" if dry_run else stack.enter_context(_staged(workspace))
        staged, changed = stage(bundle, folder)
        engine = DuckDBEngine(scratch, {})
        stack.callback(engine.close)
        counts, new = counts_of(engine, workspace, staged, scratch)
        _refuse_other_content(engine, bundle)
        overruled = _overruled(engine)
        notes: list[str] = []
        pulls = [path.name for path in staged.pull_folders()]
        dropped = dropped_at_pulls(staged)
        if not dry_run:
            store = MediaStore(workspace.media, layout=media)
            _put_media(store, bundle, staged, scratch)
            notes = _commit(engine, workspace, staged, bundle.source, scratch)
    notes += overruled
    if changed:
        count = counted(len(changed), "journal is", "journals are")
        notes.append(f"{count} not byte for byte what was built: a build gets another id.")
    notes.append(f"It was build {known.build_id[:12]}; curate build makes it again.")
    return PullReport(
        pull_id=None if dry_run else ", ".join(pulls),
        source=bundle.source,
        format="push",
        counts=counts,
        new=new,
        dropped=dropped,
        existed=not any(new.values()),
        notes=notes,
    )


@contextmanager
def _staged(workspace: Workspace) -> Iterator[Path]:
    """A folder beside the pulls; what killed runs left goes first."""
    for stale in workspace.pulls.glob(f"{STAGED}*"):
        shutil.rmtree(stale)
    folder = workspace.pulls / f"{STAGED}staging"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_other_content(engine: DuckDBEngine, bundle: Bundle) -> None:
    """Raise SourceError for a prompt under an id that nothing can check and that is another's."""
    for (prompt_id,) in engine.rows("pull/other_content"):
        raise SourceError(f"{bundle.source}: prompt {prompt_id} is here with other content", FIX)


def _overruled(engine: DuckDBEngine) -> list[str]:
    """What new votes of the push do to those that are here."""
    votes, prompts = engine.rows("pull/overruled")[0]
    notes = []
    if votes:
        notes.append(
            f"{counted(votes, 'of the votes here is', 'of the votes here are')} superseded or "
            "reviewed by the push."
        )
    if prompts:
        notes.append(
            f"The push has a final word, which goes before yours, on {counted(prompts, 'prompt')}."
        )
    return notes


def _put_media(store: MediaStore, bundle: Bundle, staged: Workspace, scratch: Path) -> None:
    tables = staged.pull_tables("prompts")
    looked = scratch / "shown"
    looked.mkdir()
    wanted = shown_files(tables, looked) if tables else []
    packed, data = (bundle.paths(pattern) for pattern in (layout.IN_MEDIA, layout.IN_DATA))
    unpack(store, wanted, packed, data)


def _commit(
    engine: DuckDBEngine, workspace: Workspace, staged: Workspace, source: str, scratch: Path
) -> list[str]:
    notes = []
    workspace.annotations.mkdir(exist_ok=True)
    if _is_empty(workspace):
        _place_signatures(workspace, staged)
        notes += _place_settings(workspace, staged)
        for path in sorted(staged.annotations.glob(f"{FORGET_PREFIX}*")):
            _place(path, workspace.annotations / path.name)
        _place_choices(workspace, staged)
    else:
        notes += _compared(workspace, staged)
    notes += _other_choices(workspace, staged)
    for folder in staged.pull_folders():
        if manifest_of(workspace, folder.name) is None:
            _commit_pull(workspace, staged, folder.name)
    _add_journals(engine, workspace, staged, source, scratch)
    return notes


def _is_empty(workspace: Workspace) -> bool:
    """Whether nothing was pulled here and nobody voted."""
    journals = (path.name for path in workspace.annotations.glob("*"))
    return not workspace.pull_folders() and all(
        name.startswith((FORGET_PREFIX, PULL_PREFIX, ".")) for name in journals
    )


def _place_settings(workspace: Workspace, staged: Workspace) -> list[str]:
    """The settings that came with the push, where the file here is as `init` wrote it."""
    path = workspace.config_path
    here, there = (one.read_text("utf-8") for one in (path, staged.config_path))
    if here == there:
        return []
    if not is_untouched(here):
        return _compared(workspace, staged)
    shutil.copyfile(path, path.with_name(BEFORE))
    _place(staged.config_path, path, keep=True)
    placed = f"{CONFIG_NAME} has the settings of the push; the one before is {BEFORE}."
    return [placed, *_taken_over(Workspace.open(workspace.root).settings)]


def _taken_over(settings: Settings) -> list[str]:
    """What a stranger's settings have builds fetch, run or compare with, by name."""
    named = {
        "tokenizer": [settings.pairs.tokenizer] if settings.pairs.tokenizer else [],
        "filters": [rule.name for rule in settings.config.filter],
        "benchmarks": [one.name for one in settings.config.decontaminate],
    }
    parts = [
        f"{what} {', '.join(ascii(name[:80]) for name in names)}"
        for what, names in named.items()
        if names
    ]
    return [f"Builds here now go by its {'; '.join(parts)}."] if parts else []


def _compared(workspace: Workspace, staged: Workspace) -> list[str]:
    ours, theirs = Workspace.open(workspace.root).settings, Workspace.open(staged.root).settings
    names = differing(ours, theirs)
    if not names:
        return []
    return [f"{CONFIG_NAME} was left as it is; the push was built with another {', '.join(names)}."]


def _place_signatures(workspace: Workspace, staged: Workspace) -> None:
    for path in sorted((staged.root / SIGNATURES).glob("*.parquet")):
        (workspace.root / SIGNATURES).mkdir(exist_ok=True)
        _place(path, workspace.root / SIGNATURES / path.name)


def _place_choices(workspace: Workspace, staged: Workspace) -> None:
    for theirs, ours in _choices(workspace, staged):
        if not ours.exists():
            _place(theirs, ours, keep=True)


def _other_choices(workspace: Workspace, staged: Workspace) -> list[str]:
    """What the push had decided and this workspace decides for itself."""
    return [
        f"The push has its own {ours.name}, which was left out: this workspace goes by its own."
        for theirs, ours in _choices(workspace, staged)
        if not ours.exists() or theirs.read_bytes() != ours.read_bytes()
    ]


def _choices(workspace: Workspace, staged: Workspace) -> list[tuple[Path, Path]]:
    """(file that came with the push, its place here): who rates what, and what was selected."""
    pairs = ((staged.routes, workspace.routes), (staged.selected, workspace.selected))
    return [(theirs, ours) for theirs, ours in pairs if theirs.is_file()]


def _commit_pull(workspace: Workspace, staged: Workspace, pull_id: str) -> None:
    manifest = manifest_of(staged, pull_id)
    if manifest is None:
        return
    with staging_folder(workspace) as staging:
        folder, votes = staging / "pull", staging / "journal.jsonl"
        (staged.pulls / pull_id).rename(folder)
        given = journal_of(staged, pull_id)
        if given.exists():
            given.rename(votes)
        else:
            votes.touch()
        commit(workspace, folder, votes, manifest)


def _add_journals(
    engine: DuckDBEngine, workspace: Workspace, staged: Workspace, source: str, scratch: Path
) -> None:
    """Journals of which this workspace knows no vote as they are; of others the missing votes."""
    for path in vote_journals(staged):
        if path.stem.startswith(FORGET_PREFIX):
            continue
        lines = scratch / "votes.parquet"
        stage_events([path], lines)
        engine.define("staged_votes", f"select * from {parquet_source([lines])}")
        total, missing = engine.rows("pull/missing_votes")[0]
        target = workspace.annotations / path.name
        if total == missing and not target.exists():
            _place(path, target)
        elif missing:
            with staging_folder(workspace) as staging:
                add_votes(engine, workspace, source, staging / "votes.jsonl")


def _place(path: Path, target: Path, *, keep: bool = False) -> None:
    """Put a staged file in place, on the disk before it has its name."""
    partial = target.with_name(f".{target.name}.new")
    if keep:
        shutil.copyfile(path, partial)
    else:
        path.rename(partial)
    sync_file(partial)
    partial.replace(target)
    sync_folder(target.parent)
