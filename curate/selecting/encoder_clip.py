"""Pictures, and texts beside them, to embeddings by the library open_clip."""

from collections.abc import Sequence
from typing import Any

from curate.media.decoding import decoding_faults
from curate.media.pictures import opened
from curate.media.rules import Limits, MediumFaultError
from curate.media.store import MediaStore
from curate.media.video import first_frame, require_reader
from curate.near.looks import VIDEOS
from curate.selecting.encoders import BATCH, Encoded

LOCAL = "local-dir:"


def is_folder(name: str) -> bool:
    """Whether a name is of a folder, whose path may have an @ of its own."""
    return name.startswith(LOCAL)


class OpenClip:
    """A model as open_clip names it, with the weights after an @ (of the Hub, or a file)."""

    def __init__(self, name: str) -> None:
        import open_clip
        import torch

        model_name, _, pretrained = (name, "", "") if is_folder(name) else name.partition("@")
        self._torch = torch
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model, _, self._prepare = open_clip.create_model_and_transforms(
            model_name, pretrained=pretrained or None, device=self._device
        )
        self._model.eval()
        self._tokens = open_clip.get_tokenizer(model_name)

    def texts(self, keys: Sequence[str], texts: Sequence[str]) -> Sequence[Encoded]:
        """Embeddings of texts by the text tower; what is longer than it reads is cut by it."""
        vectors: list[Any] = []
        for first in range(0, len(texts), BATCH):
            tokens = self._tokens(list(texts[first : first + BATCH])).to(self._device)
            with self._torch.no_grad():
                vectors.extend(self._model.encode_text(tokens).float().cpu().numpy())
        return [Encoded(key, vector) for key, vector in zip(keys, vectors, strict=True)]

    def pictures(self, store: MediaStore, files: Sequence[str]) -> Sequence[Encoded]:
        """Embeddings of pictures; one that does not decode has a fault in its place."""
        found: list[Encoded] = []
        for first in range(0, len(files), BATCH):
            found += self._batch(store, files[first : first + BATCH])
        return found

    def _batch(self, store: MediaStore, files: Sequence[str]) -> list[Encoded]:
        tensors: dict[str, Any] = {}
        faults: dict[str, str] = {}
        for file in files:
            try:
                tensors[file] = self._tensor(store, file)
            except FileNotFoundError:
                faults[file] = "missing"
            except MediumFaultError:
                faults[file] = "unreadable"
        vectors: dict[str, Any] = {}
        if tensors:
            stacked = self._torch.stack(list(tensors.values())).to(self._device)
            with self._torch.no_grad():
                made = self._model.encode_image(stacked).float().cpu().numpy()
            vectors = dict(zip(tensors, made, strict=True))
        return [Encoded(file, vectors.get(file), faults.get(file)) for file in files]

    def _tensor(self, store: MediaStore, file: str) -> Any:
        from PIL import ImageOps

        data = self._first_frame(store, file) if file.endswith(VIDEOS) else store.read(file)
        with decoding_faults():
            return self._prepare(ImageOps.exif_transpose(opened(data)).convert("RGB"))

    @staticmethod
    def _first_frame(store: MediaStore, file: str) -> bytes:
        if not store.has(file):
            raise FileNotFoundError(file)
        require_reader()
        with store.local(file) as path:
            return first_frame(path, Limits())
