"""`python -m ringback.cli` is the same as `ringback`."""

from ringback.cli import main

# A process of the tree that is spawned loads this module once more.
if __name__ == "__main__":
    main()
