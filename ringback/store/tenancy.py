"""Which tables are outside row-level security, and why; everything else with a business_id is under it."""

# Each of these leads from an outside key to a business, or belongs to a person or a process.
OUTSIDE_ROW_SECURITY = {
    "business_directory": "from a slug to its business",
    "line_directory": "from the key in a hook address to its line",
    "people": "a person may work for several businesses",
    "memberships": "read at sign-in, before a business is chosen",
    "passkeys": "a person's, read at sign-in",
    "sign_in_tokens": "from the hash of a link to what it opens",
    "sessions": "read to learn whose business a request is for",
    "api_keys": "read to learn whose business a request is for",
    "sign_in_failures": "counted by where they come from",
    "request_counts": "counted by where they come from",
    "installation_keys": "of the whole installation, made at first use",
    "mails": "invitations and resets are sent before anybody has a business",
    "agencies": "read to learn which businesses a person may enter",
    "agency_businesses": "read to learn which businesses a person may enter",
    "agency_people": "read to learn which businesses a person may enter",
    "welcome_keys": "from the first address of an empty installation to its first owner",
    "worker_beats": "processes, not businesses",
    # Nothing of one business can be read from these by another: no number, no business, and no time but the day.
    "ring_salts": "salts the hashes of callers' numbers, anew each day",
    "ring_counts": "in how many businesses a number rang today, under its hash: a machine rings many",
    "schema_migrations": "the schema itself",
}

# Functions that look across businesses run as the owner and return ids alone, for periodic work.
ACROSS_BUSINESSES = frozenset(
    {
        "stuck_messages",
        "undecided_calls",
        "unhandled_events",
        "take_lines_to_poll",
        "lines_to_look_up",
        "forget_old_changes",
        "forget_old_exchanges",
        "end_quiet_alarms",
        "end_past_brakes",
        "due_dialog_work",
        "due_recovery_work",
        "due_routing_work",
        "forget_spent_holds",
        # Search looks in the business of its transaction alone; as the application it could use no index.
        "find_texts",
        "find_contacts",
    }
)
