"""The verbs of a question: light verbs with the thing given or taken, and verbs that ask for both sides of a deal."""

from dataclasses import replace

from assistant.frames import FRAMES
from assistant.words import Cue, Word, said

_REACH = 5  # words at most between a light verb and what is given or taken
# What giving and taking make of a deal's type: "জামিন কে দিয়েছে" guarantees, "ঋণ কে নিল" borrows.
_GIVEN = {"backstop": "guarantee", "debt_financing": "lend", "lease": "let", "rent": "let", "warrant": "issue"}
_TAKEN = {"debt_financing": "borrow", "lease": "rent", "rent": "rent", "warrant": "hold", "invest": "raise"}
_OPPOSITES = ({"sell", "buy"}, {"sell", "acquire"}, {"let", "rent"}, {"lend", "borrow"}, {"issue", "hold"})


def read_verbs(question: tuple[Word, ...], cues: tuple[Cue, ...], bengali: bool, shares: bool) -> tuple[Cue, ...]:
    """Return the verbs that give roles, in order; none where both sides of the deal are asked for."""
    verbs: list[Cue] = []
    for cue in cues:
        verb = _meant(question, cues, cue, bengali)
        if verb and verb.value in FRAMES:
            verbs.append(replace(verb, value="shares") if shares and verb.value in ("buy", "acquire") else verb)
    if any(one.value == "guarantee" for one in verbs):  # "guaranteed the lease payments": what is paid is no verb of its own
        verbs = [one for one in verbs if one.value != "pay" or question[one.start].text not in said("noun_verbs")]
    giving = {one.value for one in verbs if one.value in ("let", "rent")}
    if "let" in giving:  # "ভাড়া কে দিচ্ছে": the noun of the light verb is no verb of its own
        verbs = [one for one in verbs if one.value != "rent" or question[one.end - 1].text not in said("rent_nouns")]
    return () if _both_sides(question, verbs) else tuple(verbs)


def _meant(question: tuple[Word, ...], cues: tuple[Cue, ...], cue: Cue, bengali: bool) -> Cue | None:
    """Return the verb that a cue is: a light verb means what is given or taken."""
    if cue.kind == "light":
        taken = _taken(question, cues, cue, bengali)
        return Cue("frame", taken, cue.start, cue.end) if taken else None
    if cue.kind != "frame":
        return None
    if cue.value == "pay" and any(word.text in said("gives") for word in question[cue.start : cue.end]):
        if bengali and cue.start and question[cue.start - 1].text in said("shares_given"):
            return replace(cue, value="issue")
        thing = _thing(cues, cue, bengali, _GIVEN)
        return replace(cue, value=_GIVEN[thing]) if thing else cue
    return cue


def _taken(question: tuple[Word, ...], cues: tuple[Cue, ...], cue: Cue, bengali: bool) -> str:
    """Return the verb that taking means: a loan is borrowed, money raised, chips from somebody bought; nothing for others."""
    if thing := _thing(cues, cue, bengali, _TAKEN):
        return _TAKEN[thing]
    if cue.start and question[cue.start - 1].text in said("money_taken"):
        return "raise"
    from_whom = any(word.text in said("from") for word in question)
    if from_whom and any((one.kind, one.value) == ("frame", "investors") for one in cues):
        return "raise"
    bought = from_whom and any(word.stem in said("goods") for word in question)
    return "buy" if bought else ""


def _thing(cues: tuple[Cue, ...], verb: Cue, bengali: bool, meanings: dict[str, str]) -> str:
    """Return what the verb gives or takes: the nearest noun of a deal before it (Bengali) or after it (English)."""
    near = [
        one
        for one in cues
        if one.kind in ("type", "frame")
        and one.value in meanings
        and 0 <= (verb.start - one.end if bengali else one.start - verb.end) <= _REACH
    ]
    return min(near, key=lambda one: abs(one.start - verb.start)).value if near else ""


def _both_sides(question: tuple[Word, ...], verbs: list[Cue]) -> bool:
    """True for "বেচল কে আর কিনল কারা": either side of one deal is asked for."""
    asked = sum(word.text in said("who_bn") | said("who_en") for word in question)
    values = {verb.value for verb in verbs}
    return asked > 1 and any(pair <= values for pair in _OPPOSITES)
