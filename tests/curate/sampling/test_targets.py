"""Models and their servers, as they are named on the command line."""

import pytest

from curate.sampling.targets import Target, base_url_of, targets_of
from schemas.errors import UsageError

HERE = "http://127.0.0.1:8000/v1"


def test_a_model_without_an_address_is_at_the_endpoint() -> None:
    assert targets_of(["qwen"], HERE) == (Target("qwen", HERE),)


def test_a_model_may_have_a_server_of_its_own() -> None:
    found = targets_of(["qwen", "org/llava:7b@https://gpu.example:8443/api/v1/"], HERE)
    assert found[1] == Target("org/llava:7b", "https://gpu.example:8443/api/v1")


def test_a_model_may_have_an_at_sign_in_its_name() -> None:
    assert targets_of(["models@2/x"], HERE)[0].model == "models@2/x"


def test_rows_are_called_by_model_and_host() -> None:
    assert targets_of(["qwen"], HERE)[0].source == "sample:qwen@127.0.0.1:8000"


@pytest.mark.parametrize(
    "address", ["http://h:1", "http://h:1/", "http://h:1/v1", "http://h:1/v1/"]
)
def test_an_address_without_a_path_is_asked_at_v1(address: str) -> None:
    assert base_url_of(address) == "http://h:1/v1"


@pytest.mark.parametrize(
    "address", ["h:8000", "", "ftp://h", "http://", "http://h:x", "http://a b"]
)
def test_what_is_no_address_says_how_one_looks(address: str) -> None:
    with pytest.raises(UsageError, match="write it as http://host:port/v1"):
        base_url_of(address)


@pytest.mark.parametrize(
    "address", ["http://me:hunter2@h/v1", "http://h/v1?key=hunter2", "http://h/v1#hunter2"]
)
def test_a_secret_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match="OPENAI_API_KEY") as refused:
        base_url_of(address)
    assert "hunter2" not in str(refused.value)


def test_a_model_with_no_address_anywhere_names_both_ways() -> None:
    with pytest.raises(UsageError, match="'qwen' has no address; say --endpoint URL or NAME@URL"):
        targets_of(["qwen"], None)


def test_one_name_at_two_servers_is_refused() -> None:
    with pytest.raises(UsageError, match="'m' is there twice; serve each under its own name"):
        targets_of(["m@http://a", "m@http://b"], None)


@pytest.mark.parametrize("word", ["", " ", "@http://h/v1"])
def test_a_model_without_a_name_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="without a name"):
        targets_of([word], HERE)
