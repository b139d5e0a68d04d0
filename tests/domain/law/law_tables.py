"""The tables of docs/reference/law.md, made from the rule files."""

from ringback.domain.law.files import disclosure_rules, recording_rules, texting_rules
from ringback.domain.law.values import Grounds, TextingRule

_SURE = {
    "statute_read": "text read",
    "secondary": "as quoted",
    "vendor": "vendor's table",
    "conflicting": "sources disagree",
}


def texting_table() -> list[str]:
    """Return a line for each rule on texting."""
    rules = [rule for versions in texting_rules().values() for rule in versions]
    return [_row(rule.grounds, _week(rule), str(rule.most_a_day or "–")) for rule in rules]


def recording_table() -> list[str]:
    """Return a line for each rule on recording."""
    rules = [rule for versions in recording_rules().values() for rule in versions]
    return [
        _row(
            rule.grounds, "everybody" if rule.all_parties else "one side", "yes" if rule.announcement_recorded else "–"
        )
        for rule in rules
    ]


def disclosure_table() -> list[str]:
    """Return a line for each rule on saying that a machine writes."""
    rules = [rule for versions in disclosure_rules().values() for rule in versions]
    return [_row(rule.grounds, "up front" if rule.up_front else "when asked") for rule in rules]


def _row(one: Grounds, *said: str) -> str:
    name = f"[{one.name}]({one.source})" if one.source.startswith("http") else one.name
    since = f"{one.effective_from}" + (f" to {one.effective_until}" if one.effective_until else "")
    cells = (f"`{one.label}`", name, *said, one.citation, since, _SURE[one.confidence])
    return f"| {' | '.join(cells)} |"


def _week(rule: TextingRule) -> str:
    weekday, saturday, sunday = (str(rule.weekly[day] or "none") for day in (0, 5, 6))
    days = [weekday]
    if saturday != weekday:
        days.append(f"Sat {saturday}")
    if sunday != weekday:
        days.append(f"Sun {sunday}")
    return ", ".join(days) + (f", no holidays ({rule.holidays})" if rule.holidays else "")
