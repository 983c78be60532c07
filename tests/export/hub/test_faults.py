"""What a user is told of what huggingface_hub raises."""

import errno

import httpx2
import pytest
from huggingface_hub.errors import (
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
)

from export.hub.faults import LONGEST_ASKED, TRIES, hub_error, patiently, status_of

SIGNED = "https://storage.example/file?X-Signature=secret"


def refused(status: int, said: str = "", **headers: str) -> HfHubHTTPError:
    request = httpx2.Request("PUT", SIGNED)
    answer = httpx2.Response(status, request=request, headers=headers)
    return HfHubHTTPError(f"{status} for {SIGNED}", response=answer, server_message=said)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (refused(401), "does not know HF_TOKEN"),
        (refused(403, "not yours"), r"may not write to o/n \(403: not yours\)"),
        (refused(404), "is it a data set"),
        (refused(429), "busy or down"),
        (refused(413, "too large"), r"refuses \(413: too large\)"),
        (httpx2.ReadTimeout("slow"), "cannot be reached"),
        (OfflineModeIsEnabled("offline"), "HF_HUB_OFFLINE"),
        (HFValidationError("bad"), "give OWNER/NAME"),
        (PermissionError("token"), "does not know HF_TOKEN"),
        (ValueError("Invalid metadata in README.md."), "o/n: Invalid metadata in README.md.; mend"),
    ],
)
def test_an_error_is_one_line_with_the_fix(error: Exception, says: str) -> None:
    found = str(hub_error(error, "o/n"))
    assert len(found.splitlines()) == 1
    assert "secret" not in found
    with pytest.raises(Exception, match=says):
        raise hub_error(error, "o/n")


def test_an_answer_behind_an_upload_is_found() -> None:
    wrapped = RuntimeError("Error while uploading")
    wrapped.__cause__ = refused(401)
    assert status_of(wrapped) == 401
    assert "HF_TOKEN" in str(hub_error(wrapped, "o/n"))


def test_an_error_of_this_disk_stays_what_it_is() -> None:
    with pytest.raises(OSError, match="No space left"):
        hub_error(OSError(errno.ENOSPC, "No space left on device"), "o/n")


def test_a_long_word_of_the_server_is_cut() -> None:
    assert len(str(hub_error(refused(400, "x" * 9_000), "o/n"))) < 400


def test_what_passes_is_waited_for_longer_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("export.hub.faults.time.sleep", waits.append)
    errors = iter([refused(500)] * (TRIES - 1))

    def call() -> str:
        for error in errors:
            raise error
        return "done"

    told: list[str] = []
    assert patiently(call, told.append) == "done"
    assert waits == [1, 2, 4, 8, 8]
    assert told == [
        f"the Hub is busy or down (500); it is asked again in {it} s" for it in (2, 4, 8, 8)
    ]


def test_what_does_not_pass_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("export.hub.faults.time.sleep", waits.append)

    def call() -> None:
        raise refused(403)

    with pytest.raises(HfHubHTTPError):
        patiently(call)
    assert waits == []


@pytest.mark.parametrize(("asked", "waited"), [("7", 7), ("9" * 30, LONGEST_ASKED), ("soon", 1)])
def test_a_server_is_waited_for_as_long_as_it_asks_within_reason(
    monkeypatch: pytest.MonkeyPatch, asked: str, waited: float
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("export.hub.faults.time.sleep", waits.append)
    errors = iter([refused(429, **{"Retry-After": asked})])

    def call() -> str:
        for error in errors:
            raise error
        return "done"

    assert patiently(call) == "done"
    assert waits == [waited]
