"""Which deals a question is about, beyond its parties: types, statuses, rounds, topics, and the words left over."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.intents import is_yesno
from assistant.parts import Parts
from assistant.schema import Filters, PartyTerm, Reading
from assistant.selection import held, select
from assistant.words import FOLDER, Cue, Lexicon
from index.ledger import Ledger
from index.records import FIRM, DealType, Status
from index.text import BENGALI, stem, words

_FRAME_TYPES: dict[str, tuple[DealType, ...]] = {
    "invest": (DealType.EQUITY_INVESTMENT,),
    "raise": (DealType.EQUITY_INVESTMENT,),
    "acquire": (DealType.ACQUISITION,),
    "lend": (DealType.DEBT_FINANCING,),
    "borrow": (DealType.DEBT_FINANCING,),
    "rent": (DealType.LEASE,),
    "guarantee": (DealType.BACKSTOP,),
}
_RARE = 14  # deals at most that a word of a title may occur in to be a name ("Stargate", "Texas")
_TITLED = 0.6  # share of words with a capital from which a question is written like a title
_NEAR_NEGATION = 3  # words at most between a negation and the status that it denies
_SERIES = {"series", "সিরিজ", "siriz", "sirij"}
_LETTERS = {
    letter: letter for letter in "abcdefghij"
} | dict(zip("এ বি সি ডি ই এফ জি এইচ আই জে".split(), "abcdefghij", strict=True))  # fmt: skip
_JOINS = {"and", "or", "ও", "এবং", "আর", "বা", "ar", "o", "ba", "ebong", "vs", "versus", "বনাম"}
_COMPANION = ("সাথে", "সঙ্গে", "sathe", "shathe", "songe", "er", "এর", "-এর", "te", "ke", "e", "theke", "থেকে")
_CASES = ("কে", "তে", "ের", "েতে", "য়", "র", "ে", "য়ের")
_VERB = re.compile(r"(?:ছে|ছেন|ছি|ছিল|ছিলো|বেন|বে|চ্ছে|লো|লেন|তেছে|ভেদে|গুলো|গুলি)$|(?:che|chhe|tese|techhe|chilo|silo|eche|lsilo)$")
Matches = Callable[[Filters], bool]


@dataclass(frozen=True)
class Vocabulary:
    """The words of a ledger's records and of the languages: what is a topic, and what is no company's name."""

    ledger: Ledger
    lexicon: Lexicon

    @cached_property
    def names(self) -> dict[str, int]:
        """Stems of proper names in the titles (projects, places), with the number of deals that have them."""
        found: dict[str, int] = {}
        for deal in self.ledger.deals:
            english = [word for word in deal.title_en.replace("'s", "").split()[1:] if word[:1].isupper()]
            for word in {stem(part) for text in (*english, deal.title_bn) for part in words(text)}:
                found[word] = found.get(word, 0) + 1
        return found

    @cached_property
    def everyday(self) -> frozenset[str]:
        """Stems of the commonest words of both languages, where the lists are there."""
        found: set[str] = set(self.lexicon.known)
        for name in ("common_en.txt", "common_bn.txt"):
            path = FOLDER / "lexicon" / name
            if path.exists():
                for word in path.read_text(encoding="utf-8").split():
                    found.update((word, stem(word)))
        return frozenset(found)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """Stems of the words of all titles and summaries, and of the lexicon."""
        found = set(self.lexicon.known)
        for deal in self.ledger.deals:
            for text in (deal.title_en, deal.title_bn, deal.summary_en, deal.summary_bn):
                found.update(map(stem, words(text)))
        return frozenset(found)


def read_filters(parts: Parts, matches: Matches) -> tuple[Filters, tuple[Reading, ...]]:
    """Return the conditions of a question and the choices among meanings that it takes."""
    readings = tuple(
        Reading(one.text, one.entity, one.others, "spelling" if one.how in ("sound", "spelling") else "ambiguous")
        for one in parts.mentions
        if one.others or one.how == "spelling"
    )
    statuses, without = _statuses(parts)
    filters = Filters(
        parties=parts.terms,
        only_parties=parts.has("only") and len(parts.mentions) > 1 and not statuses,
        types=_types(parts),
        statuses=statuses,
        without_statuses=without,
        since=parts.dates[0],
        until=parts.dates[1],
        ranges=parts.ranges,
    )
    if any(term.words for term in filters.parties) and not matches(filters):
        filters = replace(filters, parties=tuple(replace(term, words="") for term in filters.parties))
    for topic in parts.values("topic"):
        narrowed = replace(filters, text=f"{filters.text} {topic}".strip())
        filters = narrowed if matches(narrowed) else filters
    if parts.has("frame", "buy") and not parts.has("type") and any(word.stem in ("company", "কোম্পানি", "kompani") for word in parts.words):
        filters = replace(filters, types=frozenset({DealType.ACQUISITION}))
    return _with_sites(parts, filters, matches), readings


def with_rounds(ledger: Ledger, parts: Parts, filters: Filters) -> Filters:
    """Narrow to the funding rounds that are named by letters: one, or any of several."""
    letters = _rounds(parts)
    if not letters:
        return filters
    narrowed = [replace(filters, text=f"{filters.text} series {letter}".strip()) for letter in letters]
    if len(narrowed) == 1:
        return narrowed[0]
    named = dict.fromkeys(deal.id for one in narrowed for deal in select(ledger, one))
    return replace(filters, deals=tuple(named)) if named else narrowed[0]


def with_named(ledger: Ledger, parts: Parts, filters: Filters) -> Filters:
    """Narrow to the deals on which sources differ, or whose sum was stated in a currency, where these are asked for."""
    currencies = set(parts.values("currency")) if not parts.ranges else set()
    if not parts.has("conflict") and not currencies:
        return filters
    named = tuple(
        deal.id
        for deal in select(ledger, filters)
        if (not parts.has("conflict") or deal.claims or deal.conflict_note_en)
        and (not currencies or (deal.amount_original and deal.amount_original.currency in currencies))
    )
    return replace(filters, deals=named) if named else filters


def with_places(ledger: Ledger, parts: Parts, filters: Filters) -> Filters:
    """Narrow to the deals at a place: a party is from there, or the record names it ("in India", "Indian data centres")."""
    for cue in parts.cues:
        if cue.kind != "country" or not _is_place(parts, cue):
            continue
        countries = frozenset(cue.value.split("+"))
        kept = tuple(term for term in filters.parties if term.countries != countries or term.sectors)
        if len(kept) == len(filters.parties):
            continue
        types = filters.types - {DealType.DATA_CENTER_BUILD} if kept else filters.types
        bare = replace(filters, parties=kept, types=types)
        names = frozenset(_PLACE_WORDS.get(country, "") for country in countries) - {""}
        named = [
            deal.id
            for deal in select(ledger, bare)
            if names & held(deal) or any(ledger.entity(entity).country in countries for entity in deal.entities)
        ]
        filters = replace(bare, deals=tuple(named)) if named else filters
    return filters


def _is_place(parts: Parts, cue: Cue) -> bool:
    """True for a country after "in", with a locative ending, or right before "data centres"."""
    previous = parts.words[cue.start - 1].text if cue.start else ""
    following = parts.words[cue.end].text if cue.end < len(parts.words) else ""
    site = any(one.kind == "type" and one.value == "data_center_build" and 0 <= one.start - cue.end <= 1 for one in parts.cues)
    ending = parts.words[cue.end - 1].ending
    return site or previous in ("in", "inside", "across") or ending in ("তে", "ে", "য়", "য়ে") or following in ("e", "te", "এ", "তে")


def left_words(parts: Parts, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (names that no record has, other words that found no meaning)."""
    names, lost = [], []
    known = parts.covered | _round_places(parts)
    for place, word in enumerate(parts.words):
        if place in known or word.stem in vocabulary.lexicon.known or word.text.isdigit() or len(word.text) < 2:
            continue
        if _is_name(parts, place, vocabulary):
            names.append(word.raw)
        else:
            lost.append(word.raw)
    return tuple(names), tuple(lost)


