"""Calendar periods: months, quarters, halves and years around a day."""

from calendar import monthrange
from datetime import date, timedelta

from assistant.reading.tokens import Token
from index.records import Span

YEARS = range(1995, 2100)


_UNITS = {"day": 1, "week": 7}


_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def day_number(tokens: tuple[Token, ...], place: int) -> int:
    """Return the day of the month at a place, 0 for none."""
    if 0 <= place < len(tokens) and tokens[place].word.isdigit() and len(tokens[place].word) <= 2:
        value = int(tokens[place].word)
        return value if 1 <= value <= 31 else 0
    return 0


def month_span(year: int, month: int) -> Span:
    """Return the days of a month."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def day_span(year: int, month: int, day: int) -> Span:
    """Return a day, or its whole month where the day is 0."""
    if day and day <= monthrange(year, month)[1]:
        return Span(date(year, month, day), date(year, month, day))
    return month_span(year, month)


def _months(year: int, first: int, last: int) -> Span:
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def piece(kind: str, value: str, year: int) -> Span:
    """Return a quarter, a half or a part of a year."""
    if kind == "quarters":
        return _months(year, int(value) * 3 - 2, int(value) * 3)
    if kind == "halves":
        return _months(year, int(value) * 6 - 5, int(value) * 6)
    return _months(year, *{"early": (1, 3), "mid": (5, 8), "late": (10, 12)}[value])


def named(value: str, today: date) -> Span:
    """Return the days of "today", "yesterday", "gotobochor"."""
    if value in ("today", "yesterday"):
        day = today - timedelta(days=value == "yesterday")
        return Span(day, day)
    return period(today, value.split("_")[1], -1 if value.startswith("last") else 0)


def period(today: date, unit: str, shift: int) -> Span:
    """Return the calendar period of a unit that holds today, shifted by whole periods."""
    if unit == "day":
        day = today + timedelta(days=shift)
        return Span(day, day)
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return Span(monday, monday + timedelta(days=6))
    length = _MONTHS[unit]
    begin = today.year * 12 + (today.month - 1) // length * length + shift * length
    last = begin + length - 1
    return Span(date(begin // 12, begin % 12 + 1, 1), month_span(last // 12, last % 12 + 1).last)


def back(today: date, count: int, unit: str) -> date:
    """Return the day so many units before."""
    if unit in _UNITS:
        return today - timedelta(days=count * _UNITS[unit])
    year, month = divmod(today.year * 12 + today.month - 1 - count * _MONTHS[unit], 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def bounded(span: Span, bound: str) -> tuple[date | None, date | None]:
    """Return the open or closed range that a bound makes of a span."""
    if bound == "since":
        return span.first, None
    if bound == "after":
        return span.last + timedelta(days=1), None
    if bound == "before":
        return None, span.first - timedelta(days=1)
    if bound == "until":
        return None, span.last
    return span.first, span.last
