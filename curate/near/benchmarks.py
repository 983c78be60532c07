"""The benchmarks of `[[decontaminate]]`: their signatures, made once for each content."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from curate.fingerprints import located
from curate.inputs import Inputs, benchmark_input
from curate.near.signed import Signed
from curate.workspace import Workspace
from schemas.config_curation import Benchmark
from schemas.errors import BuildError, SourceError

CACHE = ".cache/signatures"


def signed_benchmarks(
    workspace: Workspace, inputs: Inputs, scratch: Path, now: datetime
) -> Mapping[str, Signed]:
    """The signatures of every benchmark by its name; `inputs` has what each is by content.

    Raises BuildError where one cannot be read: an unread benchmark would look like no overlap.
    """
    known = {file.path: file.sha256 for file in inputs.files}
    return {
        benchmark.name: _signed(
            workspace, benchmark, known[benchmark_input(benchmark)], scratch, now
        )
        for benchmark in workspace.settings.config.decontaminate
    }


def _signed(
    workspace: Workspace, benchmark: Benchmark, sha256: str, scratch: Path, now: datetime
) -> Signed:
    from curate.near.signatures import sign

    kept = workspace.root / CACHE / f"{sha256}.parquet"
    if kept.is_file():
        return sign(str(kept), scratch, now)
    try:
        signed = sign(located(workspace, benchmark), scratch, now)
    except SourceError as error:
        raise BuildError(
            f"[[decontaminate]] {benchmark.name!r}: {error.message}", error.fix
        ) from error
    if not signed.unread:
        kept.parent.mkdir(parents=True, exist_ok=True)
        staged = kept.with_suffix(".staged")
        pq.write_table(signed.table, staged, compression="zstd")
        staged.replace(kept)
    return signed
