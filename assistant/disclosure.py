"""Whether a record states a figure, as a condition: "with no disclosed amount", মূল্যায়ন জানা আছে এমন চুক্তি."""

from dataclasses import dataclass

from assistant.schema import Measure
from assistant.words import Cue, Word, said

_NEAR = 3  # words at most between "disclosed" and the figure that is or is not
_FIGURES: tuple[Measure, ...] = ("amount", "valuation", "stake", "shares", "gigawatts", "term", "closed")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The figures that a record must state, those that it must not, and the cues that still ask for something."""

    stated: frozenset[Measure]
    unstated: frozenset[Measure]
    cues: tuple[Cue, ...]


def read_disclosure(question: tuple[Word, ...], cues: tuple[Cue, ...], bounded: bool = False) -> Disclosure:
    """Take the cues that speak of disclosure, each with the figure named beside it; the sum where none is.

    ``bounded``: the question puts a bound on a figure, which is then what "stated" speaks of.
    """
    found: dict[str, set[Measure]] = {"stated": set(), "unstated": set()}
    spent: set[Cue] = set()
    for cue in _told(question, cues):
        beside = _figure_beside(question, cues, cue)
        if beside is None and cue.value == "stated" and (bounded or not _names_figure(question, cue)):
            spent |= {cue} if bounded else set()
            continue  # "it is known that": nothing is said of a figure
        found[_wanted(question, cues, cue)].add(_figure(beside))
        spent |= {cue, *((beside,) if beside else ())}
    return Disclosure(frozenset(found["stated"]), frozenset(found["unstated"]), tuple(cue for cue in cues if cue not in spent))


def _told(question: tuple[Word, ...], cues: tuple[Cue, ...]) -> list[Cue]:
    """Return the cues of disclosure, and "without" or "no" before a figure as one."""
    told = [cue for cue in cues if cue.kind == "disclosure"]
    for cue in cues:
        if cue.kind == "measure" and cue.value in _FIGURES and cue.start:
            place = cue.start - 1
            while place and question[place].text in said("aside") | said("figure_adjectives"):
                place -= 1
            if question[place].text in said("lacking"):
                told.append(Cue("disclosure", "unstated", place, cue.start))
    return told


def _figure_beside(question: tuple[Word, ...], cues: tuple[Cue, ...], told: Cue) -> Cue | None:
    """Return the nearest figure within reach that is not itself asked for ("how much")."""
    near = [
        cue
        for cue in cues
        if cue.kind == "measure"
        and cue.value in _FIGURES
        and _gap(cue, told) <= _NEAR
        and not {word.text for word in question[cue.start : cue.end]} & said("how_much")
    ]
    return min(near, key=lambda cue: _gap(cue, told), default=None)


def _wanted(question: tuple[Word, ...], cues: tuple[Cue, ...], told: Cue) -> str:
    """Return what a record must do: "leaving out what is not disclosed" wants those that state it."""
    turned = any(word.text in said("nobody") for word in question[max(0, told.start - _NEAR) : told.start]) or any(
        cue.kind == "negation" and (0 <= told.start - cue.end <= _reach(question, cue, told) or 0 <= cue.start - told.end <= 1)
        for cue in cues
        if not {word.text for word in question[cue.start : cue.end]} & said("absent")
    )
    return told.value if not turned else "stated" if told.value == "unstated" else "unstated"


def _reach(question: tuple[Word, ...], negation: Cue, told: Cue) -> int:
    """Return how far a negation goes: over an "and" to the next thing that it leaves out."""
    return 2 * _NEAR if any(word.text in said("and") for word in question[negation.end : told.start]) else _NEAR


def _gap(one: Cue, other: Cue) -> int:
    """Return how many words stand between two cues."""
    return max(one.start - other.end, other.start - one.end)


def _names_figure(question: tuple[Word, ...], told: Cue) -> bool:
    """True for a phrase that names a figure itself: "with an amount", অঙ্ক আছে."""
    return bool({word.text for word in question[told.start : told.end]} & said("figure_words"))


def _figure(cue: Cue | None) -> Measure:
    return next((name for name in _FIGURES if cue is not None and name == cue.value), "amount")
