"""How long tests wait for what must come: where it comes, no second of this is spent, however busy the machine."""

PATIENCE_SECONDS = 30.0
