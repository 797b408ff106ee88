"""Single date expressions of a question: days, months, quarters, halves and years, said or relative to today."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from assistant.reading.lexicon import Lexicon
from assistant.reading.periods import YEARS, back, day_number, day_span, month_span, named, period, piece
from assistant.reading.tokens import Token
from index.records import Span

FILL = frozenset("of the in on year সালের সাল এর saler sal er r , date".split())
_AMBIGUOUS = frozenset("may march mar mey মে sep jun dec".split())  # months that are also words
_BEFORE_MONTH = frozenset("in since before after of by and to until from".split())
_MAY = frozenset("মে মেতে মে'তে".split())  # the month's name is too short to be cut out of a longer word
_ORDINAL_TAILS = frozenset("st nd rd th ই লা রা শে ঠা".split())
_MONEY = ("USD", "GW", "MW", "percent", "shares")

Found = tuple[str, int]  # the value of a lexicon word and where it ends


@dataclass(frozen=True, slots=True)
class Atom:
    """One date expression at tokens ``start`` to ``end``; a month without its year has ``month`` set."""

    start: int
    end: int
    span: Span
    month: int = 0  # set when the year was not said


@dataclass(frozen=True, slots=True)
class Moments:
    """Reads the date expressions of one question. ``newest`` is the last day of the corpus, for months without a year."""

    lexicon: Lexicon
    tokens: tuple[Token, ...]
    today: date
    sounds: bool
    newest: date

    def all(self) -> list[Atom]:
        """Return the date expressions in order."""
        found: list[Atom] = []
        place = 0
        while place < len(self.tokens):
            atom = self._iso(place) or self._part(place) or self._relative(place) or self._calendar(place)
            if atom:
                found.append(atom)
            place = atom.end if atom else place + 1
        return found

    def kind(self, place: int, kind: str, only: tuple[str, ...] = (), end: int | None = None) -> Found | None:
        """Return the value of a word of this kind at a place and where it ends; ``only`` limits the values."""
        if not 0 <= place < len(self.tokens):
            return None
        mark = self.lexicon.at(self.tokens, place, self.sounds, frozenset({kind}), end)
        if mark is None:
            return None
        values = mark.senses[kind]
        if kind == "month" and self.tokens[place].bengali and values == ("5",) and self.tokens[place].word not in _MAY:
            return None
        if only:
            values = tuple(value for value in values if value in only)
        return (values[0], mark.end) if values else None

    def _word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def _skip(self, place: int) -> int:
        while self._word(place) in FILL:
            place += 1
        return place

    def _iso(self, place: int) -> Atom | None:
        numbers: list[int] = []
        for token in self.tokens[place : place + 3]:
            if not token.word.isdigit() or (numbers and token.start - self.tokens[place + len(numbers) - 1].end != 1):
                break
            numbers.append(int(token.word))
        if len(numbers) < 2 or numbers[0] not in YEARS or not 1 <= numbers[1] <= 12 or len(self._word(place + 1)) != 2:
            return None
        if len(numbers) == 3 and 1 <= numbers[2] <= monthrange(numbers[0], numbers[1])[1]:
            return Atom(place, place + 3, day_span(*numbers))
        return Atom(place, place + 2, month_span(numbers[0], numbers[1]))

    def _year(self, place: int) -> int | None:
        """Return a year of four digits that counts no money, power or shares."""
        word = self._word(place)
        if not (word.isdigit() and len(word) == 4 and int(word) in YEARS):
            return None
        counted = self.kind(place + 1, "magnitude") or self.kind(place + 1, "unit", _MONEY)
        return None if counted else int(word)

    def _year_after(self, place: int) -> tuple[int, int] | None:
        """Return (year, end) of a year, said or relative, after optional filling words."""
        place = self._skip(place)
        year = self._year(place)
        if year:
            return year, place + 1
        relative = self.kind(place, "relative", ("last", "this"))
        unit = self.kind(relative[1], "period", ("year",)) if relative else None
        return (self.today.year - (relative[0] == "last"), unit[1]) if relative and unit else None

    def _part(self, place: int) -> Atom | None:
        """Read quarters, halves and early, mid, late, before their year or after it."""
        kinds = ("quarters", "halves", "part")
        for kind in kinds:
            found = self.kind(place, kind)
            year = self._year_after(found[1]) if found else None
            if found and year:
                return Atom(place, year[1], piece(kind, found[0], year[0]))
        first = self._year_after(place) if self._word(place) not in FILL else None
        following = self._skip(first[1]) if first else 0
        for kind in kinds if first else ():
            found = self.kind(following, kind)
            if first and found and not (kind == "part" and self.tokens[following].latin and not self.sounds):
                return Atom(place, found[1], piece(kind, found[0], first[0]))
        return None

    def _relative(self, place: int) -> Atom | None:
        """Read "last year", "গত ৬ মাসে", "two years ago", "today"."""
        day = self.kind(place, "named_day")
        if day:
            return Atom(place, day[1], named(day[0], self.today))
        relative = self.kind(place, "relative", ("last", "this", "next"))
        number = self._small(relative[1] if relative else place)
        unit = self.kind(number[1] if number else (relative[1] if relative else place), "period")
        if unit is None:
            return None
        if relative:
            if number and relative[0] == "last":
                return Atom(place, unit[1], Span(back(self.today, number[0], unit[0]), self.today))
            return None if number else self._shifted(place, unit, {"last": -1, "this": 0, "next": 1}[relative[0]])
        ago = self.kind(unit[1], "relative", ("ago",)) if number else None
        return Atom(place, ago[1], period(back(self.today, number[0], unit[0]), unit[0], 0)) if number and ago else None

    def _shifted(self, place: int, unit: Found, shift: int) -> Atom | None:
        if unit[0] == "year":
            month = self.kind(self._skip(unit[1]), "month")
            if month:
                return Atom(place, month[1], month_span(self.today.year + shift, int(month[0])))
        if unit[0] == "half" and not self.tokens[place].bengali:
            return None
        return Atom(place, unit[1], period(self.today, unit[0], shift))

    def _small(self, place: int) -> tuple[int, int] | None:
        word = self._word(place)
        if word.isdigit():
            return (int(word), place + 1) if len(word) < 4 else None
        found = self.kind(place, "number")
        return (int(float(found[0])), found[1]) if found and float(found[0]) >= 1 else None

    def _calendar(self, place: int) -> Atom | None:
        """Read day, month and year in any order that people write, a bare month and a bare year."""
        year = self._year(place)
        if year:
            return self._after_year(place, year)
        day = day_number(self.tokens, place)
        at = place
        if day:
            at = self._skip(place + 1 + (self._word(place + 1) in _ORDINAL_TAILS))
        month = self.kind(at, "month")
        if month is None:
            return None if day else self._month_of(place)
        end = month[1]
        if not day:
            day = day_number(self.tokens, end)
            end += bool(day)
            end += bool(day) and self._word(end) in _ORDINAL_TAILS
        known = self._year_after(end)
        if known:
            return Atom(place, known[1], day_span(known[0], int(month[0]), day))
        return self._bare(Atom(place, end, day_span(2000, int(month[0]), day), int(month[0])), at, day)

    def _after_year(self, place: int, year: int) -> Atom:
        """Read what may follow a year: month and day in either order; else the whole year."""
        following = self._skip(place + 1)
        month = self.kind(following, "month")
        doubtful = self._word(following) in _AMBIGUOUS and self.tokens[following].latin and not self.sounds
        if month and not (doubtful and following == place + 1):
            day = day_number(self.tokens, month[1])
            return Atom(place, month[1] + bool(day), day_span(year, int(month[0]), day))
        day = day_number(self.tokens, following)
        month = self.kind(following + 1, "month") if day else None
        if month:
            return Atom(place, month[1], day_span(year, int(month[0]), day))
        return Atom(place, place + 1, Span(date(year, 1, 1), date(year, 12, 31)))

    def _month_of(self, place: int) -> Atom | None:
        """Read "last October"."""
        relative = self.kind(place, "relative", ("last", "this"))
        month = self.kind(relative[1], "month") if relative else None
        return self._bare(Atom(place, month[1], day_span(2000, int(month[0]), 0), int(month[0])), -1, 0) if month else None

    def _bare(self, atom: Atom, at: int, day: int) -> Atom | None:
        """Place a month without a year in the newest such month that the corpus can hold."""
        if self._word(at) in _AMBIGUOUS and not day:
            token = self.tokens[at]
            if not (token.capital and self._word(at - 1) in _BEFORE_MONTH) and token.word != "মে":
                return None
        latest = min(self.today, self.newest)
        year = latest.year if atom.month <= latest.month else latest.year - 1
        return Atom(atom.start, atom.end, day_span(year, atom.month, day), atom.month)
