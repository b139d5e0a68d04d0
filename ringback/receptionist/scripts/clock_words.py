"""Days and times as they are said: short and unmistakable for the eye, in whole words for the ear."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ringback.receptionist.dialog import Reply

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
# "sab" without its accent: á alone would more than halve the room in a text (UCS-2).
_SHORT_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sab", "dom"),
}
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
_MONTH_FIRST = frozenset({"US"})


def say_start(at: datetime, zone: str, country: str, language: str) -> Reply:
    """Return a booking's day and time: "Thu Nov 26, 10:30 AM" and "Thursday, November 26 at 10:30 AM"."""
    local = at.astimezone(ZoneInfo(zone))
    day, time = say_day(local.date(), country, language), say_time(local.hour * 60 + local.minute, language)
    # The comma of the written form is a pause that no voice makes.
    joint = "at" if language == "en" else _at_hour(local.hour)
    return Reply(f"{day.written}, {time.written}", f"{day.spoken} {joint} {time.spoken}")


def say_day(day: date, country: str, language: str) -> Reply:
    """Return a day with its weekday, so that a slip in either shows."""
    weekday, month = day.weekday(), _MONTHS[language][day.month - 1]
    short, long = _SHORT_DAYS[language][weekday], _DAYS[language][weekday]
    if language == "es":
        return Reply(f"{short} {day.day} {month[:3]}", f"el {long} {day.day} de {month}")
    # "26 Nov" and "Nov 26" cannot be misread for each other; 11/12 could be.
    if country in _MONTH_FIRST:
        return Reply(f"{short} {month[:3]} {day.day}", f"{long}, {month} {day.day}")
    return Reply(f"{short} {day.day} {month[:3]}", f"{long} {day.day} {month}")


def say_time(minute: int, language: str) -> Reply:
    """Return a time of day from minutes after midnight; noon by name, because many read 12 PM as midnight."""
    hour, rest = divmod(minute, 60)
    shown = f"{hour % 12 or 12}" + (f":{rest:02d}" if rest else "")
    if language == "es":
        # Spanish afternoons last until eight.
        part = "de la mañana" if hour < 12 else "de la tarde" if hour < 20 else "de la noche"
        return Reply(f"{shown} {'am' if hour < 12 else 'pm'}", f"{shown} {part}")
    if minute == 12 * 60:
        return Reply("12 noon", "noon")
    mark = "AM" if hour < 12 else "PM"
    return Reply(f"{shown} {mark}", f"{shown} {mark}")


def _at_hour(hour: int) -> str:
    # One o'clock is the only hour that is singular in Spanish.
    return "a la" if hour % 12 == 1 else "a las"
