"""`python -m ringback.cli` is the same as `ringback`."""

from ringback.cli import main

main()
