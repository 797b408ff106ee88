"""What a question is made of before anything is decided: words, mentions, cues, dates, ranges, party terms."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.dates import Dates, read_dates
from assistant.denials import denied_types, is_included
from assistant.disclosure import read_disclosure
from assistant.idle import epithets, without_idle
from assistant.language import detect
from assistant.linking import Linker, Mention, named_places, read_words
from assistant.months import with_years
from assistant.ranges import read_bounds
from assistant.remarks import question_alone
from assistant.schema import Measure, PartyTerm, Range, Script
from assistant.terms import Joined, read_terms
from assistant.words import Cue, Lexicon, Word, said
from index.figures import Figure, read_figures
from index.numerals import small_number
from index.records import Language
from index.text import BENGALI

_OF_DATES = ("since", "before", "between", "deal", "frame", "type", "sector")  # cues that stand inside a date by its side
_CLASSIFIERS = re.compile(r"(?:টি|টা|টো|টে|টির|টার|টোর|জন|খানা|ti|ta|to|te|tir|tar|jon|khana)$")


@dataclass(frozen=True, slots=True)
class Parts:
    """A question taken apart. ``joined`` are party conditions in the order of mention, negated ones included."""

    text: str
    language: Language
    script: Script
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    dates: Dates
    ranges: tuple[Range, ...]
    joined: tuple[Joined, ...]
    number: int | None  # "top 5", "five largest"
    covered: frozenset[int]  # places of words that found a meaning
    dated: frozenset[int] = frozenset()  # places of the words that name dates and bounds
    stated: frozenset[Measure] = frozenset()  # figures that the records must state
    unstated: frozenset[Measure] = frozenset()  # figures that they must not
    denied: frozenset[str] = frozenset()  # types of deals that are left out

    @property
    def terms(self) -> tuple[PartyTerm, ...]:
        """Every party condition; those that "or" joins are one."""
        return tuple(
            term
            for one in self.joined
            for term in ((one.either,) if one.joiner == "or" and not one.terms[0].negated else one.terms)
        )

    @property
    def lists(self) -> tuple[Joined, ...]:
        """The companies listed with "and" or commas, denied ones aside."""
        return tuple(
            one for one in self.joined if one.joiner in ("and", ",") and len(one.terms) > 1 and not one.terms[0].negated
        )

    @property
    def named(self) -> frozenset[int]:
        """Places of the words that name companies."""
        return named_places(self.mentions)

    def has(self, kind: str, *values: str) -> bool:
        """True when a cue of the kind (and one of the values) is there."""
        return any(cue.kind == kind and (not values or cue.value in values) for cue in self.cues)

    def values(self, kind: str) -> tuple[str, ...]:
        """Return the values of all cues of a kind, in order, each once."""
        return tuple(dict.fromkeys(cue.value for cue in self.cues if cue.kind == kind))

    def says(self, *texts: str) -> bool:
        """True when one of these words is in the question."""
        return any(word.text in texts for word in self.words)


def take_apart(text: str, linker: Linker, lexicon: Lexicon, today: date) -> Parts:
    """Read a question into its parts."""
    original, text = text, with_years(question_alone(text, linker, lexicon))
    question = read_words(text)
    language, script = detect(text, question)
    if not BENGALI.search(text):
        spelled = linker.speller.plain(text)
        language, script = (language, script) if script == "banglish" else detect(spelled, read_words(spelled))
        if script == "banglish":
            text, question = spelled, read_words(spelled)
    mentions = linker.link(question)
    restart = max((cue.end for cue in lexicon.find(question) if cue.kind == "restart"), default=0)
    if 0 < restart < len(question):
        return take_apart(text[question[restart].start :], linker, lexicon, today)
    hidden = named_places(mentions)
    letters = frozenset(place for place in range(1, len(question)) if question[place - 1].text in said("series"))
    question = linker.corrected(question, hidden | letters, language == "bn")
    open_words = tuple(Word("", "\0", word.start, word.end) if place in hidden else word for place, word in enumerate(question))
    cues = tuple(lexicon.find(open_words, sounded=script == "banglish"))
    dates, named_days = read_dates(text, today)
    owned = epithets(question, cues, mentions)
    cues = without_idle(question, _owning(_outside(cues, question, named_days), question, mentions), mentions)
    figures = read_figures(text)
    bounds = read_bounds(text, tuple(figure for figure in figures if not _is_of_date(figure, any(dates), named_days)))
    ranges = tuple(bound for bound, _, _ in bounds)
    cues = _without_units(cues, question, bounds)
    cues = tuple(cue for cue in cues if not _is_instrument(question, cue) and not _is_merely_new(question, cues, cue))
    cues = (*cues, *_last_deals(cues, mentions, question, named_days))
    denied = denied_types(question, cues)
    cues = tuple(cue for cue in cues if not _is_void(question, cues, cue, denied))
    held = any(bound.measure in ("stake", "shares") for bound in ranges)
    joined = read_terms(text, question, mentions, cues, language == "bn", held)
    bounded = (*named_days, *((start, end) for _, start, end in bounds))
    covered = _covered(question, hidden | owned, cues, (*((figure.start, figure.end) for figure in figures), *bounded))
    told = read_disclosure(question, cues, bool(bounds))
    return Parts(
        original, language, script, question, mentions, told.cues, dates, ranges, joined,
        _number(question, told.cues, bounded), covered, _covered(question, frozenset(), (), bounded),
        told.stated, told.unstated, denied,
    )  # fmt: skip


def _is_of_date(figure: Figure, dated: bool, places: tuple[tuple[int, int], ...]) -> bool:
    """True for a figure that only says when: the years of "in the last two years" bound no term."""
    if figure.unit == "years":
        return any(figure.start < end and figure.end > start for start, end in places)
    return figure.unit == "date" and dated


def _is_void(question: tuple[Word, ...], cues: tuple[Cue, ...], cue: Cue, denied: frozenset[str]) -> bool:
    """True for a type that is denied, the verb in its name, and what is said to be let in ("failed ones included")."""
    if cue.kind in ("status", "topic", "type") and is_included(question, cue, cues):
        return True
    spans = [range(one.start, one.end) for one in cues if one.kind == "type" and one.value in denied]
    return (cue.kind == "type" and cue.value in denied) or (cue.kind == "frame" and any(cue.start in span for span in spans))


def _owning(cues: tuple[Cue, ...], question: tuple[Word, ...], mentions: tuple[Mention, ...]) -> tuple[Cue, ...]:
    """Keep "part of" as a word for owning only between two companies: "deals that X is part of" says nothing of owners.

    A verb of a polite request is none of a deal.
    """
    kept = []
    for cue in cues:
        if cue.kind == "frame" and any(word.text in said("requests") for word in question[max(0, cue.start - 2) : cue.start]):
            continue  # "would you provide a list"
        if _is_idle(question, cue) or _is_company_noun(question, cues, cue):
            continue
        owns = cue.kind == "frame" and question[cue.start].text in said("owned")
        before = any(mention.end <= cue.start for mention in mentions)
        if not owns or (before and any(0 <= mention.start - cue.end <= 1 for mention in mentions)):
            kept.append(cue)
    return tuple(kept)


def _is_idle(question: tuple[Word, ...], cue: Cue) -> bool:
    """True for "any status", "of whatever kind", and for "back" where it is no verb ("rents its own chips back from")."""
    before = question[cue.start - 1].text if cue.start else ""
    after = question[cue.end].text if cue.end < len(question) else ""
    if cue.kind == "measure" and cue.value in ("status", "type", "parties"):
        return before in said("whatever")
    one_word = cue.end - cue.start == 1
    return cue.kind == "frame" and one_word and question[cue.start].text == "back" and after in ("from", "to", "in", "into", "")


def _is_company_noun(question: tuple[Word, ...], cues: tuple[Cue, ...], cue: Cue) -> bool:
    """True for the firm of "a British firm", which is no status."""
    if (cue.kind, cue.value) != ("status", "firm") or question[cue.start].text != "firm":
        return False
    described = any(one.kind in ("country", "sector") and one.end == cue.start for one in cues)
    return described or (cue.start > 0 and question[cue.start - 1].text in said("aside"))


def _outside(cues: tuple[Cue, ...], question: tuple[Word, ...], places: tuple[tuple[int, int], ...]) -> tuple[Cue, ...]:
    """Drop what only the words of a date say: "first quarter" ranks nothing."""
    inside = {place for place, word in enumerate(question) if word.lies_in(places)}
    return tuple(cue for cue in cues if not inside.issuperset(range(cue.start, cue.end)) or cue.kind in _OF_DATES)


def _is_merely_new(question: tuple[Word, ...], cues: tuple[Cue, ...], cue: Cue) -> bool:
    """True for the "notun" of "notun processor": only before a deal it asks for the latest."""
    chosen = any(word.text in said("which_of_them") for word in question)  # "konta sobcheye notun"
    if cue.kind != "rank" or chosen or question[cue.end - 1].text not in said("new"):
        return False
    return not any(other.kind in ("deal", "type", "frame", "sector") and 0 <= other.start - cue.end <= 1 for other in cues)


def _is_instrument(question: tuple[Word, ...], cue: Cue) -> bool:
    """True for the "diye" of "claude diye", with what something is done: no verb of paying unless a sum stands before it."""
    word = question[cue.start]
    if (
        cue.kind != "frame"
        or cue.value != "pay"
        or cue.end - cue.start > 1
        or word.text not in said("instrument")
        or not cue.start
    ):
        return False
    before = question[cue.start - 1]
    return not (before.text in said("sums") or any(map(str.isdigit, before.text)))


def _without_units(
    cues: tuple[Cue, ...], question: tuple[Word, ...], bounds: tuple[tuple[Range, int, int], ...]
) -> tuple[Cue, ...]:
    """Drop what only words a bound: "at least", and its measure beside it ("a stake over 5 percent" asks for no field)."""
    starts = {first for _, first, _ in bounds}
    nouns = [question[cue.start].start for cue in cues if cue.kind in ("deal", "type")]
    kept = []
    for cue in cues:
        start, end = question[cue.start].start, question[cue.end - 1].end
        asked = any(word.text in said("how_much") for word in question[max(0, cue.start - 1) : cue.end])
        inside = any(start < last and end > first for _, first, last in bounds)
        before = cue.kind == "measure" and cue.end < len(question) and question[cue.end].start in starts  # "worth 2 to 5 GW"
        unit = cue.kind == "measure" and any(
            cue.value == limits.measure and not any(end <= noun < first or last <= noun < start for noun in nouns)
            for limits, first, last in bounds
        )
        if not (inside and cue.kind in ("measure", "rank", "comparative")) and (asked or not (unit or before)):
            kept.append(cue)
    return tuple(kept)


def _last_deals(
    cues: tuple[Cue, ...], mentions: tuple[Mention, ...], question: tuple[Word, ...], places: tuple[tuple[int, int], ...]
) -> tuple[Cue, ...]:
    """Read "the last deal", "last 4 loans", শেষ ৩টি চুক্তি as the latest; "last year" is a date."""
    if any(cue.kind == "rank" for cue in cues):
        return ()
    nouns = {cue.start for cue in cues if cue.kind in ("deal", "type", "status")} | {mention.start for mention in mentions}
    found = []
    for place, word in enumerate(question[:-1]):
        dated = word.lies_in(places)
        counted = place + 1 + (small_number(_bare(question[place + 1])) is not None)
        if word.text in said("last") and not dated and counted in nouns:
            found.append(Cue("rank", "latest", place, place + 1))
    return tuple(found)


def _bare(word: Word) -> str:
    return _CLASSIFIERS.sub("", word.text) or word.text


def _number(question: tuple[Word, ...], cues: tuple[Cue, ...], places: tuple[tuple[int, int], ...]) -> int | None:
    """Return the N of "top N", "N largest", "সবচেয়ে বড় ৫টি", "the N deals with the highest ..."; None without one."""
    ranks = [cue for cue in cues if cue.kind in ("rank", "lead")]
    near = [place for cue in ranks if cue.kind == "rank" for place in (cue.end, cue.end + 1, cue.start - 1, cue.start - 2)]
    nouns = {cue.start for cue in cues if cue.kind in ("deal", "type")}
    counted = [
        place
        for place, word in enumerate(question[:-1])
        if ranks
        and (_CLASSIFIERS.search(word.text) or question[place + 1].text in {"of", *said("classifiers")} or place + 1 in nouns)
    ]
    for place in (*near, *counted):
        word = question[place] if 0 <= place < len(question) else None
        if word is None or word.lies_in(places):
            continue  # words of dates and bounds are no N
        value = small_number(_bare(word))
        if value and value < 100 and word.text not in ("one", "এক", "ek", "at"):
            return value
    return None


def _covered(
    question: tuple[Word, ...], hidden: frozenset[int], cues: tuple[Cue, ...], spans: tuple[tuple[int, int], ...]
) -> frozenset[int]:
    """Return the places of words with a meaning: mentions, cues, figures and dates."""
    places = set(hidden)
    for cue in cues:
        places.update(range(cue.start, cue.end))
    return frozenset(places | {place for place, word in enumerate(question) if word.lies_in(spans)})
