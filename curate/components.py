"""Connected components by iterated SQL: what is joined by edges, directly or through others."""

from curate.engines.duckdb import DuckDBEngine


def components(engine: DuckDBEngine, edges: str, table: str) -> None:
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
