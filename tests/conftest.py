"""What every test shares: nothing but how long hypothesis may think and where it remembers what failed."""

import os

from hypothesis import settings

# A slow shared machine must never turn a property red, so no example has a deadline.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
pytest_plugins = ["tests.fixtures"]
