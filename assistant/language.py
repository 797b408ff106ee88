"""Language and script of a question, and the dates that it names, absolute and relative to today."""

import re
from calendar import monthrange
from datetime import date, timedelta

from assistant.months import month_spans, named_days, opens_period, with_years
from assistant.schema import Script
from assistant.words import Cue, Word, read
from index.records import Language, date_precision, date_span
from index.text import BENGALI, LATIN, normalise, words

Dates = tuple[date | None, date | None]
_QUARTER = re.compile(r"\bq([1-4])\b(?:[ ,]*(?:of )?(\d{4}))?|\b(\d{4})[ -]?q([1-4])\b", re.IGNORECASE)
_HALF = re.compile(r"\b(first|second) half of (\d{4})|\bh([12])[ ,]*(\d{4})", re.IGNORECASE)
_FINAL = ("last", "final", "closing", "শেষ", "shesh", "sesh")
_PART_ORDINALS = (
    ("first", "1st", "প্রথম", "prothom"), ("second", "2nd", "দ্বিতীয়", "ditiyo", "dwitiyo"), ("third", "3rd", "তৃতীয়", "tritiyo"),
    ("fourth", "4th", "চতুর্থ", "choturtho"), _FINAL,
)  # fmt: skip
_WORDED = re.compile(
    rf"({'|'.join(word for forms in _PART_ORDINALS for word in forms)})"
    r"\s*(quarter|half|প্রান্তিক|অর্ধ|ার্ধ|prantik|ordhek|ত্রৈমাসিক|(?P<n>\d+|[a-z]+|[\u0980-\u09ff]+) (?:months|মাস|mash|mas))"
)
_LAST_N = re.compile(
    r"(?:last|past|previous|গত|বিগত|goto|gato|gata|shesh|sesh|শেষ)\s+(\d+|[a-z]+|[\u0980-\u09ff]+)\s+"
    r"(days?|weeks?|months?|years?|দিন|সপ্তাহ|মাস|বছর|din|shoptaho|mash|mas|bochor)",
    re.IGNORECASE,
)
_YEAR_MONTHS = 12
_THESE = ("this", "current", "এই", "চলতি", "ei", "cholti", "e")
_YEARS = ("year", "বছর", "bo")
_ONE = re.compile(
    r"(?<![a-z\u0980-\u09ff])(last|past|previous|this|current|gato|gata|গত|বিগত|এই|চলতি|goto|gelo|ei|cholti|e)\s*"
    r"(year|month|quarter|বছর|মাস|প্রান্তিক|bochor|bosor|mash|mas)(?:ে|ের|e|er)?(?![a-z])",
    re.IGNORECASE,
)
_NUMBER_WORDS = {
    word: value
    for value, forms in {
        1: "one এক ek", 2: "two দুই দু dui", 3: "three তিন tin", 4: "four চার char", 5: "five পাঁচ panch pach", 6: "six ছয় choy",
        7: "seven সাত shat sat", 8: "eight আট at", 9: "nine নয় noy", 10: "ten দশ dosh", 12: "twelve বারো baro",
    }.items()
    for word in forms.split()
}  # fmt: skip


_FRACTIONS = {"দেড়": "1.5", "আড়াই": "2.5", "der": "1.5", "arai": "2.5"}
_SPELLED = re.compile(
    rf"(?<![\w\u0980-\u09ff])({'|'.join(sorted((*_NUMBER_WORDS, *_FRACTIONS), key=len, reverse=True))})"
    r"(\s+(?:hundred |শ |শত )?(?:thousand|million|billion|trillion|crore|lakh|gigawatts?|gw|megawatts?|percent|per cent|"
    r"হাজার|লাখ|কোটি|মিলিয়ন|বিলিয়ন|ট্রিলিয়ন|গিগাওয়াট|মেগাওয়াট|শতাংশ|koti|lakh))",
    re.IGNORECASE,
)


def detect(text: str, question: tuple[Word, ...]) -> tuple[Language, Script]:
    """Return the language to answer in and the script typed: Banglish is answered in Bengali."""
    function_words = read("banglish.yaml")
    bengali, latin = len(BENGALI.findall(text)), len(LATIN.findall(text))
    banglish = sum(word.text in function_words["banglish"] for word in question)
    english = sum(word.text in function_words["english"] for word in question)
    if bengali:
        mixed = latin > bengali and english > 1
        return ("en" if mixed and english > 2 and bengali < latin / 4 else "bn"), ("mixed" if mixed else "bengali")
    if banglish > english or (banglish and banglish == english):
        return "bn", "banglish"
    return "en", "english"


def small_number(word: str) -> int | None:
    """Return the value of a digit string or a number word in any script; None otherwise."""
    return int(word) if word.isdigit() and len(word) < 4 else _NUMBER_WORDS.get(word)


def with_digits(text: str) -> str:
    """Return the text with number words before a magnitude or a unit written in digits: "five billion" -> "5 billion"."""
    return _SPELLED.sub(
        lambda match: f"{_FRACTIONS.get(match[1].casefold()) or _NUMBER_WORDS[match[1].casefold()]}{match[2]}", text
    )


