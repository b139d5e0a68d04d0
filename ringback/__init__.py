"""Ringback: catches the calls a business misses."""
