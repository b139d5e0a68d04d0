"""Which tables are outside row-level security, and why; everything else with a business_id is under it."""

# Each of these leads from an outside key to a business, or belongs to a person or a process.
OUTSIDE_ROW_SECURITY = {
    "business_directory": "from a slug to its business",
    "line_directory": "from the key in a hook address to its line",
    "people": "a person may work for several businesses",
    "memberships": "read at sign-in, before a business is chosen",
    "sessions": "read to learn whose business a request is for",
    "api_keys": "read to learn whose business a request is for",
    "sign_in_failures": "counted by where they come from",
    "worker_beats": "processes, not businesses",
    "schema_migrations": "the schema itself",
}

# Functions that look across businesses run as the owner and return ids alone, for periodic work.
ACROSS_BUSINESSES = frozenset(
    {
        "stuck_messages",
        "undecided_calls",
        "unhandled_events",
        "lines_to_poll",
        "forget_old_changes",
        "forget_old_exchanges",
        "end_quiet_alarms",
        "due_dialog_work",
        "forget_spent_holds",
    }
)
