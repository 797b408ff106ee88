"""The conditions on the parties of a deal: companies, sectors and countries, joined, negated and given their roles."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from assistant.exclusion import is_negated
from assistant.frames import AGENTS
from assistant.linking import Mention
from assistant.roles import roles_of
from assistant.schema import PartyTerm
from assistant.sentence import Nominal, Sentence
from assistant.verbs import read_verbs
from assistant.words import Cue, Word, said
from index.numerals import small_number
from index.records import Sector

_REACH = 5  # words in which "out" may follow "rent"
_LIST = 2  # names of a list at least
_RESUMED = 3  # words at most in which a list is taken up again
_CASES = tuple(unicodedata.normalize("NFC", case) for case in "কে তে র য় ে ke te r".split())
_COUNTERS = tuple(unicodedata.normalize("NFC", word) for word in "টি টা টে টো ti ta te to".split())
_BETWEEN_COUNTRY_AND_SECTOR = 2  # words at most


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions that stand in one place: all of them, or any of them where no deal meets all (``or``: any at once)."""

    terms: tuple[PartyTerm, ...]
    joiner: str = ""

    @property
    def either(self) -> PartyTerm:
        """One condition that any of these meets."""
        first = self.terms[0]
        return replace(
            first,
            entities=frozenset[str]().union(*(term.entities for term in self.terms)),
            sectors=frozenset[Sector]().union(*(term.sectors for term in self.terms)),
            countries=frozenset[str]().union(*(term.countries for term in self.terms)),
            words="" if len(self.terms) > 1 else first.words,
        )


def of_any_role(terms: Iterable[PartyTerm]) -> tuple[PartyTerm, ...]:
    """Return the conditions without what their parties do in a deal."""
    return tuple(replace(term, roles=frozenset()) for term in terms)


def read_terms(
    text: str,
    question: tuple[Word, ...],
    mentions: tuple[Mention, ...],
    cues: tuple[Cue, ...],
    bengali: bool,
    held: bool = False,
) -> tuple[Joined, ...]:
    """Return the party conditions in the order of the question; ``held``: a share is bounded ("over 5 percent")."""
    singles = _with_countries(sorted(_singles(question, mentions, cues), key=lambda one: one.start))
    nominals = _coordinated(text, question, singles)
    nominals = tuple(map(partial(_resumed, question), _with_bare_lists(text, question, nominals))) if bengali else nominals
    frames = tuple(cue for cue in cues if cue.kind == "frame")
    shares = (
        held
        or any(cue.kind == "measure" and cue.value in ("stake", "shares") for cue in cues)
        or any(word.text in said("shares") or word.stem in said("shares") for word in question)
    )
    cues = tuple(_rented_out(question, cue) if cue.kind == "frame" else cue for cue in cues)
    frames = tuple(cue for cue in cues if cue.kind == "frame")
    verbs = () if _turns_round(question, nominals) else read_verbs(question, cues, bengali, shares)
    agents = tuple(cue for cue in frames if cue.value in AGENTS)
    if not verbs and not agents and not bengali:  # "acquisitions by X" gives roles as the verb does
        verbs = tuple(
            Cue("frame", "acquire", one.start, one.end) for one in cues if (one.kind, one.value) == ("type", "acquisition")
        )
    sentence = Sentence(question, nominals, verbs, agents, bengali, shares)
    return _once(tuple(_joined(sentence, nominal, cues) for nominal in nominals))


def _rented_out(question: tuple[Word, ...], cue: Cue) -> Cue:
    """Read "renting its compute out" as letting."""
    if cue.value == "rent" and any(word.text == "out" for word in question[cue.end : cue.end + _REACH]):
        return replace(cue, value="let")
    return cue


def _turns_round(question: tuple[Word, ...], nominals: tuple[Nominal, ...]) -> bool:
    """True for "A bought B, or B A": which of two companies did it is what is asked."""
    for place, word in enumerate(question):
        if word.text in said("parting"):
            sides = ([one for one in nominals if one.end <= place], [one for one in nominals if one.start > place])
            before, after = ({term.entities for one in side for term in one.terms if term.entities} for side in sides)
            if len(before & after) > 1:
                return True
    return False


