"""A managed server whose folder was moved: its projects have to be told where their media are now.

A project names the folder of which it may serve files by its whole path.
"""

from pathlib import Path

from annotate.label_studio.sdk import connected


def follow(note: Path, media: Path, url: str, token: str) -> int:
    """How many projects were told that the media are in `media` now.

    `note` remembers where they were; nothing is asked of the server while that is the same.
    """
    known = note.read_text("utf-8") if note.is_file() else str(media)
    told = 0 if known == str(media) else _tell(url, token, known, str(media))
    staged = note.with_suffix(".staged")
    staged.write_text(str(media), "utf-8")
    staged.replace(note)
    return told


def _tell(url: str, token: str, before: str, now: str) -> int:
    told = 0
    with connected(url, token) as client:
        for project in list(client.projects.list(page_size=100, include="id")):
            for storage in client.import_storage.local.list(project=project.id):
                if storage.path == before:
                    client.import_storage.local.update(id=storage.id, path=now)
                    told += 1
    return told
