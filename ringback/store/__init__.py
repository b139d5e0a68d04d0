"""The memory: PostgreSQL. All SQL lives here; every function takes the business first and returns domain values."""