def _once(joined: tuple[Joined, ...]) -> tuple[Joined, ...]:
    """Merge a party that is named twice into its first place, with the role that either place gives."""
    found: list[Joined] = []
    for one in joined:
        same = next((place for place, other in enumerate(found) if len(one.terms) == 1 and _names(one.terms[0], other)), None)
        if same is None:
            found.append(one)
        elif one.terms[0].negated or not found[same].terms[0].negated:
            terms = tuple(_merged(term, one.terms[0]) for term in found[same].terms)
            found[same] = replace(found[same], terms=terms)
    return tuple(found)


def _names(term: PartyTerm, other: Joined) -> bool:
    return any(_key(term) == _key(one) for one in other.terms)


def _key(term: PartyTerm) -> tuple[frozenset[str], frozenset[Sector], frozenset[str]]:
    return term.entities, term.sectors, term.countries


def _merged(term: PartyTerm, again: PartyTerm) -> PartyTerm:
    if _key(term) != _key(again):
        return term
    apart = term.roles and again.roles and not term.roles & again.roles  # "X bought whom, and who bought X": either
    roles = term.roles | again.roles if apart else term.roles or again.roles
    return replace(term, roles=roles, words=term.words or again.words, negated=again.negated)


def _joined(sentence: Sentence, nominal: Nominal, cues: tuple[Cue, ...]) -> Joined:
    negated = is_negated(sentence.words, nominal, cues, sentence.nominals)
    places = all(term.countries and not term.sectors for term in nominal.terms)
    roles = frozenset() if places or negated else roles_of(sentence, nominal)
    terms = tuple(replace(term, roles=roles, negated=negated) for term in nominal.terms)
    return Joined(terms, nominal.joiner)


def _singles(question: tuple[Word, ...], mentions: tuple[Mention, ...], cues: tuple[Cue, ...]) -> list[Nominal]:
    found = [
        Nominal(
            one.start,
            one.end,
            (PartyTerm(frozenset({one.entity}), words=one.narrows),),
            one.ending or _possessive(question, one.end),
        )
        for one in mentions
    ]
    for cue in cues:
        if cue.kind == "sector" and _is_any(question, cue):
            continue
        ending = question[cue.end - 1].ending
        place = cue.end + 1 if cue.end < len(question) and question[cue.end].text in said("plurals") else cue.end
        following = question[place].text if place < len(question) else ""
        if following in ("er", "r", "ke", "te", "e", "এর", "কে", "তে", "এ", "ra"):
            ending = "" if following == "ra" else following
        ending = "" if ending in ("গুলো", "গুলি", "রা", "s", "টি", "টা", "ies") else ending
        ending = next(
            (case for case in ("কে", "তে", "র") if ending.startswith(("গুলো", "গুলি", "টি", "টা")) and ending.endswith(case)),
            ending,
        )
        if cue.kind == "sector":
            found.append(Nominal(cue.start, cue.end, (PartyTerm(sectors=frozenset({Sector(cue.value)})),), ending))
        elif cue.kind == "country":
            found.append(Nominal(cue.start, cue.end, (PartyTerm(countries=frozenset(cue.value.split("+"))),), ending))
    return found


def _is_any(question: tuple[Word, ...], cue: Cue) -> bool:
    """True for the second of "a company or a government": of whatever sector it is."""
    before = question[max(0, cue.start - 2) : cue.start]
    return len(before) > 1 and before[0].stem in said("any_firm") and before[1].text in said("or")


def _possessive(question: tuple[Word, ...], end: int) -> str:
    return "'s" if question[end - 1].raw.endswith(("'s", "s'")) else ""


def _with_countries(singles: list[Nominal]) -> list[Nominal]:
    """Read "Indian telecoms" as one condition: a sector directly after a country."""
    merged: list[Nominal] = []
    for one in singles:
        previous = merged[-1] if merged else None
        if (
            previous
            and one.terms[0].sectors
            and previous.terms[0].countries
            and not previous.terms[0].sectors
            and one.start - previous.end <= _BETWEEN_COUNTRY_AND_SECTOR - 1
        ):
            term = replace(previous.terms[0], sectors=one.terms[0].sectors)
            merged[-1] = replace(previous, end=one.end, terms=(term,), ending=one.ending)
        else:
            merged.append(one)
    return merged


