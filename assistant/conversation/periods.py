"""Periods named by the one before: "the year before", আগের বছর, "porer mashe"."""

import re
from calendar import monthrange
from datetime import date, timedelta

from assistant.conversation.stated import Stated
from assistant.dates import Dates
from assistant.words import said
from index.records import Deal
from index.text import fold_digits, normalise, stem

_LONGEST_MONTH = 31  # days
_NEAR = 2  # words at most between "before" and "year"
_ENDING = re.compile(r"(?:er|e)?(?:gulo|gula|guli)?(?:te|r)?$")
_PLURAL = re.compile(rf"(?<=\w)(?:(?<!i)s$|gulo|gula|guli|{normalise('গুলো|গুলি')})")
_MONTHS = {"year": 12, "quarter": 3, "month": 1}


def shifted(one: Stated, since: date | None, until: date | None) -> Dates | None:
    """Return the period before or after an earlier one; None where the words name none or nothing was dated before."""
    if since is None or until is None:
        return None
    texts = one.texts
    for place, text in enumerate(texts):
        unit = _unit(text)
        around = texts[max(0, place - _NEAR) : place + _NEAR + 1]
        step = (any(word in said("later_period") for word in around) or 0) - any(
            word in said("earlier_period") for word in around
        )
        if unit and step and _is_plural(text):
            return (None, since - timedelta(days=1)) if step < 0 else (until + timedelta(days=1), None)
        if unit and step:
            return _moved(since, step * unit), _end(_moved(until.replace(day=1), step * unit))
    return None


def in_year_of(one: Stated, named: Dates, earlier: date | None) -> Dates:
    """Return a month that is named without a year in the year that was spoken of; other periods as they are."""
    since, until = named
    if earlier is None or since is None or until is None or re.search(r"\d{4}", fold_digits(one.parts.text)):
        return named
    if one.says("relative") or (until - since).days > _LONGEST_MONTH:
        return named
    first = since.replace(year=earlier.year)
    return first, _end(until.replace(year=earlier.year + until.year - since.year, day=1))


def says_that_period(one: Stated) -> bool:
    """True for "that month", ওই বছর, "oi mashe"."""
    return _unit_of_that(one) > 0


def _unit_of_that(one: Stated) -> int:
    places = (place for place in range(1, len(one.texts)) if one.texts[place - 1] in said("that_period"))
    return next((unit for place in places if (unit := _unit(one.texts[place]))), 0)


def same_period(one: Stated, since: date | None, until: date | None, shown: tuple[Deal, ...]) -> Dates | None:
    """Return the period of "that month", ওই বছর, "oi mashe": the one asked for, else that of the one deal that was shown."""
    unit = _unit_of_that(one)
    if not unit:
        return None
    if since is not None and until is not None:
        return since, until
    if len(shown) != 1:
        return None
    first = shown[0].span.first.replace(day=1)
    first = first.replace(month=(first.month - 1) // unit * unit + 1)
    return first, _end(_moved(first, unit - 1))


def _is_plural(text: str) -> bool:
    """True for "years", বছরগুলোতে, bochorgulo: all that lie before or after."""
    return bool(_PLURAL.search(text))


def _unit(text: str) -> int:
    bare = _ENDING.sub("", text)
    if not {text, stem(text), bare} & said("periods"):
        return 0
    name = (
        "month"
        if text.startswith(("month", "mas", "মাস"))
        else "quarter"
        if text.startswith(("qua", "প্রান্তিক", "pran"))
        else "year"
    )
    return _MONTHS[name]


def _moved(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day.day)


def _end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
