"""Whose critique is read before an answer is scored."""

from collections.abc import Sequence
from typing import Literal

Mode = Literal["critique", "given", "none"]
MODES: Sequence[Mode] = ("critique", "given", "none")
