"""What every test shares: nothing but how long hypothesis may think and where it remembers what failed."""

import os

from hypothesis import settings

from tests.cast import TEST_KEYS

# A slow shared machine must never turn a property red, so no example has a deadline.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
# A test that reads the settings of this process must make no key file in the home of whoever runs it.
os.environ.setdefault("RINGBACK_SECRET_KEYS", TEST_KEYS)
pytest_plugins = ["tests.fixtures"]
