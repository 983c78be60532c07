"""What a medium may be: the limits it is held to, and the fault that keeps it out."""

from dataclasses import dataclass

MEGA = 1_000_000


class MediumFaultError(Exception):
    """This medium cannot be taken in: a drop reason of DESIGN 4 and what was found."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a medium may be: bytes of a file, pixels of a picture, frames of an animation.

    `animation_pixels` bounds pixels x frames, which is what decoding all of an animation takes;
    `inline_bytes` a video that comes through memory, by URL or data: URI.
    """

    picture_bytes: int = 50 * MEGA
    picture_pixels: int = 100 * MEGA
    animation_pixels: int = 2_000 * MEGA
    video_bytes: int = 2_000 * MEGA
    inline_bytes: int = 500 * MEGA
    frames: int = 10_000

    def check_picture_bytes(self, size: int) -> None:
        """Nothing, or the fault of a picture file that is empty or too large."""
        _check_bytes(size, self.picture_bytes, "picture")

    def check_video_bytes(self, size: int) -> None:
        """Nothing, or the fault of a video file that is empty or too large."""
        _check_bytes(size, self.video_bytes, "video")

    def check_size(self, width: int, height: int, frames: int = 1) -> None:
        """Nothing, or the fault of a picture whose header promises no or too many pixels."""
        if width < 1 or height < 1:
            raise MediumFaultError("unreadable_media", f"its header says {width} x {height} pixels")
        if width * height > self.picture_pixels:
            raise MediumFaultError(
                "oversized_media",
                f"{width} x {height} pixels are more than {self.picture_pixels:,}",
            )
        if frames > self.frames or width * height * frames > self.animation_pixels:
            raise MediumFaultError(
                "oversized_media",
                f"{frames:,} frames of {width} x {height} pixels are more than "
                f"{self.animation_pixels:,} pixels or {self.frames:,} frames",
            )


def _check_bytes(size: int, most: int, what: str) -> None:
    if size == 0:
        raise MediumFaultError("unreadable_media", f"the {what} has 0 bytes")
    if size > most:
        raise MediumFaultError("oversized_media", f"{size:,} bytes are more than {most:,}")
