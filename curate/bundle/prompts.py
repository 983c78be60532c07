"""Whether a prompt of a bundle is what its id and its media's digests say."""

from curate.media.names import STORED
from curate.media.pictures import READERS as PICTURES
from curate.media.rules import Limits, MediumFaultError
from curate.media.store import digest_of_frames
from curate.media.video import EXTENSIONS as VIDEOS
from schemas.candidate import Medium, Prompt, prompt_id_of

FITTING = {"image": PICTURES, "frames": PICTURES, "video": VIDEOS}
FASTEST, LONGEST = 2**31, 2**53
"""Frames a second and seconds: what a container can say."""


def prompt_fault(prompt: Prompt) -> str | None:
    """Why a prompt is not what its id says; None where it is, or where it has to be believed."""
    if any(index >= len(prompt.media) for index in _shown(prompt)):
        return "a part shows a medium that is not there"
    fault = next(filter(None, map(_medium_fault, prompt.media)), None)
    if fault is not None or has_unread(prompt):
        return fault
    same = prompt.prompt_id == prompt_id_of(prompt.messages, prompt.media)
    return None if same else "prompt_id is not that of its content"


def has_unread(prompt: Prompt) -> bool:
    """Whether it shows a medium that was kept unread: its path is in the id, and may be cut."""
    return any(prompt.media[index].sha256 is None for index in _shown(prompt))


def _shown(prompt: Prompt) -> list[int]:
    parts = (part for turn in prompt.messages for part in turn.parts)
    return [part.media_index for part in parts if part.media_index is not None]


def _medium_fault(medium: Medium) -> str | None:
    return _place_fault(medium) or _size_fault(medium)


def _place_fault(medium: Medium) -> str | None:
    if medium.sha256 is None:
        unread = medium.file is None and not medium.frames
        return None if unread else "a medium without a digest has a file"
    files = list(medium.frames) if medium.kind == "frames" else [medium.file or ""]
    beside = medium.file if medium.kind == "frames" else medium.frames
    if beside or not files or not all(map(STORED.fullmatch, files)):
        return "a medium is in no file of a media store"
    if any(file.rpartition(".")[2] not in FITTING[medium.kind] for file in files):
        return f"a file of another kind than {medium.kind}"
    digests = [file.partition(".")[0] for file in files]
    found = digest_of_frames(digests) if medium.kind == "frames" else digests[0]
    return None if found == medium.sha256 else "a medium's digest is not that of its files"


def _size_fault(medium: Medium) -> str | None:
    rates = ((medium.fps, FASTEST), (medium.duration, LONGEST))
    sides = [side for side in (medium.width, medium.height) if side is not None]
    if any(rate is not None and not 0 < rate <= most for rate, most in rates) or any(
        side < 1 for side in sides
    ):
        return "a size, a rate or a length that no medium has"
    try:
        Limits().check_size(*(sides if len(sides) == 2 else (max(sides, default=1), 1)))
    except MediumFaultError as error:
        return error.detail
    return None
