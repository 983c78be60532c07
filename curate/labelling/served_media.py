"""Pictures and videos of routed prompts, where annotators' browsers find them."""

from pathlib import Path
from urllib.parse import quote

from annotate.label_studio.server import Server
from annotate.label_studio.shape import picture_files, video_files
from curate.media.store import MediaStore
from curate.workspace import Workspace
from schemas.candidate import Prompt
from schemas.errors import LabelStudioError, WorkspaceError


class ServedMedia:
    """Links the media of prompts into the managed server's folder, or names them elsewhere."""

    def __init__(self, workspace: Workspace, server: Server | None) -> None:
        self._store = MediaStore(workspace.media)
        self._server = server
        self._prefix = workspace.settings.config.label_studio.media_url_prefix

    @property
    def folder(self) -> Path | None:
        """The folder that projects serve files of; None where media have addresses elsewhere."""
        return self._server.media if self._server and not self._prefix else None

    def url(self, file: str) -> str:
        """The address of a file of the store."""
        if self._prefix:
            return f"{self._prefix.rstrip('/')}/{quote(file)}"
        if self._server is None:
            raise LabelStudioError(
                "a Label Studio of your own cannot show the workspace's pictures",
                "say where browsers find them: [label_studio] media_url_prefix",
            )
        return f"/data/local-files/?d={self._server.media.name}/{quote(file)}"

    def serve(self, prompt: Prompt) -> None:
        """Put the prompt's media, and no other, where the server finds them.

        Raises WorkspaceError where one is not in the store.
        """
        if self.folder is None:
            return
        for file in (*picture_files(prompt.media), *video_files(prompt.media)):
            try:
                self._store.place(file, self.folder / file, link=True)
            except FileNotFoundError as error:
                raise WorkspaceError(
                    f"{error.filename}: it is missing", "pull its source again"
                ) from error
