"""The tables of pictures: cost beside imagehash, recall by version, pairs that are none, growth."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.measure import run

OUT = Path("bench-out")
HARD = ("cropped by 5 %", "cropped by 8 %")


def tables(*, small: bool) -> Iterator[str]:
    """Every table in turn."""
    folder, edges = OUT / "gallery", OUT / "gallery.parquet"
    shutil.rmtree(folder, ignore_errors=True)
    run(["-m", "benchmarks.near.gallery", str(folder), "0.1" if small else "1"])
    yield _cost(folder)
    run(["-m", "benchmarks.near.ours_pictures", str(folder), str(edges)])
    yield _quality(folder, edges)
    yield _growth((10_000, 30_000) if small else (10_000, 100_000, 300_000))


def _cost(folder: Path) -> str:
    count = len(list(folder.iterdir()))
    ours = run(["-m", "benchmarks.near.ours_pictures", str(folder), "-"])
    theirs = run(["-m", "benchmarks.near.with_imagehash", str(folder)])
    lines = [f"| {count:,} files | ms CPU a picture | MB |", "|---|---|---|"]
    for name, found in (("curate, both hashes of six views", ours), ("imagehash phash", theirs)):
        lines.append(f"| {name} | {found.cpu / count * 1e3:.2f} | {found.memory:.0f} |")
    lines += ["", f"{ours.cpu / theirs.cpu:.2f} of imagehash's CPU, start included."]
    return "\n".join(lines)


def _quality(folder: Path, edges: Path) -> str:
    names = [path.stem for path in sorted(folder.iterdir())]
    owners = [name.partition("-")[0] for name in names]
    table = pq.read_table(edges)
    pairs = list(zip(table["one_no"].to_pylist(), table["other_no"].to_pylist(), strict=True))
    groups = _groups(len(names), [(one - 1, other - 1) for one, other in pairs])
    itself = {owners[at]: groups[at] for at, name in enumerate(names) if name.endswith("-itself")}
    found: dict[str, list[bool]] = defaultdict(list)
    for at, name in enumerate(names):
        version = name.partition("-")[2]
        if version != "itself":
            found[version].append(groups[at] == itself[owners[at]])
    lines = ["| version | found | of |", "|---|---|---|"]
    lines += [f"| {name} | {sum(it) / len(it):.3f} | {len(it)} |" for name, it in found.items()]
    usual = [hit for name, it in found.items() if not name.startswith(HARD) for hit in it]
    wrong = sum(owners[one - 1] != owners[other - 1] for one, other in pairs)
    sizes: dict[str, int] = defaultdict(int)
    for owner in owners:
        sizes[owner] += 1
    unrelated = (len(owners) ** 2 - sum(size**2 for size in sizes.values())) // 2
    said = (
        f"Recall {sum(usual) / len(usual):.4f} but for the last three; {wrong} of {unrelated:,} "
        f"unrelated pairs held alike ({wrong / unrelated * 1e5:.3f} in 100,000)."
    )
    return "\n".join([*lines, "", said])


def _groups(count: int, pairs: list[tuple[int, int]]) -> list[int]:
    groups = list(range(count))

    def root(at: int) -> int:
        while groups[at] != at:
            groups[at] = groups[groups[at]]
            at = groups[at]
        return at

    for one, other in pairs:
        groups[max(root(one), root(other))] = min(root(one), root(other))
    return [root(at) for at in range(count)]


def _growth(counts: tuple[int, ...]) -> str:
    lines = ["| looks | CPU s | us CPU a look | MB |", "|---|---|---|---|"]
    for count in counts:
        found = run(["-m", "benchmarks.near.million", str(count)])
        cost = found.cpu / count * 1e6
        lines.append(f"| {count:,} | {found.cpu:.1f} | {cost:.0f} | {found.memory:.0f} |")
    return "\n".join(lines)
