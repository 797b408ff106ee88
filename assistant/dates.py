"""The period that a question names: years, quarters, months, days and "last year", with the words that bound it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from assistant.months import named_days, with_years
from assistant.words import read
from index.numerals import small_number
from index.records import date_precision, date_span
from index.text import normalise, words

Dates = tuple[date | None, date | None]
_LETTER = "[a-z\u0980-\u09ff]"
_YEAR = r"(?<![\d.,])(?:19|20)\d{2}(?![\d%])"
_CASE = r"(?:েরও|ের|এর|য়ের|র|ই|তে|য়|ে|er|r|e|te|'s)?"  # endings that stand apart or by a hyphen after a year or a month
_LAST_N = re.compile(
    r"(?:last|past|previous|গত|বিগত|goto|gato|gata|shesh|sesh|শেষ)\s+(\d+|[a-z]+|[\u0980-\u09ff]+)\s+"
    r"(days?|weeks?|months?|years?|দিন|সপ্তাহ|মাস|বছর|din|shoptaho|mash|mas|bochor)",
)
_LASTING = re.compile(r"\s+(?:or|and) (?:more|longer|over|above|less|shorter)(?![a-z])")
_ONE = re.compile(
    rf"(?<!{_LETTER})(last|past|previous|this|current|gato|gata|গত|বিগত|এই|এ|চলতি|goto|gelo|ei|cholti|e)\s*"
    r"(year|month|quarter|week|বছর|মাস|প্রান্তিক|সপ্তাহ|bochor|bosor|mash|mas|prantik|shoptaho)(?:তে|ে|ের|e|er)?(?![a-z])",
)
_OF_DEAL = re.compile(r"\s+(?:deal|agreement|contract|investment|round|purchase|loan|takeover|acquisition)(?![a-z])")
# "fell through in 2025" bounds nothing.
_NO_VERB = "".join(
    f"(?<!{verb} )" for verb in "fell fall falls fallen falling go goes going gone went come came pull pulled put".split()
)
_MONTHS = 12
_YEARS = ("year", "বছর", "bo")
_YEAR_DAYS = 300  # a period of fewer days is within a year
_THIS = frozenset("this current এই এ চলতি ei cholti e".split())


@dataclass(frozen=True, slots=True)
class Period:
    """The days ``first`` to ``last`` that the words at ``start`` to ``end`` of a normalised text name."""

    start: int
    end: int
    first: date
    last: date


def read_dates(text: str, today: date) -> tuple[Dates, tuple[tuple[int, int], ...]]:
    """Return ((since, until), places of the words that name them); (None, None) without a date.

    Each date is bounded by the words right beside it, so that "after" or মধ্যে elsewhere says nothing of it.
    """
    plain = with_years(normalise(text))
    periods = _periods(plain, today)
    places = tuple((one.start - _head(plain, one), one.end + _tail(plain, one)) for one in periods)
    if not periods:
        return (None, None), ()
    bounds = [_bound(plain, one) for one in periods]
    if len(periods) == 1:
        return _of_one(periods[0], bounds[0]), places
    ordered = sorted(zip(periods, bounds, strict=True), key=lambda pair: (pair[0].first, pair[0].last))
    (early, opening), (late, closing) = ordered[0], max(ordered, key=lambda pair: pair[0].last)
    since = early.last + timedelta(days=1) if opening == "after" else early.first
    return (since, late.first - timedelta(days=1) if closing == "before" else late.last), places


def _of_one(period: Period, bound: str) -> Dates:
    bounded: dict[str, Dates] = {
        "since": (period.first, None),
        "after": (period.last + timedelta(days=1), None),
        "before": (None, period.first - timedelta(days=1)),
        "until": (None, period.last),
    }
    return bounded.get(bound, (period.first, period.last))


def _bound(text: str, period: Period) -> str:
    """Return since, after, before or until by the words beside a period; nothing where they bound no side."""
    before, after = text[: period.start], text[period.end :]
    forms = _forms()
    following = next((kind for kind, form in forms["after_date"].items() if form.match(after)), "")
    if following and not (following == "until" and forms["between"].search(before)):
        return following
    preceding = next((kind for kind, form in forms["before_date"].items() if form.search(before)), "")
    if preceding and re.search(r"\bthe\s+$", before) and _OF_DEAL.match(after):
        return ""  # "after the August 2025 deal": the date is the deal's
    opened = re.search(r"\bfrom\s+(?:the year\s+)?$", before) and forms["open"].match(after)
    return preceding or ("since" if opened else "")


def _head(text: str, period: Period) -> int:
    """Return how many characters before a period belong to the words that bound it (since, from)."""
    before = text[: period.start]
    forms = (*_forms()["before_date"].values(), re.compile(r"\bfrom\s+(?:the year\s+)?$"))
    return max((len(match.group()) for form in forms if (match := form.search(before))), default=0)


def _tail(text: str, period: Period) -> int:
    """Return how many characters after a period belong to the words that bound it (থেকে, onwards)."""
    after = text[period.end :]
    return max((match.end() for form in _forms()["after_date"].values() if (match := form.match(after))), default=0)


@cache
def _forms() -> dict[str, Any]:
    rows = read("dates.yaml")
    inside = r"(?:(?:মাসের|mash er|masher|শেষ|শুরু|শুরুর দিক|গোড়া|shuru|suru)\s+)?"
    apart = rf"^\s*(?:(?:{_any(rows['year_words'])})\s*)?-?\s*{_CASE}\s+{inside}"
    glue = rf"\s+(?:(?:{_any(rows['glue'])})\s+)*$"
    return {
        "after_date": {
            kind: re.compile(rf"{apart}(?:{_any(words)})(?!{_LETTER})") for kind, words in rows["after_date"].items()
        },
        "before_date": {
            kind: re.compile(rf"(?<!{_LETTER}){_NO_VERB}(?:{_any(words)})-?{glue}")
            for kind, words in rows["before_date"].items()
        },
        "open": re.compile(rf"^\s*(?:{_any(rows['open'])})(?!{_LETTER})"),
        "between": re.compile(r"\bbetween\b[^.?]{0,12}$"),
    }


def _any(phrases: str) -> str:
    """Return the alternatives of a row of words, longest first."""
    return "|".join(sorted((re.escape(normalise(one.strip())) for one in phrases.split("|")), key=len, reverse=True))


def _periods(text: str, today: date) -> list[Period]:
    """Return the periods of a text in order of place; relative ones and parts of years claim their words first."""
    parts = _parts_of_years(text, today)
    relative = [
        one for one in _relative(text, today) if not any(one.start < part.end and one.end > part.start for part in parts)
    ]
    days = _of_days(text, [*parts, *relative], today)
    if any((one.last - one.first).days < _YEAR_DAYS for one in days):
        relative = []  # "October last year" is that October
    return sorted((*parts, *relative, *days), key=lambda one: one.start)


def _of_days(text: str, taken: list[Period], today: date) -> list[Period]:
    """Return the periods of years, months and days; those inside a quarter or beside "last year" are spent."""
    found = []
    for one in named_days(text):
        if any(one.start < other.end and one.end > other.start for other in taken):
            continue
        span = _span(one.day, text, today)
        if span:
            found.append(Period(one.start, one.end, *span))
    return found


def _span(day: str, text: str, today: date) -> tuple[date, date] | None:
    """Return the days that a date means; a month without a year is that of "last year" or the latest such month."""
    if day.startswith("____"):
        month = int(day[5:7])
        relative = _ONE.search(text)
        year = today.year if month <= today.month else today.year - 1
        if relative and relative[2].startswith(_YEARS):
            year = today.year if relative[1] in _THIS else today.year - 1
        day = str(year) + day[4:]
    try:
        span = date_span(day, date_precision(day))
    except ValueError:
        return None
    return span.first, span.last


@cache
def _part_patterns() -> tuple[re.Pattern[str], ...]:
    rows = read("dates.yaml")
    ordinals = "|".join(_any(forms) for forms in rows["ordinals"].values())
    units = "|".join(_any(forms) for forms in rows["units"].values())
    year = rf"{_YEAR}|{_any(rows['last_year'])}|{_any(rows['this_year'])}"
    year_before = rf"(?P<y>{year})\s*(?:{_any(rows['year_words'])})?\s*-?(?:{_any(rows['genitive'])})?,?\s*"
    year_after = rf"(?:[\s,]*(?:of|in|er|এর|-er|-এর)?\s*(?:the year\s+)?(?P<y>{year}))?"
    unit = rf"(?:(?P<u>{units}){_LETTER}*|(?P<m>\d+|{_LETTER}+)\s+(?:{_any(rows['months'])}){_LETTER}*)"
    named = rf"(?<!{_LETTER})(?P<o>{ordinals})\s*{unit}"
    coded = rf"(?<!{_LETTER})(?P<c>[qh])(?P<n>[1-4])(?!\d|{_LETTER})"
    return tuple(
        re.compile(form) for form in (year_before + named, year_before + coded, named + year_after, coded + year_after)
    )


def _parts_of_years(text: str, today: date) -> list[Period]:
    """Return the quarters and halves: "Q3 2025", "second half of 2024", ২০২৫ সালের চতুর্থ প্রান্তিক."""
    found: list[Period] = []
    for pattern in _part_patterns():
        for match in pattern.finditer(text):
            if any(match.start() < one.end and match.end() > one.start for one in found):
                continue
            groups = match.groupdict()
            months = _length(groups)
            if not months or (not groups["y"] and (months != 3 or groups.get("m"))):
                continue
            number = int(groups["n"]) if groups.get("c") else _ordinal(groups["o"], 12 // months)
            last = (
                _MONTHS if groups.get("o") and re.fullmatch(_any(read("dates.yaml")["final"]), groups["o"]) else number * months
            )
            if last > _MONTHS:
                continue
            year = _year(groups["y"], today) or (today.year if last - months < today.month else today.year - 1)
            found.append(Period(match.start(), match.end(), date(year, last - months + 1, 1), _month_end(year, last)))
    return found


def _year(said: str | None, today: date) -> int:
    """Return the year that digits or "last year" mean; 0 for none."""
    if not said:
        return 0
    if said.isdecimal():
        return int(said)
    return today.year - bool(re.fullmatch(_any(read("dates.yaml")["last_year"]), said))


def _length(groups: dict[str, str | None]) -> int:
    """Return the months of a part of a year: a quarter, a half, "three months"; 0 for none."""
    if groups.get("c"):
        return 6 if groups["c"] == "h" else 3
    if groups.get("m"):
        length = small_number(str(groups["m"])) or 0
        return length if length < _MONTHS else 0
    return _unit(str(groups["u"]))


def _unit(word: str) -> int:
    units = read("dates.yaml")["units"]
    return next(int(months) for months, forms in units.items() if re.fullmatch(_any(forms), word))


def _ordinal(word: str, most: int) -> int:
    number = next(int(place) for place, forms in read("dates.yaml")["ordinals"].items() if re.fullmatch(_any(forms), word))
    return min(number, most)  # "the last half" is the second


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _relative(text: str, today: date) -> list[Period]:
    for match in _LAST_N.finditer(text):
        count = small_number(words(match[1])[0]) if words(match[1]) else None
        lasts = _LASTING.match(text, match.end())  # "leases that last ten years or more"
        if count and not lasts:
            return [Period(match.start(), match.end(), _back(today, count, match[2]), today)]
    return [
        Period(match.start(), match.end(), *_one_period(today, match[1] in _THIS, match[2])) for match in _ONE.finditer(text)
    ][:1]


def _back(today: date, count: int, unit: str) -> date:
    if unit.startswith(("day", "দিন", "din")):
        return today - timedelta(days=count)
    if unit.startswith(("week", "সপ্তাহ", "shoptaho")):
        return today - timedelta(weeks=count)
    months = count * (12 if unit.startswith(_YEARS) else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _one_period(today: date, this: bool, unit: str) -> tuple[date, date]:
    if unit.startswith(_YEARS):
        year = today.year if this else today.year - 1
        return date(year, 1, 1), date(year, 12, 31)
    if unit.startswith(("week", "সপ্তাহ", "shoptaho")):
        first = today - timedelta(days=today.weekday() + (0 if this else 7))
        return first, first + timedelta(days=6)
    length = 3 if unit.startswith(("quarter", "প্রান্তিক", "prantik")) else 1
    begin = today.year * 12 + (today.month - 1) // length * length - (0 if this else length)
    end = begin + length - 1
    return date(begin // 12, begin % 12 + 1, 1), _month_end(end // 12, end % 12 + 1)
