"""The one session that these tests share."""

from tests.support.spark import spark

__all__ = ["spark"]
