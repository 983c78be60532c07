"""Speed and memory, measured beside what others would use: `make bench`."""
