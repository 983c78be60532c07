"""What a build reads, by content: the inputs that make its build_id."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from curate.fingerprints import fingerprint
from curate.journal_digests import journal_digest
from curate.settings import Settings
from curate.tokens.location import digest_of, located
from curate.version import __version__
from curate.workspace import Workspace
from schemas.base import canonical_json, content_id
from schemas.config_curation import Benchmark
from schemas.errors import WorkspaceError
from schemas.manifest import BuildInput

PULLED = "pull-"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files a build reads, the licence of each pull, and the folder of its tokenizer."""

    files: tuple[BuildInput, ...]
    licences: dict[str, str | None]
    tokenizer: Path | None = None

    def build_id(self, settings: Settings) -> str:
        """32 hex digits over version, the settings that matter to a build, and the inputs."""
        return content_id(
            {
                "version": __version__,
                "settings": build_settings(settings),
                "inputs": [[file.path, file.sha256] for file in self.files],
            }
        )


def build_settings(settings: Settings) -> dict[str, object]:
    """The settings that change a build's rows or warnings; wording, judge and page do not.

    Where a benchmark lies does not either: what is in it is an input.
    """
    config = settings.config.model_dump(mode="json")
    config["decontaminate"] = [{"name": one["name"]} for one in config["decontaminate"]]
    kept = ("dedupe", "decontaminate", "filter", "score", "limits", "split")
    return {
        "rubric_id": settings.rubric.rubric_id,
        "weights": dict(settings.weights),
        "pairs": settings.pairs.model_dump(mode="json"),
        **{name: config[name] for name in kept},
    }


def read_inputs(workspace: Workspace, *, fetch: bool = False) -> Inputs:
    """Every pull and journal of the workspace with its digest, in a fixed order.

    A pull's own journal is in the pull's digest, which leaves out the time of the pull: the same
    sources pulled on another day make the same build. With `fetch` a tokenizer of the Hub that is
    not here is fetched; else it is left out, and the build that it belongs to is not there yet.
    """
    pulls = {folder.name: _pull_manifest(folder) for folder in workspace.pull_folders()}
    files = [
        BuildInput(path=f"pulls/{name}", sha256=_sha256_of(_without_time(manifest)))
        for name, manifest in pulls.items()
    ]
    files += [
        BuildInput(path=f"annotations/{path.name}", sha256=journal_digest(path))
        for path in workspace.journals()
        if not path.name.startswith(PULLED)
    ]
    files += [
        BuildInput(path=benchmark_input(benchmark), sha256=fingerprint(workspace, benchmark))
        for benchmark in workspace.settings.config.decontaminate
    ]
    drawn = _overlap_digest(workspace)
    if drawn is not None:
        files.append(BuildInput(path=workspace.routes.name, sha256=drawn))
    tokenizer = located(workspace, fetch=fetch)
    if tokenizer is not None:
        files.append(BuildInput(path="tokenizer", sha256=digest_of(tokenizer)))
    licences = {name: manifest.get("licence") for name, manifest in pulls.items()}
    return Inputs(tuple(files), licences, tokenizer)


def _overlap_digest(workspace: Workspace) -> str | None:
    """The digest of the prompts of the overlap with their probabilities; None where there are none.

    Whom the other prompts are routed to makes no difference to a build.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if not workspace.routes.is_file():
        return None
    names = ["prompt_id", "inclusion_probability", "overlap"]
    try:
        routes = pq.read_table(workspace.routes, columns=names)
    except (pa.ArrowException, OSError) as error:
        raise WorkspaceError(
            f"{workspace.routes}: {error}", "restore it from a copy, or route again"
        ) from error
    drawn = routes.filter(routes["overlap"]).sort_by("prompt_id")
    if not drawn.num_rows:
        return None
    lines = pc.binary_join_element_wise(
        drawn["prompt_id"], drawn["inclusion_probability"].cast(pa.string()), " "
    )
    return _sha256_of("\n".join(lines.to_pylist()))


def benchmark_input(benchmark: Benchmark) -> str:
    """What a benchmark is called among a build's inputs."""
    return f"benchmark/{benchmark.name}"


def _pull_manifest(folder: Path) -> dict[str, str | None]:
    path = folder / "pull.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise WorkspaceError(f"{path}: {error}", "pull that source again") from error
    if not isinstance(manifest, dict):
        raise WorkspaceError(f"{path}: no JSON object", "pull that source again")
    return manifest


def _without_time(manifest: dict[str, str | None]) -> str:
    return canonical_json({key: value for key, value in manifest.items() if key != "at"})


def _sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
