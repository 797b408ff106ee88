"""Dates of a question, absolute and relative to today, as one closed or open range of days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.reading.lexicon import Lexicon
from assistant.reading.periods import YEARS, back, bounded, day_number, day_span, month_span, period, piece
from assistant.reading.tokens import Token, bare_ending
from index.records import Span

_FILL = frozenset("of the in on year সালের সাল এর saler sal er r , date".split())


_AMBIGUOUS = frozenset("may march mar mey মে sep jun dec".split())  # months that are also words


@dataclass(frozen=True, slots=True)
class Atom:
    """One date expression at tokens ``start`` to ``end``; a month without its year has ``month`` set."""

    start: int
    end: int
    span: Span
    month: int = 0  # set when the year was not said


@dataclass(frozen=True, slots=True)
class When:
    """The days asked for, the tokens that say so, and whether a year was taken for granted."""

    since: date | None = None
    until: date | None = None
    places: frozenset[int] = frozenset()
    assumed: str = ""  # the ISO month that a bare month was taken as
    years: tuple[int, ...] = ()  # whole years named, for comparing them


class Dates:
    """Reads dates by the lexicon's words."""

    def __init__(self, lexicon: Lexicon, newest: date) -> None:
        """``newest`` is the last day of the corpus, to place a month that has no year."""
        self._lexicon = lexicon
        self._newest = newest

    def read(self, tokens: tuple[Token, ...], today: date, sounds: bool) -> When:
        """Return the days that a question asks for; open on both sides when it names none."""
        atoms = self._atoms(tokens, today, sounds)
        if not atoms:
            return When()
        places = {place for atom in atoms for place in range(atom.start, atom.end)}
        assumed = next((atom.span.first.isoformat()[:7] for atom in atoms if atom.month), "")
        years = tuple(atom.span.first.year for atom in atoms if atom.span.last - atom.span.first > timedelta(days=360))
        if len(atoms) > 1:
            first, second = atoms[0], atoms[-1]
            if first.month and not second.month:
                first = _in_year(first, second.span.last.year)
                assumed = ""
            low, high = min(first.span.first, second.span.first), max(first.span.last, second.span.last)
            places |= self._around(tokens, first.start, second.end, sounds)[1]
            places |= set(range(first.end, second.start)) if second.start - first.end <= 2 else set()
            return When(low, high, frozenset(places), assumed, years)
        atom = atoms[0]
        bound, extra = self._around(tokens, atom.start, atom.end, sounds)
        places |= extra
        low, high = bounded(atom.span, bound)
        return When(low, high, frozenset(places), assumed, years if not bound else ())

    def _around(self, tokens: tuple[Token, ...], start: int, end: int, sounds: bool) -> tuple[str, set[int]]:
        """Return the bound that the words around a date put on it, and their places."""
        places: set[int] = set()
        for length in (3, 2, 1):
            begin = start - length
            mark = self._kind(tokens[:start], begin, "date_bound", sounds) if begin >= 0 else None
            if (
                mark
                and mark[1] == start
                and not tokens[begin].bengali
                and not (sounds and tokens[begin].word not in _ENGLISH_BOUNDS)
            ):
                return mark[0] if mark[0] not in ("in", "between") else "", set(range(begin, start))
        place = end
        while (
            place < len(tokens) and (tokens[place].word in _FILL or bare_ending(tokens[place]) is not None) and place - end < 2
        ):
            if self._kind(tokens, place, "date_bound", sounds, only=("after", "before", "since", "until")):
                break
            places.add(place)
            place += 1
        mark = self._kind(tokens, place, "date_bound", sounds) if place < len(tokens) else None
        if (
            mark
            and (tokens[place].bengali or sounds or tokens[place].word in ("onwards", "onward"))
            and mark[0] not in ("in", "between")
        ):
            return mark[0], places | set(range(place, mark[1]))
        if mark and mark[0] in ("in", "between") and (tokens[place].bengali or sounds):
            places |= set(range(place, mark[1]))
        return "", places

    def _kind(
        self, tokens: tuple[Token, ...], place: int, kind: str, sounds: bool, only: tuple[str, ...] = ()
    ) -> tuple[str, int] | None:
        if not 0 <= place < len(tokens):
            return None
        mark = self._lexicon.at(tokens, place, sounds, frozenset({kind}))
        if mark is None:
            return None
        values = mark.senses[kind]
        if kind == "month" and tokens[place].bengali and values == ("5",) and tokens[place].word not in _MAY:
            return None
        if only:
            values = tuple(value for value in values if value in only)
        return (values[0], mark.end) if values else None

    def _atoms(self, tokens: tuple[Token, ...], today: date, sounds: bool) -> list[Atom]:
        found: list[Atom] = []
        place = 0
        while place < len(tokens):
            atom = self._atom(tokens, place, today, sounds)
            if atom:
                found.append(atom)
                place = atom.end
            else:
                place += 1
        return found

    def _atom(self, tokens: tuple[Token, ...], place: int, today: date, sounds: bool) -> Atom | None:
        for reader in (self._iso, self._part, self._relative, self._calendar):
            atom = reader(tokens, place, today, sounds)
            if atom:
                return atom
        return None

    def _iso(self, tokens: tuple[Token, ...], place: int, today: date, sounds: bool) -> Atom | None:
        del today, sounds
        numbers = []
        for token in tokens[place : place + 3]:
            if not token.word.isdigit() or (numbers and token.start - tokens[place + len(numbers) - 1].end != 1):
                break
            numbers.append(int(token.word))
        if len(numbers) < 2 or numbers[0] not in YEARS or not 1 <= numbers[1] <= 12 or len(tokens[place + 1].word) != 2:
            return None
        if len(numbers) == 3 and 1 <= numbers[2] <= monthrange(numbers[0], numbers[1])[1]:
            day = date(*numbers)
            return Atom(place, place + 3, Span(day, day))
        return Atom(place, place + 2, month_span(numbers[0], numbers[1]))

    def _year(self, tokens: tuple[Token, ...], place: int, sounds: bool) -> int | None:
        if not 0 <= place < len(tokens) or not (tokens[place].word.isdigit() and len(tokens[place].word) == 4):
            return None
        value = int(tokens[place].word)
        money = place + 1 < len(tokens) and (
            self._kind(tokens, place + 1, "magnitude", sounds)
            or self._kind(tokens, place + 1, "unit", sounds, ("USD", "GW", "MW", "percent", "shares"))
        )
        return value if value in YEARS and not money else None

    def _skip(self, tokens: tuple[Token, ...], place: int) -> int:
        while place < len(tokens) and tokens[place].word in _FILL:
            place += 1
        return place

    def _year_after(self, tokens: tuple[Token, ...], place: int, today: date, sounds: bool) -> tuple[int, int] | None:
        """Return (year, end) of a year, said or relative, after optional filling words."""
        place = self._skip(tokens, place)
        year = self._year(tokens, place, sounds)
        if year:
            return year, place + 1
        relative = self._kind(tokens, place, "relative", sounds, ("last", "this"))
        if relative:
            unit = self._kind(tokens, relative[1], "period", sounds, ("year",))
            if unit:
                return today.year - (relative[0] == "last"), unit[1]
        return None

    def _part(self, tokens: tuple[Token, ...], place: int, today: date, sounds: bool) -> Atom | None:
        """Read quarters, halves and early, mid, late, before their year or after it."""
        for kind in ("quarters", "halves", "part"):
            mark = self._kind(tokens, place, kind, sounds)
            if mark:
                year = self._year_after(tokens, mark[1], today, sounds)
                if year:
                    return Atom(place, year[1], piece(kind, mark[0], year[0]))
        year_first = self._year_after(tokens, place, today, sounds) if tokens[place].word not in _FILL else None
        if year_first:
            following = self._skip(tokens, year_first[1])
            for kind in ("quarters", "halves", "part"):
                mark = self._kind(tokens, following, kind, sounds)
                if mark and not (kind == "part" and tokens[following].latin and not sounds):
                    return Atom(place, mark[1], piece(kind, mark[0], year_first[0]))
        return None

    def _relative(self, tokens: tuple[Token, ...], place: int, today: date, sounds: bool) -> Atom | None:
        named = self._kind(tokens, place, "named_day", sounds)
        if named:
            return Atom(place, named[1], named(named[0], today))
        relative = self._kind(tokens, place, "relative", sounds, ("last", "this", "next"))
        if relative:
            number = self._small(tokens, relative[1], sounds)
            unit = self._kind(tokens, number[1] if number else relative[1], "period", sounds)
            if unit and number and relative[0] == "last":
                return Atom(place, unit[1], Span(back(today, number[0], unit[0]), today))
            if unit and not number:
                return self._with_month(tokens, place, unit[1], relative[0], unit[0], today, sounds)
            return None
        number = self._small(tokens, place, sounds)
        unit = self._kind(tokens, number[1], "period", sounds) if number else None
        ago = self._kind(tokens, unit[1], "relative", sounds, ("ago",)) if unit else None
        if number and unit and ago:
            when = back(today, number[0], unit[0])
            return Atom(place, ago[1], period(when, unit[0], 0))
        return None

    def _with_month(
        self, tokens: tuple[Token, ...], place: int, end: int, which: str, unit: str, today: date, sounds: bool
    ) -> Atom | None:
        shift = {"last": -1, "this": 0, "next": 1}[which]
        if unit == "year":
            month = self._kind(tokens, self._skip(tokens, end), "month", sounds)
            if month:
                return Atom(place, month[1], month_span(today.year + shift, int(month[0])))
        if unit == "half" and not tokens[place].bengali:
            return None
        return Atom(place, end, period(today, unit, shift))

    def _small(self, tokens: tuple[Token, ...], place: int, sounds: bool) -> tuple[int, int] | None:
        if place >= len(tokens):
            return None
        if tokens[place].word.isdigit() and len(tokens[place].word) < 4:
            end = place + 1
            return int(tokens[place].word), end
        mark = self._kind(tokens, place, "number", sounds)
        return (int(float(mark[0])), mark[1]) if mark and float(mark[0]) >= 1 else None

    def _calendar(self, tokens: tuple[Token, ...], place: int, today: date, sounds: bool) -> Atom | None:
        """Read day, month and year in any order that people write, a bare month and a bare year."""
        year = self._year(tokens, place, sounds)
        if year:
            following = self._skip(tokens, place + 1)
            month = self._kind(tokens, following, "month", sounds)
            if month and not (
                tokens[following].word in _AMBIGUOUS and tokens[following].latin and not sounds and following == place + 1
            ):
                day = day_number(tokens, month[1])
                return Atom(place, month[1] + bool(day), day_span(year, int(month[0]), day))
            day = day_number(tokens, following)
            month = self._kind(tokens, following + 1, "month", sounds) if day else None
            if month:
                return Atom(place, month[1], day_span(year, int(month[0]), day))
            return Atom(place, place + 1, Span(date(year, 1, 1), date(year, 12, 31)))
        day = day_number(tokens, place)
        after_day = (
            place + 1 + (bool(day) and place + 1 < len(tokens) and tokens[place + 1].word in _ORDINAL_TAILS) if day else place
        )
        after_day = self._skip(tokens, after_day) if day else after_day
        month = self._kind(tokens, after_day, "month", sounds)
        if not month and not day:
            relative = self._kind(tokens, place, "relative", sounds, ("last", "this"))
            month = self._kind(tokens, relative[1], "month", sounds) if relative else None
            if relative and month:
                return self._bare_month(tokens, place, relative[1], month[1], int(month[0]), 0, today)
        if not month:
            return None
        if not day:
            day = day_number(tokens, month[1])
            end = month[1] + bool(day)
            if day and end < len(tokens) and tokens[end].word in _ORDINAL_TAILS:
                end += 1
        else:
            end = month[1]
        known = self._year_after(tokens, end, today, sounds)
        if known:
            return Atom(place, known[1], day_span(known[0], int(month[0]), day))
        return self._bare_month(tokens, place, after_day, end, int(month[0]), day, today)

    def _bare_month(
        self,
        tokens: tuple[Token, ...],
        place: int,
        at: int,
        end: int,
        month: int,
        day: int,
        today: date,
    ) -> Atom | None:
        token = tokens[at]
        if (
            token.word in _AMBIGUOUS
            and not day
            and not (
                token.capital
                and at > 0
                and tokens[at - 1].word in ("in", "since", "before", "after", "of", "by", "and", "to", "until", "from")
            )
        ):
            if not (token.bengali and token.word != "মে" and False):
                return None
        latest = min(today, self._newest)
        year = latest.year if month <= latest.month else latest.year - 1
        return Atom(place, end, day_span(year, month, day), month)


_ENGLISH_BOUNDS = frozenset("since after before from until till by through in during between starting".split())


_MAY = frozenset("মে মেতে মে'তে".split())  # the month's name is too short to be cut out of a longer word


_ORDINAL_TAILS = frozenset("st nd rd th ই লা রা শে ঠা".split())


def _in_year(atom: Atom, year: int) -> Atom:
    first = atom.span.first
    single = atom.span.first == atom.span.last
    return Atom(atom.start, atom.end, day_span(year, first.month, first.day if single else 0))
