"""Pictures that look alike: near by their hash and agreeing by their grid."""

from curate.components import components
from curate.engines.base import Engine
from curate.kernels.agreement import GRIDS_AGREE
from curate.kernels.bands import BAND_KEYS, BAND_PROBES, turns
from curate.kernels.looks import VIEWS


def link_pictures(engine: Engine, looks: str, radius: int) -> None:
    """Leave `look_edges` (one_no, other_no, mirrored) and `look_labels` (node_no, label).

    `look_hints` (one_no, other_no) are pairs of a number below zero, a benchmark's picture, and one
    above that may be the same, but not surely.

    `looks` is a SELECT of picture_no, hashes, grids, width and height, hashes null where a picture
    looks like nothing.
    """
    engine.define("picture_looks", looks)
    engine.values["look_radius"] = radius
    engine.map("looks/key_rows", BAND_KEYS, "look_keys")
    engine.put("look_turns", turns())
    views = VIEWS if engine.count("look_keys") else 1  # no view finds what has no key
    for view in range(views):
        engine.values["look_view"] = view
        engine.map("looks/probe_rows", BAND_PROBES, "look_probes")
        engine.map("looks/alike_rows", GRIDS_AGREE, "alike_at_view")
        if view == 0:
            engine.run("looks/alike")
        else:
            engine.append("looks/alike")
    engine.run("looks/look_edges")
    engine.run("looks/look_hints")
    components(engine, "look_edges", "look_labels")
    engine.drop("look_keys", "look_turns", "look_probes", "alike_at_view", "alike")
