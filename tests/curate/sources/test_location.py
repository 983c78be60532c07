from pathlib import Path

import pytest

from curate.sources.location import HubSet, LocalPath, container_of, parse_location
from schemas.errors import SourceError, UsageError
from tests.support.hostile import LOCAL


def test_hub_prefix_names_a_data_set_with_split_config_and_revision() -> None:
    found = parse_location("hf:owner/name?split=test&config=en&revision=abc")
    assert found == HubSet("owner/name", split="test", config="en", revision="abc")


@pytest.mark.parametrize("location", ["hub:owner/name", "hf:owner/name", "owner/name"])
def test_hub_id_is_the_hubs_with_or_without_prefix(location: str) -> None:
    assert parse_location(location) == HubSet("owner/name")


def test_folder_that_exists_here_is_not_taken_for_a_hub_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "owner" / "name").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert parse_location("owner/name") == LocalPath(Path("owner/name"))


def test_missing_data_file_is_not_taken_for_a_hub_id() -> None:
    assert parse_location("folder/train.jsonl") == LocalPath(Path("folder/train.jsonl"))


@pytest.mark.parametrize("url", ["http://h/x.jsonl", "https://h/x", "s3://b/x", LOCAL])
def test_address_is_refused_with_the_fix(url: str) -> None:
    with pytest.raises(SourceError, match=r"not a .* address.*download it first"):
        parse_location(url)


def test_allow_remote_does_not_open_sources_by_address() -> None:
    with pytest.raises(SourceError, match="--allow-remote is for pictures"):
        parse_location("https://h/x.jsonl", allow_remote=True)


def test_hub_uri_is_refused_with_the_way_to_write_it() -> None:
    with pytest.raises(SourceError, match="write it as hf:OWNER/NAME"):
        parse_location("hf://datasets/owner/name")


@pytest.mark.parametrize("named", ["hf:../x", "hf:a/b/c", "hf:", "hf:./local"])
def test_prefix_without_a_hub_id_is_refused(named: str) -> None:
    with pytest.raises(SourceError, match="is no Hub id"):
        parse_location(named)


def test_unknown_option_of_a_hub_id_names_the_nearest() -> None:
    with pytest.raises(SourceError, match="'splits' unknown; did you mean 'split'"):
        parse_location("hf:owner/name?splits=test")


def test_empty_option_of_a_hub_id_is_refused() -> None:
    with pytest.raises(SourceError, match="split is empty"):
        parse_location("hf:owner/name?split=")


def test_revision_option_pins_a_hub_id() -> None:
    assert parse_location("hf:owner/name", revision="v1") == HubSet("owner/name", revision="v1")


def test_two_different_revisions_do_not_go_together() -> None:
    with pytest.raises(UsageError, match="name it once"):
        parse_location("hf:owner/name?revision=a", revision="b")


def test_local_path_has_no_revision(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no revision"):
        parse_location(str(tmp_path), revision="v1")


@pytest.mark.parametrize(
    ("name", "container"),
    [
        ("a.jsonl", "jsonl"),
        ("a.NDJSON", "jsonl"),
        ("a.b.jsonl.gz", "jsonl"),
        ("a.json", "json"),
        ("a.tsv", "csv"),
        ("a.csv.gz", "csv"),
        ("a.parquet", "parquet"),
        ("a.parquet.gz", None),
        ("a.gz", None),
        ("a.png", None),
        ("jsonl", None),
    ],
)
def test_container_is_told_by_the_name(name: str, container: str | None) -> None:
    assert container_of(name) == container


@pytest.mark.parametrize("location", ["x" * 300, "a/" * 3000])
def test_a_name_that_no_disk_could_have_is_refused(location: str) -> None:
    with pytest.raises(SourceError, match="File name too long; check the path"):
        parse_location(location)