def read_dates(text: str, cues: tuple[Cue, ...], today: date) -> Dates:
    """Return (since, until) that the question asks for; (None, None) without any."""
    lowered = _with_known_months(text)
    days = named_days(lowered)
    named = [span for span in (_span(one.day, lowered, today) for one in days) if span]
    part = _part_of_year(lowered) or _worded_part(lowered, named)
    if part:
        named = [part]
    elif (relative := _relative(lowered, today)) and not any(len(one.day) > 4 for one in days):
        return relative
    if not named:
        return None, None
    first, last = min(span[0] for span in named), max(span[1] for span in named)
    kinds = {cue.kind for cue in cues}
    if len(named) >= 2:
        return first, last
    if "before" in kinds and not re.search(r"\b(between|from)\b|থেকে", lowered):
        inclusive = re.search(r"\b(until|till|up to|by the end of)\b|পর্যন্ত|মধ্যে|porjonto", lowered)
        return None, last if inclusive else first - timedelta(days=1)
    if "since" in kinds and _is_since(lowered):
        after = re.search(r"\b(after|later than)\b|\bপরে|এর পর|er por|\bpore\b", lowered)
        return (last + timedelta(days=1) if after else first), None
    return first, last


def date_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places of quarters, halves and relative periods, which are no figures."""
    lowered = text.casefold()
    patterns = (_QUARTER, _HALF, _LAST_N, _ONE)
    return (*month_spans(lowered), *(match.span() for pattern in patterns for match in pattern.finditer(lowered)))


def _is_since(text: str) -> bool:
    """True where the date is where a range begins; "from" and "থেকে" also stand beside names."""
    return opens_period(text) or bool(
        re.search(r"\b(since|after|starting|onwards|later than)\b|\bfrom\s+(?:\w+\s+)?\d{4}", text)
    )


def _with_known_months(text: str) -> str:
    """Return the text in lower case with Banglish month names, case ending and all, in English, length aside."""
    text = with_years(normalise(text))
    month_names = read("banglish.yaml")["months"]
    return re.sub(r"[a-z]+", lambda match: _month_name(match.group(), month_names), text)


def _month_name(word: str, names: dict[str, str]) -> str:
    for ending in ("", "er", "e", "r"):
        bare = word[: -len(ending)] if ending and word.endswith(ending) else word
        if bare in names and (ending == "" or word.endswith(ending)):
            return names[bare]
    return word


def _span(day: str, text: str, today: date) -> tuple[date, date] | None:
    """Return the days that a date means; a month without a year is that of "last year" or the latest such month."""
    if day.startswith("____"):
        month = int(day[5:7])
        relative = _ONE.search(text)
        year = today.year if month <= today.month else today.year - 1
        if relative and relative[2].startswith(_YEARS):
            year = today.year if relative[1] in _THESE else today.year - 1
        day = str(year) + day[4:]
    try:
        span = date_span(day, date_precision(day))
    except ValueError:
        return None
    return span.first, span.last


def _part_of_year(text: str) -> tuple[date, date] | None:
    if match := _QUARTER.search(text):
        quarter, year = int(match[1] or match[4]), int(match[2] or match[3] or 0)
        if year:
            return date(year, quarter * 3 - 2, 1), date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    if match := _HALF.search(text):
        second = match[1] == "second" or match[3] == "2"
        year = int(match[2] or match[4])
        return (date(year, 7, 1), date(year, 12, 31)) if second else (date(year, 1, 1), date(year, 6, 30))
    return None


def _worded_part(text: str, named: list[tuple[date, date]]) -> tuple[date, date] | None:
    """Return the quarter or half that is named by an ordinal word beside a year: "first quarter of 2026", দ্বিতীয় প্রান্তিক."""
    match = _WORDED.search(text)
    if not match or not named:
        return None
    place = next(number for number, forms in enumerate(_PART_ORDINALS, 1) if match[1] in forms)
    year = named[0][0].year
    months = small_number(match["n"]) if match["n"] else 6 if match[2].startswith(("half", "অর্ধ", "ার্ধ", "ordh")) else 3
    if not months or months > _YEAR_MONTHS:
        return None
    last = _YEAR_MONTHS if match[1] in _FINAL else place * months
    return (date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])) if last <= _YEAR_MONTHS else None


def _relative(text: str, today: date) -> Dates | None:
    if match := _LAST_N.search(text):
        count = small_number(words(match[1])[0]) if words(match[1]) else None
        if count:
            return _back(today, count, match[2]), today
    if match := _ONE.search(text):
        return _one_period(today, this=match[1] in _THESE, unit=match[2])
    return None


def _back(today: date, count: int, unit: str) -> date:
    if unit.startswith(("day", "দিন", "din")):
        return today - timedelta(days=count)
    if unit.startswith(("week", "সপ্তাহ", "shoptaho")):
        return today - timedelta(weeks=count)
    months = count * (12 if unit.startswith(("year", "বছর", "bochor")) else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _one_period(today: date, this: bool, unit: str) -> Dates:
    if unit.startswith(_YEARS):
        year = today.year if this else today.year - 1
        return date(year, 1, 1), date(year, 12, 31)
    length = 3 if unit.startswith(("quarter", "প্রান্তিক")) else 1
    begin = today.year * 12 + (today.month - 1) // length * length - (0 if this else length)
    first = date(begin // 12, begin % 12 + 1, 1)
    end = begin + length - 1
    return first, date(end // 12, end % 12 + 1, monthrange(end // 12, end % 12 + 1)[1])
