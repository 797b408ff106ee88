"""Which words of a question exclude parties, kinds and statuses, and which statuses it keeps to."""

from assistant.reading.items import Item
from assistant.reading.lexicon import Mark
from assistant.reading.sentence import Sentence
from index.records import FIRM, Status

_GROUPS = {
    "firm": FIRM,
    "not_firm": frozenset(Status) - FIRM,
    "dead": frozenset({Status.LAPSED, Status.CANCELLED}),
}


_AS_GOOD = {Status.SIGNED: (Status.CLOSED, Status.AMENDED), Status.ANNOUNCED: tuple(FIRM)}  # what "is it signed?" accepts


_BE = frozenset("is are was were been be being got gets remain remains still".split())


# Banglish words that exclude what is before them
_POSTPOSED = frozenset(
    "chara chhara charao bade bad baire sara betito".split()
)
_NEGATING = 3  # tokens between a negation and what it negates


def negated(sentence: Sentence, item: Item, items: tuple[Item, ...]) -> bool:
    """True after "except", "not involving" (English) and before ছাড়া, বাদে (Bengali); a joined item shares its group's."""
    place = items.index(item)
    first, last = place, place
    while items[first].joined:
        first -= 1
    while last + 1 < len(items) and items[last + 1].joined:
        last += 1
    return _negation_before(sentence, items[first].start) or _negation_after(sentence, items[last].end)


def _negation_before(sentence: Sentence, start: int) -> bool:
    for place in range(start - 1, max(-1, start - 1 - _NEGATING), -1):
        mark = sentence.mark_at(place)
        if mark is None:
            return False
        if mark.has("logic", "except") and sentence.tokens[mark.start].latin and sentence.word(mark.start) not in _POSTPOSED:
            return not (sentence.word(mark.start) in ("no", "not") and mark.end == mark.start + 1 and place < start - 2)
        if not (
            mark.has("case")
            or mark.has("logic", "any", "all")
            or sentence.word(place) in ("the", "a", "an", "any", "deals", "those")
        ):
            return False
    return False


def _negation_after(sentence: Sentence, end: int) -> bool:
    for place in (end, end + 1):
        mark = sentence.mark_at(place)
        if sentence.word(place) == "excluded" or (sentence.word(place) == "ones" and sentence.word(place + 1) == "excluded"):
            return True
        if mark and mark.has("logic", "except") and (sentence.tokens[mark.start].bengali or sentence.sounds):
            return sentence.word(mark.start) not in ("no", "not")
        if mark is None or not mark.has("noun"):
            return False
    return False


def negated_mark(sentence: Sentence, mark: Mark) -> bool:
    """True when a phrase is excluded."""
    return _negation_before(sentence, mark.start) or _negation_after(sentence, mark.end)


def asked_statuses(sentence: Sentence, yes_no: bool) -> tuple[frozenset[Status], frozenset[Status]]:
    """Return (statuses asked for, statuses excluded)."""
    wanted: set[Status] = set()
    without: set[Status] = set()
    if sentence.has("ask", "when") and not sentence.has("noun", "deal"):
        return frozenset(), frozenset()
    for mark in sentence.marks:
        if not (mark.has("status") or mark.has("status_group")) or not _limits(sentence, mark):
            continue
        found = {Status(value) for value in mark.senses.get("status", ())}
        for value in mark.senses.get("status_group", ()):
            found |= _GROUPS[value]
        negated = negated_mark(sentence, mark) or _not_before(sentence, mark)
        if yes_no and not negated:
            found = found.union(*(_AS_GOOD.get(status, ()) for status in found))
        (without if negated else wanted).update(found)
    return frozenset(wanted), frozenset(without)


def _not_before(sentence: Sentence, mark: Mark) -> bool:
    words = {sentence.word(place) for place in range(max(0, mark.start - 2), mark.start)}
    after = {sentence.word(place) for place in range(mark.end, mark.end + 2)}
    return bool(words & _NOT) or bool(after & _NOT_AFTER)


_NOT = frozenset("not never isn't aren't wasn't weren't hasn't haven't non".split())


_NOT_AFTER = frozenset("নয় না হয়নি নেই noy na hoyni nei".split())


def _limits(sentence: Sentence, mark: Mark) -> bool:
    """False where a status word is the plain verb of making a deal ("which deals did X sign in 2025")."""
    if not mark.has("frame") and not mark.has("stop"):
        return True
    if sentence.has("logic", "only") or mark.senses.get("status") == ("cancelled",):
        return True
    following = sentence.mark_at(mark.end)
    if following and (following.has("noun", "deal") or following.has("type")):
        return True
    if mark.start and sentence.word(mark.start - 1) in _BE:
        return not (following and following.has("case")) and not sentence.when.places & {mark.end}
    return (sentence.tokens[mark.start].bengali or sentence.sounds) and not mark.has("frame") and not mark.has("stop")
