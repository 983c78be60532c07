"""The loopback Hub for tests of `curate push`."""

from tests.support.hub_site import hub, waits

__all__ = ["hub", "waits"]
