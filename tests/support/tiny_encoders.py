"""Tiny models with random weights for the two embedding libraries, made on the spot."""

import json
import string
from pathlib import Path

SIDE = 32
CLIP = {
    "embed_dim": 16,
    "vision_cfg": {
        "image_size": SIDE,
        "layers": 1,
        "width": 32,
        "head_width": 16,
        "patch_size": 16,
    },
    "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1},
}


def tiny_text_model(folder: Path) -> Path:
    """A folder that sentence-transformers loads; texts become 32 numbers."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder.mkdir(parents=True)
    letters = [*string.ascii_lowercase, *string.digits, "?", "."]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{it}" for it in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    BertModel(config).save_pretrained(folder / "bert")
    modules = [Transformer(str(folder / "bert")), Pooling(32)]
    SentenceTransformer(modules=modules).save(str(folder / "model"))
    return folder / "model"


def tiny_clip_model(folder: Path) -> Path:
    """A folder that open_clip loads as `local-dir:`; pictures and texts become 16 numbers."""
    import torch
    from open_clip import model as towers

    folder.mkdir(parents=True)
    torch.manual_seed(0)
    model = towers.CLIP(CLIP["embed_dim"], CLIP["vision_cfg"], CLIP["text_cfg"])
    torch.save(model.state_dict(), folder / "open_clip_pytorch_model.bin")
    shown = {"mean": [0.5] * 3, "std": [0.5] * 3, "size": SIDE}
    config = {"model_cfg": CLIP, "preprocess_cfg": shown}
    (folder / "open_clip_config.json").write_text(json.dumps(config), "utf-8")
    return folder
