"""The licence of a set out of those of its sources: the Hub's id for it, and never a guess.

The ids are those of https://huggingface.co/docs/hub/repositories-licenses, without licences of
single models.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from export.card.safe import line

_IDS = """
apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigcode-openrail-m afl-3.0
artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc cc0-1.0
cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0
cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0
cc-by-nc-sa-4.0 cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0
epl-2.0 etalab-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl lgpl-2.1 lgpl-3.0
isc h-research intel-research lppl-1.3c ms-pl mpl-2.0 odc-by odbl openrail++ osl-3.0
postgresql ofl-1.1 ncsa unlicense zlib pddl lgpl-lr
"""
HUB_IDS = frozenset(_IDS.split())

SPDX = {
    "odc-by-1.0": "odc-by",
    "odbl-1.0": "odbl",
    "pddl-1.0": "pddl",
    "agpl-3.0-only": "agpl-3.0",
    "gpl-2.0-only": "gpl-2.0",
    "gpl-3.0-only": "gpl-3.0",
    "lgpl-2.1-only": "lgpl-2.1",
    "lgpl-3.0-only": "lgpl-3.0",
}
"""SPDX ids, in small letters, that the Hub calls by another name and means the same."""

NOT_SAID = frozenset({"", "unknown", "none", "n/a", "na", "other", "noassertion", "null", "?"})
MIXED = "several-licences"


@dataclass(frozen=True, slots=True)
class Licence:
    """What the card's head says; `name` and `details` go with `other`, `hub_id` None says nothing.

    `unknown` is true where a source's licence is not known.
    """

    hub_id: str | None
    name: str | None = None
    details: str | None = None
    unknown: bool = False


def licence_of(given: Iterable[str | None]) -> Licence:
    """The licence of a set whose sources have these; none where one of them is not known."""
    said = [known(text) for text in given]
    told = sorted({text for text in said if text is not None})
    if not said or None in said:
        return Licence(None, unknown=True)
    ids = sorted({hub_id(text) or text for text in told})
    if len(ids) > 1:
        return Licence("other", MIXED, "; ".join(ids))
    found = hub_id(told[0])
    return Licence(found) if found else Licence("other", _slug(told[0]), told[0])


def known(text: str | None) -> str | None:
    """The licence as it was given, on one line; None for words that say nothing."""
    said = line(text or "")
    return None if said.lower() in NOT_SAID else said


def hub_id(text: str) -> str | None:
    """The Hub's id of a licence that is given as an SPDX id, with spaces or without; else None."""
    spelled = re.sub(r"\s+", "-", text.strip().lower())
    spelled = SPDX.get(spelled, spelled)
    return spelled if spelled in HUB_IDS else None


def may_be_quoted(text: str | None) -> bool:
    """Whether a licence is known to let an excerpt be passed on: the Hub's, derivatives allowed."""
    found = hub_id(text or "")
    return found is not None and "-nd-" not in found


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")[:60] or "unnamed"
