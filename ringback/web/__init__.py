"""The web: hooks for providers, pages for people, an API for programs."""
