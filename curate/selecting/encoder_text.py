"""Texts to embeddings by the library sentence-transformers."""

from collections.abc import Sequence

from curate.selecting.encoders import BATCH, Encoded


class SentenceTransformers:
    """A model by its name on the Hub, or a folder."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(name)

    def texts(self, keys: Sequence[str], texts: Sequence[str]) -> Sequence[Encoded]:
        """Embeddings of texts; what is longer than the model reads is cut by it."""
        vectors = self._model.encode(
            list(texts), batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True
        )
        return [Encoded(key, vector) for key, vector in zip(keys, vectors, strict=True)]
