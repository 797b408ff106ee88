"""Dates of a question, absolute and relative to today, as one closed or open range of days."""

from dataclasses import dataclass
from datetime import date, timedelta

from assistant.reading.lexicon import Lexicon
from assistant.reading.moments import FILL, Atom, Moments
from assistant.reading.periods import bounded, day_span
from assistant.reading.tokens import Token, bare_ending

_ENGLISH_BOUNDS = frozenset("since after before from until till by through in during between starting".split())
_WHOLE_YEAR = timedelta(days=360)  # spans longer than this are years


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
        moments = Moments(self._lexicon, tokens, today, sounds, self._newest)
        atoms = moments.all()
        if not atoms:
            return When()
        places = {place for atom in atoms for place in range(atom.start, atom.end)}
        assumed = next((atom.span.first.isoformat()[:7] for atom in atoms if atom.month), "")
        years = tuple(atom.span.first.year for atom in atoms if atom.span.last - atom.span.first > _WHOLE_YEAR)
        if len(atoms) > 1:
            return self._range(moments, atoms, places, assumed, years)
        bound, extra = _around(moments, atoms[0].start, atoms[0].end)
        since, until = bounded(atoms[0].span, bound)
        return When(since, until, frozenset(places | extra), assumed, years if not bound else ())

    def _range(self, moments: Moments, atoms: list[Atom], places: set[int], assumed: str, years: tuple[int, ...]) -> When:
        """Span from the first date to the last; a first month without a year has that of the last."""
        first, second = atoms[0], atoms[-1]
        if first.month and not second.month:
            first = _in_year(first, second.span.last.year)
            assumed = ""
        low, high = min(first.span.first, second.span.first), max(first.span.last, second.span.last)
        places |= _around(moments, first.start, second.end)[1]
        if second.start - first.end <= 2:
            places |= set(range(first.end, second.start))
        return When(low, high, frozenset(places), assumed, years)


def _around(moments: Moments, start: int, end: int) -> tuple[str, set[int]]:
    """Return the bound that the words around a date put on it, and their places."""
    tokens, sounds = moments.tokens, moments.sounds
    for length in (3, 2, 1):
        begin = start - length
        found = moments.kind(begin, "date_bound", end=start) if begin >= 0 else None
        foreign = begin >= 0 and (tokens[begin].bengali or (sounds and tokens[begin].word not in _ENGLISH_BOUNDS))
        if found and found[1] == start and not foreign:
            return "" if found[0] in ("in", "between") else found[0], set(range(begin, start))
    return _after(moments, end)


def _after(moments: Moments, end: int) -> tuple[str, set[int]]:
    """Return the postposition that bounds a date in Bengali and Banglish, or "onwards", with the places passed over."""
    tokens, sounds = moments.tokens, moments.sounds
    places: set[int] = set()
    place = end
    while place < len(tokens) and (tokens[place].word in FILL or bare_ending(tokens[place]) is not None) and place - end < 2:
        if moments.kind(place, "date_bound", ("after", "before", "since", "until")):
            break
        places.add(place)
        place += 1
    found = moments.kind(place, "date_bound")
    if found is None or not (tokens[place].bengali or sounds or tokens[place].word in ("onwards", "onward")):
        return "", places
    return "" if found[0] in ("in", "between") else found[0], places | set(range(place, found[1]))


def _in_year(atom: Atom, year: int) -> Atom:
    first = atom.span.first
    single = atom.span.first == atom.span.last
    return Atom(atom.start, atom.end, day_span(year, first.month, first.day if single else 0))
