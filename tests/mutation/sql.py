"""Mutants of SQL statements: one small fault each, as somebody could have made it.

Every rule changes one node of the syntax tree; what DuckDB no longer reads is no mutant.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb
import sqlglot
from sqlglot import exp

OTHER: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.And: exp.Or,
    exp.Or: exp.And,
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
    exp.Mul: exp.Div,
    exp.Div: exp.Mul,
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.Greatest: exp.Least,
    exp.Least: exp.Greatest,
}
"""What stands in for what."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A statement with one fault, and the fault in words."""

    fault: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a statement, in the order of its nodes."""
    tree = sqlglot.parse_one(text, read="duckdb")
    for place, node in enumerate(tree.walk()):
        for name, (kinds, change) in RULES.items():
            if not isinstance(node, kinds):
                continue
            copy = tree.copy()
            target = next(one for number, one in enumerate(copy.walk()) if number == place)
            made = copy.sql(dialect="duckdb", pretty=True) if change(target) else ""
            if made and _is_read(made):
                yield Mutant(f"{name}: {node.sql(dialect='duckdb')[:100]}", made)


def _is_read(text: str) -> bool:
    try:
        return len(duckdb.extract_statements(text)) == 1
    except duckdb.Error:
        return False


def _operator(node: exp.Expr) -> bool:
    other = OTHER[type(node)]
    node.replace(other(**{name: part for name, part in node.args.items() if part is not None}))
    return True


def _condition(node: exp.Expr) -> bool:
    """A WHERE, QUALIFY or HAVING that lets all pass."""
    node.set("this", exp.true())
    return True


def _join(node: exp.Expr) -> bool:
    """A left join that keeps nothing without a partner, a semi join turned round."""
    if node.args.get("side") == "LEFT":
        node.set("side", None)
        return True
    if node.args.get("kind") in ("SEMI", "ANTI"):
        node.set("kind", "ANTI" if node.args["kind"] == "SEMI" else "SEMI")
        return True
    return False


def _number(node: exp.Expr) -> bool:
    """A whole number that is one more."""
    if node.is_string or not node.this.isdigit() or isinstance(node.parent, exp.DataTypeParam):
        return False
    node.replace(exp.Literal.number(int(node.this) + 1))
    return True


def _direction(node: exp.Expr) -> bool:
    """An order that is turned round."""
    node.set("desc", not node.args.get("desc"))
    return True


def _distinct(node: exp.Expr) -> bool:
    """Rows that are counted as often as they come."""
    if not node.args.get("distinct"):
        return False
    node.set("distinct", False if isinstance(node, exp.Union) else None)
    return True


def _inner(node: exp.Expr) -> bool:
    """A value without what stands in for it, a condition without its NOT."""
    node.replace(node.this)
    return True


def _branch(node: exp.Expr) -> bool:
    """A CASE or IF whose condition never holds."""
    node.set("this", exp.false())
    return True


RULES: dict[str, tuple[tuple[type[exp.Expr], ...], Callable[[exp.Expr], bool]]] = {
    "operator": (tuple(OTHER), _operator),
    "condition": ((exp.Where, exp.Qualify, exp.Having), _condition),
    "join": ((exp.Join,), _join),
    "number": ((exp.Literal,), _number),
    "direction": ((exp.Ordered,), _direction),
    "coalesce": ((exp.Coalesce,), _inner),
    "distinct": ((exp.Select, exp.Union), _distinct),
    "negation": ((exp.Not,), _inner),
    "branch": ((exp.If,), _branch),
}
"""The kinds of node that a rule changes, and how it does."""
