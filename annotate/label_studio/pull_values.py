"""What a page's controls hold, read from an annotation's result. Whatever it is, nothing raises.

Anybody with a key can store any JSON as a result; what cannot be read is named as a fault.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotate.label_studio.safe_text import storable

TEXT, CHOICES, RATING, RANKER = "textarea", "choices", "rating", "ranker"
MOST_STARS = 1000


@dataclass(slots=True)
class Controls:
    """The values by control and type; `unread` are controls that nothing has asked for yet."""

    values: dict[tuple[str, str], Any]
    faults: list[str] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)

    def fault(self, name: str) -> None:
        """Note a fault, once an annotation."""
        if name not in self.faults:
            self.faults.append(name)

    def pass_over(self, hidden: Iterable[str]) -> None:
        """Take these controls and all rankers as read: what the page hid is of an earlier mind."""
        gone = set(hidden)
        self.unread = {it for it in self.unread if it[0] not in gone and it[1] != RANKER}

    def chosen(self, name: str) -> tuple[str, ...]:
        """The choices pressed; none where there are none or where they are no words."""
        found = self._take(name, CHOICES)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(it, str) for it in found):
            self.fault("unreadable_value")
            return ()
        return tuple(dict.fromkeys(found))

    def one(self, name: str) -> str | None:
        """The only choice pressed; several are a fault and no choice."""
        found = self.chosen(name)
        if len(found) > 1:
            self.fault("several_choices")
            return None
        return found[0] if found else None

    def text(self, name: str) -> str | None:
        """What was written, null where it is blank."""
        found = self._take(name, TEXT)
        parts = [found] if isinstance(found, str) else found
        if parts is None:
            return None
        if not isinstance(parts, list) or not all(isinstance(it, str) for it in parts):
            self.fault("unreadable_value")
            return None
        return storable("\n".join(parts)) if any(it.strip() for it in parts) else None

    def stars(self, name: str) -> int | None:
        """A star rating from 1 up; 0 is unset."""
        found = self._take(name, RATING)
        if found is None or (found == 0 and not isinstance(found, bool)):
            return None
        if isinstance(found, bool) or not isinstance(found, int):
            self.fault("unreadable_value")
            return None
        if not 0 < found <= MOST_STARS:
            self.fault("off_scale")
            return None
        return found

    def rankers(self) -> list[Any]:
        """The values of all rankers, whatever they are called."""
        return [self._take(*key) for key in list(self.values) if key[1] == RANKER]

    def _take(self, name: str, kind: str) -> Any:
        self.unread.discard((name, kind))
        return self.values.get((name, kind))


def controls_of(result: object) -> Controls:
    """The controls of a result; of a control that is there twice, the later value stands."""
    found = Controls({})
    if not isinstance(result, list):
        found.fault("unreadable_result")
        return found
    for part in result:
        name, kind, value = _part(part)
        if name is None or kind is None:
            found.fault("unreadable_value")
            continue
        if (name, kind) in found.values:
            found.fault("doubled_control")
        found.values[name, kind] = value
    found.unread = set(found.values)
    return found


def _part(part: object) -> tuple[str | None, str | None, Any]:
    """A part's control, its type and its value; nulls where it is none."""
    if not isinstance(part, Mapping):
        return None, None, None
    name, kind, value = part.get("from_name"), part.get("type"), part.get("value")
    if not isinstance(name, str) or not isinstance(kind, str) or not isinstance(value, Mapping):
        return None, None, None
    key = {TEXT: "text"}.get(kind, kind)
    return name, kind, value.get(key)
