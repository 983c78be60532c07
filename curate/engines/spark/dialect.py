"""The statements of curate/sql as Spark reads them: sqlglot's translation and what it leaves open.

sqlglot knows the grammar of both. The rules here are about meaning: where a name is there in both
and gives something else. tests/curate/engines/spark holds every rule against both engines.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sqlglot import exp, parse_one
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.transforms import eliminate_qualify

Node = exp.Expr
MICRO = exp.Literal.number("0.000001")
MILLION = exp.Literal.number("1000000")
NUMBER = "_w"
"""What eliminate_qualify calls the number of a row."""

REAL = (exp.Div, exp.Sqrt)
"""What gives a double in DuckDB, whatever it is given."""


class Counted(DuckDB):
    """DuckDB's grammar with places in lists left as they are written, from 1 on."""

    INDEX_OFFSET = 0


@cache
def spark_sql(text: str) -> str:
    """A statement of ours for Spark. Its parameters `$name` are `:name`, as Spark writes them."""
    tree = parse_one(text, read=Counted)
    for select in list(tree.find_all(exp.Select)):
        _unnest_in_step(select)
        tree = _without_qualify(tree, select)
    for node in reversed(list(tree.bfs())):
        _rewrite(node)
    return tree.sql(dialect="spark", comments=False)


def _rewrite(node: Node) -> None:
    """The node by the rules; what is inside it was rewritten before."""
    for rule in RULES:
        made = rule(node)
        if made is not node:
            node.replace(made)
            return


@dataclass(frozen=True, slots=True)
class Numbered:
    """A statement whose rows are numbered from 1 in one order over all of them.

    `text` gives the rows in that order without their numbers, `name` is what these are called and
    `kind` their type.
    """

    text: str
    name: str
    kind: str


@cache
def numbered(text: str) -> Numbered | None:
    """The statement without `row_number() over (order by ...)`, where its SELECT has one.

    A window over all rows would bring them all to one executor; a sort does not.
    """
    tree = parse_one(text, read=Counted)
    for item in tree.expressions if isinstance(tree, exp.Select) else ():
        window = item.find(exp.Window)
        if window is None or not isinstance(window.this, exp.RowNumber) or not item.alias:
            continue
        if window.args.get("partition_by") or tree.args.get("order"):
            continue
        cast = item.find(exp.Cast)
        if isinstance(_bare(item.unalias()), exp.Window) and cast is not None:
            ordered = tree.copy()
            kept = [it.copy() for it in tree.expressions if it is not item]
            ordered.set("expressions", kept)
            ordered.set("order", window.args["order"].copy())
            plain = ordered.sql(dialect=Counted, comments=False)
            return Numbered(plain, item.alias, cast.to.sql(dialect="spark"))
    return None


def _bare(node: Node) -> Node:
    """An expression without casts and brackets around it."""
    while isinstance(node, exp.Cast | exp.Paren):
        node = node.this
    return node


@cache
def tables_of(text: str) -> frozenset[str]:
    """The tables and views that a statement reads, without the names it gives itself."""
    tree = parse_one(text, read=Counted)
    given = {expression.alias for expression in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table)) - given


def _without_qualify(tree: Node, select: exp.Select) -> Node:
    """The statement with the rows that QUALIFY chooses from numbered in a SELECT of their own."""
    if not select.args.get("qualify"):
        return tree
    parent, key = select.parent, str(select.arg_key)
    chosen = eliminate_qualify(select)
    if select.is_star:
        numbers = [exp.column(NUMBER)]
        chosen.set("expressions", [exp.Star(except_=numbers)])
    if parent is None:
        return chosen
    parent.set(key, chosen)
    return tree


def _unnest_in_step(select: exp.Select) -> None:
    """Lists that one SELECT unnests are unnested in step; Spark takes one generator a SELECT."""
    found = [item for item in select.expressions if _generated(item.unalias()) is not None]
    if len(found) < 2 and not any(isinstance(it.unalias(), exp.Anonymous) for it in found):
        return
    lists = [_generated(item.unalias()) for item in found]
    rows = exp.func("inline", exp.func("arrays_zip", *lists))
    names = [exp.to_identifier(item.alias) for item in found]
    kept = [item for item in select.expressions if item not in found]
    select.set("expressions", [*kept, exp.Aliases(this=rows, expressions=names)])


def _generated(node: Node) -> Node | None:
    """The list whose entries, or places, an expression gives a row each."""
    if isinstance(node, exp.Explode):
        listed: Node = node.this.copy()
        return listed
    if isinstance(node, exp.Anonymous) and node.name.lower() == "generate_subscripts":
        entry, place = exp.to_identifier("entry"), exp.to_identifier("place")
        places = exp.Lambda(this=exp.column("place"), expressions=[entry, place])
        return exp.Transform(this=node.expressions[0].copy(), expression=places)
    return None