def _coordinated(text: str, question: tuple[Word, ...], singles: list[Nominal]) -> tuple[Nominal, ...]:
    found: list[Nominal] = []
    for one in singles:
        previous = found[-1] if found else None
        joiner = _joiner(text, question, previous, one) if previous else ""
        if previous and joiner:
            kept = "or" if "or" in (joiner, previous.joiner) else joiner
            found[-1] = replace(previous, end=one.end, terms=(*previous.terms, *one.terms), ending=one.ending, joiner=kept)
        else:
            found.append(one)
    return tuple(found)


def _with_bare_lists(text: str, question: tuple[Word, ...], nominals: tuple[Nominal, ...]) -> tuple[Nominal, ...]:
    """Read names with spaces alone between them as a list: "coherent lumentum marvell ar synopsys e nvidia koto dilo"."""
    found: list[Nominal] = []
    for place, one in enumerate(nominals):
        run: list[Nominal] = []
        while len(run) < len(found) and _stands_bare(text, question, found[-1 - len(run)], (run or [one])[0]):
            run.insert(0, found[-1 - len(run)])
        subject_after = any(not other.ending and other.terms[0].entities for other in nominals[place + 1 :])
        after = question[one.end].text if one.end < len(question) else ""
        beside = after in (said("near") | said("from") | said("with")) - said("among")
        is_object = one.ending in said("locative") | said("accusative") or beside
        listed = bool(one.joiner) or (len(run) > 1 and (bool(one.ending) or beside))
        if is_object and not subject_after:
            run = run[1:]  # the first of them is who acts
        names = [term.entities for other in (*run, one) for term in other.terms]
        if not listed or not run or len(set(names)) < len(names) or not all(names):
            found.append(one)
            continue
        del found[len(found) - len(run) :]
        terms = tuple(term for other in (*run, one) for term in other.terms)
        found.append(replace(one, start=run[0].start, terms=terms, joiner=one.joiner or ","))
    return tuple(found)


def _resumed(question: tuple[Word, ...], nominal: Nominal) -> Nominal:
    """Give a list the case of the words that take it up again: "A, B আর C, এই তিনটিতে", "A ar B, ei dutor"."""
    start = nominal.end
    if len(nominal.terms) < _LIST or nominal.ending or start >= len(question) or question[start].text not in said("these"):
        return nominal
    near = [place for place in range(start, min(start + _RESUMED, len(question))) if _counts_them(question[place])]
    last = near[-1] if near else start
    following = question[last + 1].text if last + 1 < len(question) else ""
    ending = following if following in said("locative") | said("genitive") | said("accusative") else ""
    ending = ending or next((case for case in _CASES if question[last].text.endswith(case)), "")
    return replace(nominal, end=last + 1 + bool(ending == following), ending=ending) if ending else nominal


def _counts_them(word: Word) -> bool:
    """True for তিনটিতে, চারটার, "charta": a number with a classifier."""
    return any(
        small_number(word.text[:end]) is not None and word.text[end:].startswith(_COUNTERS) for end in range(1, len(word.text))
    )


def _stands_bare(text: str, question: tuple[Word, ...], left: Nominal, right: Nominal) -> bool:
    """True for a name without an ending that only a space parts from the next, in a list of names alone."""
    between = text[question[left.end - 1].end : question[right.start].start]
    alone = not any(word.text in ("deal", "deals", "contract") for word in question[right.start : right.end])
    return left.end == right.start and not left.ending and not left.joiner and not between.strip() and alone


def _joiner(text: str, question: tuple[Word, ...], left: Nominal, right: Nominal) -> str:
    """Return how two parties are joined: by a word for "and" or "or", or by a comma with nothing else between."""
    between = [word.text for word in question[left.end : right.start]]
    rest = [word for word in between if word not in said("and") and word not in said("or")]
    if set(between) & said("hearsay") and not {word.text for word in question} & said("choosing"):
        return ""  # "X naki Y kine niche": so one hears
    raw = text[question[left.end - 1].end : question[right.start].start]
    if len(between) > len(rest) and set(rest) <= said("fill") | {"deal", "contract", "deals"}:
        return "or" if any(word in said("or") for word in between) else "and"
    return "," if not between and raw.strip() in (",", "/", "&", "+") and left.joiner in ("", ",") else ""
