"""What a business says about privacy: whether patients are spoken of, and for how long things are kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrivacyPolicy:
    """Healthcare mode, and how long each kind of thing is kept, in days (domain/retention.py says what goes then)."""

    # None: as the trade suggests (domain/healthcare.py).
    healthcare: bool | None = None
    # There is a business associate agreement with whoever runs the model (45 CFR 164.504(e)).
    model_agreement: bool = False
    keep_messages_days: int = 1095
    keep_contacts_days: int = 1825
    keep_pictures_days: int = 365
    keep_recordings_days: int = 90
    keep_exchanges_days: int = 30
    keep_events_days: int = 90
    keep_audit_days: int = 2190
    keep_notices_days: int = 180