def _place(node: Node) -> Node:
    """A place outside a list, and a key that a map lacks, give null."""
    if not isinstance(node, exp.Bracket):
        return node
    return exp.func("try_element_at", node.this, node.expressions[0])


def _counting_lambda(node: Node) -> Node:
    """A lambda's second name counts from 1."""
    if not isinstance(node, exp.Lambda) or len(node.expressions) != 2:
        return node
    place = node.expressions[1].name

    def from_one(inner: Node) -> Node:
        if not isinstance(inner, exp.Identifier | exp.Column) or inner.name != place:
            return inner
        return exp.paren(exp.column(place) + 1)

    return exp.Lambda(this=node.this.transform(from_one), expressions=node.expressions)


def _decimal(node: Node) -> Node:
    """A double becomes a decimal by its product with the scale, rounded half away from zero."""
    if not isinstance(node, exp.Cast) or not node.is_type("decimal") or not _is_real(node.this):
        return node
    precision, scale = (int(part.name) for part in node.to.expressions)
    if scale != 6 or precision != 18:
        return node
    real = node.this if isinstance(node.this, exp.Paren) else exp.paren(node.this)
    units = exp.cast(exp.func("round", real * MILLION.copy()), "decimal(24, 0)")
    return exp.Cast(this=exp.paren(units * MICRO.copy()), to=node.to.copy())


def _is_real(node: Node) -> bool:
    return any(_gives_real(inner) for inner in node.walk())


def _gives_real(node: Node) -> bool:
    return isinstance(node, REAL) or (isinstance(node, exp.Cast) and node.is_type("double"))


def _division(node: Node) -> Node:
    """A quotient is a double whatever is divided, and null where the divisor is 0."""
    if not isinstance(node, exp.Div):
        return node
    sides = (exp.cast(side, "double") for side in (node.this, node.expression))
    return exp.func("try_divide", *sides)


def _sign(node: Node) -> Node:
    """A sign is a whole number."""
    if not isinstance(node, exp.Sign):
        return node
    return exp.cast(exp.func("signum", node.this), "tinyint")


def _distinct_list(node: Node) -> Node:
    """The distinct entries of a list leave null out."""
    return exp.func("array_compact", node) if isinstance(node, exp.ArrayDistinct) else node


def _contains(node: Node) -> Node:
    """A list with null in it has an entry or has not."""
    if not isinstance(node, exp.ArrayContains):
        return node
    found = exp.func("coalesce", node, exp.false())
    return exp.case().when(exp.Not(this=node.this.copy().is_(exp.null())), found)


def _flat(node: Node) -> Node:
    """What is null among lists is no list."""
    if not isinstance(node, exp.Flatten):
        return node
    return exp.Flatten(this=exp.func("array_compact", node.this))


def _empty_map(node: Node) -> Node:
    """A map without entries."""
    empty = isinstance(node, exp.ToMap) and not node.this.expressions
    return exp.func("map") if empty else node


def _renamed(node: Node) -> Node:
    """Functions of another name, or of none."""
    if not isinstance(node, exp.Anonymous) or node.name.lower() not in FUNCTIONS:
        return node
    return FUNCTIONS[node.name.lower()](*node.expressions)


def _list_sum(numbers: Node) -> Node:
    """The sum of a list of whole numbers without null; of an empty one null."""
    zero = exp.cast(exp.Literal.number(0), "bigint")
    both = [exp.to_identifier(name) for name in ("total", "one")]
    adding = exp.Lambda(this=exp.column("total") + exp.column("one"), expressions=both)
    total = exp.func("aggregate", numbers, zero, adding)
    return exp.case().when(exp.func("size", numbers.copy()) > 0, total)


def _list_position(entries: Node, wanted: Node) -> Node:
    place = exp.cast(exp.func("array_position", entries, wanted), "int")
    return exp.func("nullif", place, exp.Literal.number(0))


FUNCTIONS: dict[str, Callable[..., Node]] = {
    "list_sum": _list_sum,
    "list_position": _list_position,
    "list_intersect": lambda one, other: exp.func("array_intersect", one, other),
    "list_reverse": lambda entries: exp.func("reverse", entries),
    "strlen": lambda text: exp.func("octet_length", text),
}

RULES: tuple[Callable[[Node], Node], ...] = (
    _decimal,
    _place,
    _counting_lambda,
    _division,
    _sign,
    _distinct_list,
    _contains,
    _flat,
    _empty_map,
    _renamed,
)
