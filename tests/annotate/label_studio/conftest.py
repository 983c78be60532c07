"""The real server and the browser that tests marked `label_studio` and `browser` share."""

from tests.support.label_studio import environment, live
from tests.support.labeller import chromium, labeller

__all__ = ["chromium", "environment", "labeller", "live"]