def with_topics(filters: Filters, lost: tuple[str, ...], vocabulary: Vocabulary, matches: Matches) -> tuple[Filters, tuple[str, ...]]:
    """Let names of the records' titles (projects, places) narrow the deals: Colossus, Texas, কলোসাস."""
    for word in lost:
        if 0 < vocabulary.names.get(stem(words(word)[0]), 0) <= _RARE:
            narrowed = replace(filters, text=f"{filters.text} {word}".strip())
            if matches(narrowed) or not {stem(words(word)[0]), words(word)[0]} & vocabulary.everyday:
                filters = narrowed
                lost = tuple(other for other in lost if other != word)
    return filters, lost


def _is_name(parts: Parts, place: int, vocabulary: Vocabulary) -> bool:
    """True for a word that can only be an organisation's name: no common word, written or placed as a name."""
    word = parts.words[place]
    bare = {word.stem, word.text, *(word.text[: -len(case)] for case in _CASES if word.text.endswith(case))}
    if bare & vocabulary.recorded or _VERB.search(word.text):
        return False
    if word.raw[:1].isupper() and place > 0 and not _is_titled(parts):
        return True
    if bare & vocabulary.everyday:
        return False
    following = parts.words[place + 1].text if place + 1 < len(parts.words) else ""
    if word.raw[:1].isupper() and (place > 0 or parts.language == "bn"):
        return True
    if following in _COMPANION and len(word.text) > 2:
        return True
    if not BENGALI.search(word.text) or not any(map(parts.has, ("deal", "frame", "type"))):
        return False
    return place == 0 or any(word.text.endswith(case) for case in _CASES)


