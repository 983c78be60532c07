"""Pictures drawn by a seed: scenes, charts in one frame, pages of lines; and their versions."""

import random
from collections.abc import Callable, Iterator
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont
from PIL.Image import Transpose

Picture = Image.Image


def scene(seed: int) -> Picture:
    """Shapes on waves of colour, with a camera's noise."""
    chance = random.Random(f"scene {seed}")
    width, height = chance.choice([(640, 480), (500, 500), (480, 640)])
    down, across = np.ogrid[0:height, 0:width]
    waves = [
        128
        + 60 * np.sin(across / chance.uniform(40, 200) + chance.random() * 6)
        + 50 * np.cos(down / chance.uniform(40, 200) + chance.random() * 6)
        for _ in range(3)
    ]
    picture = Image.fromarray(np.clip(np.dstack(waves), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(chance.randint(4, 14)):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randint(20, 160)
        box = (x - size, y - size * chance.uniform(0.3, 1), x + size, y + size * chance.random())
        shape = chance.choice([draw.ellipse, draw.rectangle])
        shape(box, fill=(chance.randrange(256), chance.randrange(256), chance.randrange(256)))
    noise = np.random.default_rng(seed).normal(0, 8, (height, width, 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def chart(seed: int) -> Picture:
    """Bars, a line or dots, always in the same frame with the same scale."""
    chance = random.Random(f"chart {seed}")
    picture = Image.new("RGB", (640, 480), "white")
    draw = ImageDraw.Draw(picture)
    draw.line((60, 40, 60, 420, 600, 420), fill="black", width=2)
    for step in range(5):
        draw.text((20, 410 - step * 90), str(step * 10), fill="black")
    draw.text((200, 15), f"Chart {seed}: sales by month", fill="black")
    colour = chance.choice(["blue", "red", "green", "orange", "black"])
    count = chance.randint(5, 12)
    points = [
        (60 + (place + 0.5) * 540 / count, 420 - 360 * chance.random()) for place in range(count)
    ]
    kind = seed % 3
    if kind == 0:
        for x, y in points:
            draw.rectangle((x - 15, y, x + 15, 420), fill=colour)
    elif kind == 1:
        draw.line(points, fill=colour, width=3)
    else:
        for _ in range(60):
            x, y = 60 + 540 * chance.random(), 420 - 360 * chance.random()
            draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=colour)
    return picture


def page(seed: int) -> Picture:
    """Lines of grey words in paragraphs, as a scanned page from afar."""
    chance = random.Random(f"page {seed}")
    picture = Image.new("L", (600, 800), 250)
    draw = ImageDraw.Draw(picture)
    y = 60
    while y < 740:
        x = 50
        while x < 530 and chance.random() > 0.04:
            word = chance.randint(12, 60)
            draw.rectangle((x, y, min(x + word, 550), y + 8), fill=40 + chance.randint(0, 40))
            x += word + 8
        y += 16 if chance.random() < 0.9 else 34
    return picture.convert("RGB")


def jpeg(picture: Picture, quality: int = 85) -> bytes:
    """The picture as a JPEG file."""
    return _encoded(picture, "JPEG", quality=quality)


def png(picture: Picture) -> bytes:
    """The picture as a PNG file."""
    return _encoded(picture, "PNG")


def _encoded(picture: Picture, kind: str, **options: int) -> bytes:
    file = BytesIO()
    picture.convert("RGB").save(file, kind, **options)
    return file.getvalue()


def _cropped(left: float, top: float, right: float, bottom: float) -> Callable[[Picture], Picture]:
    def crop(picture: Picture) -> Picture:
        width, height = picture.size
        return picture.crop(
            (
                int(width * left),
                int(height * top),
                int(width * (1 - right)),
                int(height * (1 - bottom)),
            )
        )

    return crop


def _marked(picture: Picture) -> Picture:
    """With a small label in a corner."""
    width, height = picture.size
    marked = picture.copy()
    draw = ImageDraw.Draw(marked)
    draw.rectangle((width * 0.8, height * 0.93, width * 0.98, height * 0.98), fill="white")
    draw.text((width * 0.81, height * 0.935), "sample", fill="black")
    return marked


def _watermarked(picture: Picture) -> Picture:
    """With large words across."""
    width, height = picture.size
    marked = picture.copy()
    font = ImageFont.load_default(size=max(12, height // 12))
    ImageDraw.Draw(marked).text(
        (width * 0.1, height * 0.45), "SAMPLE 2026", fill="white", font=font
    )
    return marked


def _scaled(factor: float) -> Callable[[Picture], Picture]:
    return lambda it: it.resize((int(it.width * factor), int(it.height * factor)))


VERSIONS: dict[str, Callable[[Picture], Picture]] = {
    "half size": _scaled(0.5),
    "1.4 times the size": _scaled(1.4),
    "brighter by 0.3": lambda it: ImageEnhance.Brightness(it).enhance(1.3),
    "darker by 0.3": lambda it: ImageEnhance.Brightness(it).enhance(0.7),
    "more contrast": lambda it: ImageEnhance.Contrast(it).enhance(1.3),
    "blurred": lambda it: it.filter(ImageFilter.GaussianBlur(1.5)),
    "sharpened": lambda it: it.filter(ImageFilter.UnsharpMask()),
    "grey": lambda it: it.convert("L").convert("RGB"),
    "mirrored": lambda it: it.transpose(Transpose.FLIP_LEFT_RIGHT),
    "cropped by 2 % a side": _cropped(0.02, 0.02, 0.02, 0.02),
    "cropped by 3 % a side": _cropped(0.03, 0.03, 0.03, 0.03),
    "label in a corner": _marked,
    "watermark": _watermarked,
}
"""What is done to pictures on their way through the net, as functions of a picture."""

HARD_VERSIONS: dict[str, Callable[[Picture], Picture]] = {
    "cropped by 5 % a side": _cropped(0.05, 0.05, 0.05, 0.05),
    "cropped by 5 % on the left": _cropped(0.05, 0, 0, 0),
    "cropped by 8 % below": _cropped(0, 0, 0, 0.08),
}
"""What changes a picture so much that it is often not found; measured, not promised."""


def versions(picture: Picture) -> Iterator[tuple[str, bytes]]:
    """The picture's versions by name, as JPEG files."""
    yield "strongly compressed", jpeg(picture, quality=30)
    for name, change in VERSIONS.items():
        yield name, jpeg(change(picture))
