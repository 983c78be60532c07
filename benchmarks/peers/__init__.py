"""The same work written for other libraries: one script each, run as a process of its own."""
