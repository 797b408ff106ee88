"""Cues that say nothing of the deals asked for: verbs that only complete another, kinds that only describe a company."""

from assistant.linking import Mention
from assistant.words import Cue, Word, said

_REACH = 4  # words before an owner's noun that may name what is owned


def without_idle(question: tuple[Word, ...], cues: tuple[Cue, ...], mentions: tuple[Mention, ...]) -> tuple[Cue, ...]:
    """Return the cues without those that mean nothing where they stand."""
    owned = epithets(question, cues, mentions)
    return tuple(
        cue
        for cue in cues
        if cue.start not in owned
        and not any(idle(question, cue) for idle in (_completes, _is_conceded, _is_anyone, _is_at_large))
    )


def _completes(question: tuple[Word, ...], cue: Cue) -> bool:
    """True for the giving of ফেলে দিয়েছে, জানিয়ে দিয়েছে: it only completes the verb before it."""
    gives = (cue.kind, cue.value) == ("frame", "pay") and question[cue.start].text in said("gives")
    return gives and cue.start > 0 and question[cue.start - 1].text in said("completed")


def _is_conceded(question: tuple[Word, ...], cue: Cue) -> bool:
    """True for "itself a cloud company, yet ...", ক্লাউড কোম্পানি হয়েও: what the company is, not with whom it deals."""
    following = question[cue.end].text if cue.end < len(question) else ""
    return cue.kind == "sector" and following in said("yet")


def _is_anyone(question: tuple[Word, ...], cue: Cue) -> bool:
    """True for কোনো পক্ষ, "any party": a condition, no question for the parties."""
    before = {word.text for word in question[max(0, cue.start - 1) : cue.start]}
    noun = question[cue.start].text in said("participants")
    return (cue.kind, cue.value) == ("measure", "parties") and noun and bool(before & said("any_one"))


def _is_at_large(question: tuple[Word, ...], cue: Cue) -> bool:
    """True for the banks of "any company or bank", কোনো কোম্পানি বা ব্যাংক: whatever company there is."""
    beside = question[max(0, cue.start - 3) : cue.start]
    anyone, noun, joint = ("",) * (3 - len(beside)) + tuple(word.text for word in beside)
    return cue.kind == "sector" and joint in said("or") and noun in said("generic") and anyone in said("any_one")


def epithets(question: tuple[Word, ...], cues: tuple[Cue, ...], mentions: tuple[Mention, ...]) -> frozenset[int]:
    """Return the places of the words that only say what a company owns or makes: "মিকি মাউসের মালিক ডিজনি"."""
    told = {place for mention in mentions for place in range(mention.start, mention.end)}
    found: set[int] = set()
    for mention in mentions:
        noun = mention.start - 1
        if noun < 1 or question[noun].stem not in said("makers") or question[noun - 1].text in said("wh"):
            continue
        taken = told | {place for cue in cues if cue.start != noun for place in range(cue.start, cue.end)}
        first = noun
        while first > max(0, noun - _REACH) and first - 1 not in taken:
            first -= 1
        if first < noun:
            found.update(range(first, noun + 1))
    return frozenset(found)
