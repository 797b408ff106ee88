"""The parties that a question names, in order: organisations, sectors and countries, each with the case its place gives it."""

from dataclasses import dataclass, replace

from assistant.reading.lexicon import Mark
from assistant.reading.sentence import Sentence
from assistant.schema import PartyTerm
from index.records import Sector

_DETERMINERS = frozenset(
    "the a an any all other its their some both only of every each major big various these those another".split()
)
_ENGLISH = frozenset("of in into from with by for between about involving among regarding including".split())
_REACH = 3  # tokens between two joined items


@dataclass(frozen=True, slots=True)
class Item:
    """A party of the question at tokens ``start`` to ``end``: its condition without role, and what its place says."""

    start: int
    end: int
    term: PartyTerm
    case: str = ""  # of, in, to, from, with, by, for, between, as, about, through, "" when nothing marks it
    joined: str = ""  # how it is joined to the item before: "and", "or", "" (not at all)
    named: bool = True  # an organisation, not a sector or country


def items_of(sentence: Sentence) -> tuple[Item, ...]:
    """Return the parties that a question names, in order, sectors and countries included."""
    found = [
        Item(name.start, name.end, PartyTerm(frozenset({name.entity}), words=name.thing), name.case)
        for place, name in enumerate(sentence.names)
        if name.entity not in {other.entity for other in sentence.names[:place]} or name.thing
    ]
    for mark in sentence.marks:
        if mark.has("sector") and not _is_type_here(sentence, mark):
            sectors = frozenset(Sector(value) for value in mark.senses["sector"])
            found.append(Item(mark.start, mark.end, PartyTerm(sectors=sectors), mark.case, named=False))
        elif mark.has("country") or mark.has("region"):
            codes = {code for kind in ("country", "region") for value in mark.senses.get(kind, ()) for code in value.split()}
            if sentence.word(mark.start) == "us" and sentence.tokens[mark.start].raw != "US":
                continue
            found.append(Item(mark.start, mark.end, PartyTerm(countries=frozenset(codes)), mark.case, named=False))
    found.sort(key=lambda item: item.start)
    return _joined(sentence, _qualified(sentence, found))


def _is_type_here(sentence: Sentence, mark: Mark) -> bool:
    """True for a word that is a sector and a kind of deal, followed by a noun of deals ("software deals" is a sector)."""
    return mark.has("type") and not mark.case


def _qualified(sentence: Sentence, items: list[Item]) -> list[Item]:
    """Join a country with the sector after it ("Gulf funds"); drop the country where a noun of companies follows."""
    merged: list[Item] = []
    for item in items:
        last = merged[-1] if merged else None
        if last and last.term.countries and not last.term.sectors and item.term.sectors and item.start - last.end <= 1:
            merged[-1] = replace(item, start=last.start, term=replace(item.term, countries=last.term.countries))
        else:
            merged.append(item)
    return [_placed(sentence, item) for item in merged]


def _placed(sentence: Sentence, item: Item) -> Item:
    """Find the case of an item: a Bengali postposition after it, else its ending, else an English preposition before it."""
    end = item.end
    word = sentence.mark_at(end)
    company = word is not None and word.has("noun", "company") and (not item.named or (bool(word.case) and not item.case))
    if company and word is not None:
        item = replace(item, end=word.end, case=item.case or word.case)
        end = word.end
    for place in (end, end + 1):
        mark = sentence.mark_at(place)
        if mark and mark.has("case") and mark.start == place and (sentence.tokens[place].bengali or sentence.sounds):
            case = mark.senses["case"][0]
            if case not in ("of", "in") or not item.case:
                return replace(item, case=case, end=mark.end if place == end else item.end)
        if mark is None or not mark.has("case"):
            break
    if item.case:
        return item
    return _after_preposition(sentence, item)


def _after_preposition(sentence: Sentence, item: Item) -> Item:
    """Give an item the case of the English preposition before it, or of its apostrophe."""
    place = item.start - 1
    while place >= 0 and (sentence.word(place) in _DETERMINERS and sentence.word(place) != "of"):
        place -= 1
    mark = sentence.mark_at(place) if place >= 0 else None
    if (
        mark
        and mark.has("case")
        and sentence.tokens[mark.start].latin
        and not (sentence.sounds and mark.end - mark.start == 1 and sentence.word(mark.start) not in _ENGLISH)
    ):
        return replace(item, case=mark.senses["case"][0])
    possessive = sentence.tokens[item.end - 1].word
    return replace(item, case="of") if possessive.endswith("'s") or possessive.endswith("s'") else item


def _joined(sentence: Sentence, items: list[Item]) -> tuple[Item, ...]:
    """Mark items that "and", "or" or a comma joins; they share the case of the group."""
    result: list[Item] = []
    for item in items:
        last = result[-1] if result else None
        joined = _link(sentence, last, item) if last else ""
        result.append(replace(item, joined=joined))
    shared: list[Item] = []
    for place, opening in enumerate(result):
        if not opening.joined:
            end = next((at for at in range(place + 1, len(result)) if not result[at].joined), len(result))
            group = result[place:end]
            cases = [member.case for member in group if member.case] or [""]
            case = cases[-1 if sentence.language == "bn" else 0]
            shared += [replace(member, case=case if len(group) > 1 else member.case) for member in group]
    return tuple(shared)


def _link(sentence: Sentence, last: Item, item: Item) -> str:
    between = range(last.end, item.start)
    if len(between) > _REACH or (last.case in ("with", "to", "in", "from") and sentence.language == "bn" and not between):
        return ""
    links = [sentence.mark_at(place) for place in between]
    if any(mark and mark.has("intent", "compare") for mark in links):
        return "and"
    if len(between) == 1 and sentence.word(last.end) in ("না", "na") and last.named and item.named:
        return "or"
    if any(mark and mark.has("logic", "or") and not mark.has("ask", "whether") for mark in links):
        return "or"
    plain = [place for place, mark in zip(between, links, strict=True) if not (mark and mark.has("logic", "and"))]
    if between and all(sentence.word(place) in _DETERMINERS for place in plain) and len(plain) < len(between):
        return "and"
    comma = "," in sentence.text[sentence.tokens[last.end - 1].end : sentence.tokens[item.start].start]
    return "and" if comma and all(sentence.word(place) in _DETERMINERS for place in between) else ""
