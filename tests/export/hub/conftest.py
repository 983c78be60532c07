"""The loopback Hub for tests of the push itself."""

from tests.support.hub_site import hub, waits

__all__ = ["hub", "waits"]