def _is_titled(parts: Parts) -> bool:
    """True for a Question Written Like a Title, in which capitals tell nothing."""
    capitals = sum(word.raw[:1].isupper() for word in parts.words if word.raw.isalpha())
    return capitals > _TITLED * len(parts.words)


def _with_sites(parts: Parts, filters: Filters, matches: Matches) -> Filters:
    """Read a company and a country side by side as the name of a site where titles have it ("Stargate UAE")."""
    for mention in parts.mentions:
        cue = next((one for one in parts.cues if one.kind == "country" and one.start == mention.end), None)
        if cue is None or mention.ending:
            continue
        place = _PLACE_WORDS.get(cue.value, "")
        company = PartyTerm(words=f"{mention.text} {place}")
        if place and matches(Filters(parties=(company,))):
            kept = tuple(
                term for term in filters.parties if mention.entity not in term.entities and cue.value not in term.countries
            )
            filters = replace(filters, parties=kept, text=f"{filters.text} {company.words}".strip())
    return filters


_PLACE_WORDS = {"IN": "india", "US": "us", "GB": "uk", "AE": "uae", "SA": "saudi", "JP": "japan", "NO": "norway", "BD": "bangladesh", "KR": "korea", "FR": "france", "CA": "canada", "CN": "china",
    "DE": "germany", "NL": "netherlands", "AR": "argentina"}  # fmt: skip


def _rounds(parts: Parts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_LETTERS[parts.words[place].text] for place in sorted(_letter_places(parts))))


def _round_places(parts: Parts) -> frozenset[int]:
    return frozenset(_letter_places(parts))


def _letter_places(parts: Parts) -> list[int]:
    """Return the places of the letters that follow "Series", with "and" and commas between them."""
    found: list[int] = []
    for start, word in enumerate(parts.words):
        if word.text not in _SERIES:
            continue
        place = start + 1
        while place < len(parts.words) and (parts.words[place].text in _LETTERS or parts.words[place].text in _JOINS):
            if parts.words[place].text in _LETTERS and not (found and parts.words[place].text in ("এ", "e") and place == start):
                found.append(place)
            place += 1
    return found


def _types(parts: Parts) -> frozenset[DealType]:
    types = {DealType(value) for value in parts.values("type")}
    without_roles = not any(term.roles for term in parts.terms)
    for frame in parts.values("frame"):
        if not types and without_roles:
            types.update(_FRAME_TYPES.get(frame, ()))
    if len(types) > 1 and DealType.DATA_CENTER_BUILD in types:
        types.discard(DealType.DATA_CENTER_BUILD)  # "data centre leases": the place, not the type
    return frozenset(types)


def _statuses(parts: Parts) -> tuple[frozenset[Status], frozenset[Status]]:
    """Return (statuses asked for, statuses excluded)."""
    values = set(parts.values("status"))
    if "not_firm" in values:
        return frozenset(status for status in Status if status not in FIRM), frozenset()
    found: set[Status] = set(FIRM) if "firm" in values else set()
    if "failed" in values:
        found |= {Status.LAPSED, Status.CANCELLED}
    found |= {Status(value) for value in values - {"firm", "not_firm", "failed"}}
    if is_yesno(parts) and Status.SIGNED in found:
        found |= {Status.CLOSED, Status.AMENDED}
    denied = any(
        cue.kind == "negation" and any(-_NEAR_NEGATION <= other.start - cue.end <= 1 for other in parts.cues if other.kind == "status")
        for cue in parts.cues
    )
    return (frozenset(), frozenset(found)) if found and denied else (frozenset(found), frozenset())
