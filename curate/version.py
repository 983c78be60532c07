"""The version, said once; part of every build's id."""

__version__ = "0.1.0"
