"""README.md: the metadata by which the Hub's viewer and `datasets` find the splits."""

from pathlib import Path

from curate.manifest_files import build_manifest
from curate.pushing.staging import DATA, shards_of
from curate.workspace import Workspace

TAGS = ("preference", "dpo", "rlhf", "pairwright")


def write_readme(_workspace: Workspace, build: Path, folder: Path) -> None:
    """Write README.md for the shards that lie below `folder`."""
    manifest = build_manifest(build)
    lines = ["---", "configs:", "- config_name: default", "  data_files:"]
    for split in shards_of(folder):
        lines += [f"  - split: {split}", f"    path: {DATA}/{split}-*"]
    lines += ["tags:", *(f"- {tag}" for tag in TAGS), "---", ""]
    lines += ["# Preference pairs", "", f"Build `{manifest.build_id}` of pairwright."]
    (folder / "README.md").write_text("\n".join(lines) + "\n", "utf-8")
