"""The shape of a page: how many answers, pictures and videos. Prompts of one shape share a page.

A page shows what its configuration names, for every task; so a prompt without a picture gets a page
without one, and not a blank strip.
"""

from collections.abc import Iterator

from pydantic import Field

from annotate.label_studio import names
from schemas.base import Record
from schemas.candidate import Medium, Prompt

SIDE_BY_SIDE = 4
"""More pictures than these are turned over one by one."""

MANY = SIDE_BY_SIDE + 1


class Shape(Record):
    """How many answers, pictures and videos a page has; pictures above 4 count as 5, "many"."""

    answers: int = Field(ge=names.FEWEST, le=names.MOST)
    pictures: int = Field(default=0, ge=0, le=MANY)
    videos: int = Field(default=0, ge=0)

    @property
    def letters(self) -> str:
        """The letters of the answers, in the order shown."""
        return names.LETTERS[: self.answers]

    def __str__(self) -> str:
        """In words: `4 answers, 1 picture`."""
        many = "many" if self.pictures == MANY else str(self.pictures)
        parts = [f"{self.answers} answers"]
        parts += [f"{many} picture{'' if self.pictures == 1 else 's'}"] if self.pictures else []
        parts += [f"{self.videos} video{'' if self.videos == 1 else 's'}"] if self.videos else []
        return ", ".join(parts)


def shape_of(prompt: Prompt, answers: int) -> Shape:
    """The shape of the page for a prompt with so many answers."""
    pictures = len(list(picture_files(prompt.media)))
    return Shape(
        answers=answers,
        pictures=min(pictures, MANY),
        videos=len(list(video_files(prompt.media))),
    )


def picture_files(media: tuple[Medium, ...]) -> Iterator[str]:
    """The files of all pictures in the order of the prompt, the frames of a list of frames too."""
    for medium in media:
        if medium.kind == "image" and medium.file:
            yield medium.file
        if medium.kind == "frames":
            yield from medium.frames


def video_files(media: tuple[Medium, ...]) -> Iterator[str]:
    """The files of all videos in the order of the prompt."""
    for medium in media:
        if medium.kind == "video" and medium.file:
            yield medium.file
