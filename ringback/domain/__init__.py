"""The rules: pure functions from values to values. No I/O, and `now` is always an argument."""
