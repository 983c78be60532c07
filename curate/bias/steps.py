"""The step that looks for biases: the tables that probes and baselines count from."""

import pyarrow as pa

from annotate.quality.bootstrap import clusters_of
from curate.bias.families import family_of
from curate.engines.base import Engine

PROBED_PROMPTS = 20_000
"""Prompts whose votes are looked at: more make no figure visibly sharper."""


def look_for_bias(engine: Engine) -> None:
    """Leave `shown_pairs`, `probe_votes`, `probe_answers` and `baseline_rows`."""
    engine.values |= {
        "probed_prompts": PROBED_PROMPTS,
        "clusters": clusters_of(engine.count("prompt_keys")),
    }
    names = [name for (name,) in engine.rows("bias/names")]
    families = {"name": names, "family": [family_of(name) for name in names]}
    engine.put("families", pa.table(families, pa.schema([(it, pa.string()) for it in families])))
    for name in ("shown_answers", "shown_pairs", "probe_votes", "probe_answers", "baseline_rows"):
        engine.run(f"bias/{name}")
