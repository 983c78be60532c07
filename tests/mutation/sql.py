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
    for place, _node in enumerate(tree.walk()):
        for name, change in RULES.items():
            copy = tree.copy()
            target = next(one for number, one in enumerate(copy.walk()) if number == place)
            before = target.sql(dialect="duckdb")
            if not change(target):
                continue
            made = copy.sql(dialect="duckdb", pretty=True)
            if _is_read(made):
                yield Mutant(f"{name}: {before[:100]}", made)


def _is_read(text: str) -> bool:
    try:
        return len(duckdb.extract_statements(text)) == 1
    except duckdb.Error:
        return False


def _operator(node: exp.Expr) -> bool:
    other = OTHER.get(type(node))
    if other is None:
        return False
    node.replace(other(**{name: part for name, part in node.args.items() if part is not None}))
    return True


def _condition(node: exp.Expr) -> bool:
    """A WHERE, QUALIFY, HAVING or FILTER that lets all pass."""
    if not isinstance(node, exp.Where | exp.Qualify | exp.Having):
        return False
    node.set("this", exp.true())
    return True


def _join(node: exp.Expr) -> bool:
    """A left join that keeps nothing without a partner, a semi join turned round."""
    if not isinstance(node, exp.Join):
        return False
    if node.side == "LEFT":
        node.set("side", None)
    elif node.kind in ("SEMI", "ANTI"):
        node.set("kind", "ANTI" if node.kind == "SEMI" else "SEMI")
    else:
        return False
    return True


def _number(node: exp.Expr) -> bool:
    """A whole number that is one more."""
    if not isinstance(node, exp.Literal) or node.is_string or not node.this.isdigit():
        return False
    if isinstance(node.parent, exp.DataTypeParam):
        return False
    node.replace(exp.Literal.number(int(node.this) + 1))
    return True


def _direction(node: exp.Expr) -> bool:
    """An order that is turned round."""
    if not isinstance(node, exp.Ordered):
        return False
    node.set("desc", not node.args.get("desc"))
    return True


def _coalesce(node: exp.Expr) -> bool:
    """A value without what stands in for it."""
    if not isinstance(node, exp.Coalesce):
        return False
    node.replace(node.this)
    return True


def _distinct(node: exp.Expr) -> bool:
    """Rows or values that are counted as often as they come."""
    if isinstance(node, exp.Select) and node.args.get("distinct"):
        node.set("distinct", None)
        return True
    if isinstance(node, exp.Union) and node.args.get("distinct"):
        node.set("distinct", False)
        return True
    return False


def _negation(node: exp.Expr) -> bool:
    if not isinstance(node, exp.Not):
        return False
    node.replace(node.this)
    return True


def _branch(node: exp.Expr) -> bool:
    """A CASE or IF whose first condition never holds."""
    if not isinstance(node, exp.If):
        return False
    node.set("this", exp.false())
    return True


RULES: dict[str, Callable[[exp.Expr], bool]] = {
    "operator": _operator,
    "condition": _condition,
    "join": _join,
    "number": _number,
    "direction": _direction,
    "coalesce": _coalesce,
    "distinct": _distinct,
    "negation": _negation,
    "branch": _branch,
}
