"""A build on Spark: where executors find a workspace's files, and what they do with pictures.

They see the workspace itself where every machine mounts it, and otherwise a folder of any file
system that Spark reads (`--spark-dir`), to which what a build reads is copied once.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from curate import parameters
from curate.engines.spark.engine import SparkEngine
from curate.engines.spark.session import check_cluster, spark_session
from curate.engines.spark.storage import Folder
from curate.media.packer import Packer
from curate.media.shard_index import PACKED
from curate.media.shards import FOLDER, Shards
from curate.media.store import MediaStore
from curate.media.video import has_reader
from curate.near.look_kernels import packed_looks, stored_looks
from curate.near.looks import LOOKS, PASSING, VERSION
from curate.predicate_kernel import filter_kernel
from curate.sites import OpenSite, Site
from curate.sqlfiles import quoted
from curate.workspace import Workspace

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

STAGING = ".staging"
MANIFEST = "manifest.json"
CACHE = f".cache/looks-{VERSION}"
LOOK_ROWS = 256
ROWS_OF = {
    "prompt": ("views/prompts", "views/candidates", "filter/prompt_rows"),
    "candidate": ("views/prompts", "views/candidates", "filter/candidate_rows"),
    "pair": ("filter/draft_rows",),
}
"""The views that filters of each level see rows of, the last one their own."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where Spark runs, its settings, and the folder all machines see; None for the workspace."""

    master: str = "local[*]"
    conf: Mapping[str, str] = field(default_factory=dict)
    directory: str | None = None


def on_spark(cluster: Cluster) -> OpenSite:
    """Opens a site on a cluster. Errors are those of `check_cluster`, then of `spark_session`."""
    check_cluster(cluster.master, cluster.conf)

    @contextmanager
    def opened(workspace: Workspace, scratch: Path) -> Iterator[Site]:
        needed = needed_packages(workspace)
        with spark_session(cluster.master, cluster.conf, scratch, needed) as session:
            uri = cluster.directory or workspace.root.absolute().as_uri()
            home = Folder(session, uri)
            home.drop(STAGING)
            staging = Folder(session, home.uri_of(f"{STAGING}/{uuid4().hex}"))
            places = Places(workspace, home, staging, copies=cluster.directory is not None)
            engine = SparkEngine(
                session, staging, scratch, parameters.values(workspace.settings), places.seen
            )
            try:
                yield OnSpark(workspace, scratch, engine, places)
            finally:
                home.drop(STAGING)

    return opened


def needed_packages(workspace: Workspace) -> list[str]:
    """What kernels of this workspace import beside what all do, so that they see what we would."""
    asked = {"transformers": workspace.settings.pairs.tokenizer is not None, "av": has_reader()}
    return [name for name, is_asked in asked.items() if is_asked]


class Places:
    """Under which URI executors find a file of this machine, copied there where they do not."""

    def __init__(
        self, workspace: Workspace, home: Folder, staging: Folder, *, copies: bool
    ) -> None:
        self.workspace, self.home, self.staging, self.copies = workspace, home, staging, copies
        self._numbers = count()

    def seen(self, file: Path) -> str:
        """The URI of a file. What lies in the workspace is named by its content and copied once."""
        if not self.copies:
            return file.absolute().as_uri()
        root = self.workspace.root.absolute()
        inside = file.absolute().is_relative_to(root / "builds")
        if not inside and file.absolute().is_relative_to(root):
            part = file.absolute().relative_to(root).as_posix()
            if self.home.size(part) != file.stat().st_size:
                self.home.put(file, part)
            return self.home.uri_of(part)
        part = f"given/{next(self._numbers)}-{file.name}"
        self.staging.put(file, part)
        return self.staging.uri_of(part)


class OnSpark:
    """Spark, and files read where executors see them."""

    def __init__(
        self, workspace: Workspace, scratch: Path, engine: SparkEngine, places: Places
    ) -> None:
        self.workspace = workspace
        self.scratch = scratch
        self.engine = engine
        self.places = places

    def look_at_media(self, advance: Callable[[int], None]) -> None:
        """Leave `looks`, in the cache that builds on either engine share."""
        engine, home = self.engine, self.places.home
        engine.run("media/medium_files")
        engine.given("known_looks", self._known_looks())
        engine.run("media/files_to_look_at")
        engine.given("packed_media", self._shards())
        engine.map("media/packed_files", packed_looks(), "packed_looks", LOOK_ROWS)
        media = self.workspace.media.absolute()
        engine.map("media/loose_files", stored_looks(media), "loose_looks", LOOK_ROWS)
        engine.run("media/new_looks")
        new = engine.session.table("new_looks")
        passing = f"coalesce(fault, '') in ({', '.join(map(quoted, PASSING))})"
        if engine.count("new_looks"):
            kept = new.where(f"not {passing}")
            kept.write.mode("append").parquet(home.uri_of(CACHE))
        engine.given("looks", self._known_looks().unionByName(new.where(passing)))
        advance(engine.count("files_to_look_at"))
        engine.drop("packed_looks", "loose_looks")

    def _known_looks(self) -> "DataFrame":
        home = self.places.home
        parts = [name for name in home.parts(CACHE) if name.endswith(".parquet")]
        return self.engine.frame([home.uri_of(f"{CACHE}/{name}") for name in parts], LOOKS)

    def _shards(self) -> "DataFrame":
        """The shards that hold files to look at, whole."""
        shards = [self.places.seen(path) for path in self._packed()]
        if not shards:
            return self.engine.frame([], PACKED)
        names = self.engine.frame(shards, PACKED).select("file", "_metadata.file_path")
        wanted = names.join(self.engine.session.table("files_to_look_at"), "file")
        found = [row.file_path for row in wanted.select("file_path").distinct().collect()]
        return self.engine.frame(sorted(found), PACKED)

    def _packed(self) -> list[Path]:
        """Every shard; where executors do not see the workspace, loose files are packed too."""
        media = self.workspace.media
        shards = sorted((media / FOLDER).glob("*.parquet"))
        if not self.places.copies:
            return shards
        store, target = MediaStore(media), self.scratch / "shards"
        files = [file for (file,) in self.engine.rows("media/files_to_look_at")]
        loose = [file for file in files if store.path_of(file).is_file()]
        numbers = count()
        packer = Packer(target, Shards(target), lambda: self.scratch / f"shard-{next(numbers)}")
        for file in loose:
            packer.add(file, store.read(file))
        packer.finish()
        return [*shards, *sorted(target.glob("*.parquet"))]

    def filter(self, *levels: str) -> None:
        """Leave the ids that the user's filters take out, found by DuckDB on the executors."""
        rules = self.workspace.settings.config.filter
        for level in levels:
            kernel = filter_kernel(rules, level)
            if not any(rule.level == level for rule in rules):
                self.engine.put(f"filtered_{level}s", kernel.schema.empty_table())
                continue
            for view in ROWS_OF[level]:
                self.engine.view(view)
            rows = ROWS_OF[level][-1].rpartition("/")[2]
            self.engine.define("filter_rows", f"select * from {rows}")
            self.engine.map("filter/rows_to_filter", kernel, f"filtered_{level}s")

    def publish(self, built: Path, build_id: str) -> None:
        """Copy the build beside what it was made from, where that is not the workspace itself.

        Until its manifest is there a folder is no build.
        """
        if not self.places.copies:
            return
        home, folder = self.places.home, f"builds/{build_id}"
        home.drop(folder)
        for path in sorted(built.glob("*.parquet")):
            home.put(path, f"{folder}/{path.name}")
        home.put(built / MANIFEST, f"{folder}/{MANIFEST}")
