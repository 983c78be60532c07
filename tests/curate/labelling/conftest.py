"""The real server that tests marked `label_studio` share."""

from tests.support.label_studio import environment, live

__all__ = ["environment", "live"]
