"""What is joined by edges, directly or through others: iterated SQL, the same on every engine."""

from curate.engines.base import Engine


def components(engine: Engine, edges: str, table: str) -> None:
    """Leave `table` (node_no, label): every node of `edges` (one_no, other_no) and its component.

    A label is the smallest node number of the component. Rounds grow with the logarithm of the
    longest way in it.
    """
    engine.define("component_edges", f"select one_no, other_no from {edges}")
    engine.run("components/sides")
    engine.run("components/labels")
    while True:
        engine.run("components/labels_next")
        changed = engine.rows("components/labels_changed")[0][0]
        engine.rename("labels_next", "labels")
        if not changed:
            break
    engine.rename("labels", table)
    engine.drop("sides")


def find_cycles(engine: Engine) -> None:
    """Leave `cycle_pairs` (chosen_no, rejected_no): the preferences of `preferences` in a cycle.

    Two answers that reach each other are of one strongly connected component. `reached` grows in
    rounds, by the logarithm of the longest way.
    """
    engine.run("pair/suspect_edges")
    engine.run("pair/reached")
    found, before = engine.count("reached"), 0
    while found != before:
        engine.run("pair/reached_next")
        engine.rename("reached_next", "reached")
        found, before = engine.count("reached"), found
    engine.run("pair/cycle_pairs")
    engine.drop("reached")
