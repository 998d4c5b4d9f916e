"""Measures what the program promises, each promise on a fresh server: `python -m benchmarks`."""
