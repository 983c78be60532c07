"""An expansion out of a judge's reply: taken where nothing speaks against it, or refused."""

from annotate.critiquing.additions import addition
from annotate.critiquing.plain_text import folded
from annotate.critiquing.shape import CRITIQUE
from annotate.critiquing.view import Commented
from annotate.prompting.quoting import valid_text
from annotate.prompting.reply_json import only_object, shown
from annotate.prompting.unparsable import Unparsable
from schemas.event import FailureReason

LONGEST = 8000
GRAM = 8
"""Characters that stand in the same order in two texts not by chance, in any script."""

MOST_COPIED = 0.6


def read_expansion(text: str, view: Commented) -> str:
    """The critique in a reply. Raises Unparsable with the reason, and nothing else."""
    reply = only_object(text)
    found = reply.get(CRITIQUE)
    if not isinstance(found, str):
        raise Unparsable(f"{CRITIQUE!r} is {shown(found)}, not a text")
    expansion = valid_text(found).strip()
    fault = fault_of(expansion, view)
    if fault is not None:
        reason, problem = fault
        raise Unparsable(problem, reason)
    return expansion


def fault_of(expansion: str, view: Commented) -> tuple[FailureReason, str] | None:
    """Why a text is no expansion of a comment: reason and problem; None where nothing is found."""
    if not expansion:
        return "no_critique", "the critique is empty"
    if len(expansion) <= len(view.comment):
        return "no_critique", "the critique is no longer than the comment"
    if len(expansion) > LONGEST:
        return "no_critique", f"the critique has more than {LONGEST:,} characters"
    if is_copied(expansion, view):
        return "no_critique", "the critique is the answer told again, and judges nothing"
    found = addition(expansion, view.texts)
    if found is not None:
        return "new_claim", f"{found} stands in neither comment nor question nor answer"
    return None


def is_copied(expansion: str, view: Commented) -> bool:
    """Whether most of a text is the answer's, what the comment itself took of it left aside."""
    written, comment, answer = folded(expansion), folded(view.comment), folded(view.answer)
    if written in answer and written not in comment:
        return True
    said = _grams(written) - _grams(comment)
    return bool(said) and len(said & _grams(answer)) > MOST_COPIED * len(said)


def _grams(plain: str) -> set[str]:
    return {plain[at : at + GRAM] for at in range(max(1, len(plain) - GRAM + 1))}
