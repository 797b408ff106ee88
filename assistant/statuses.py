"""How far the deals asked for have come: the statuses that a question names, denies or lists as left out."""

from assistant.asked import is_yesno
from assistant.parts import Parts
from assistant.words import Cue, said
from index.records import FIRM, Status

_DONE = frozenset({"firm", *FIRM})  # statuses of firm deals, which are not denied in one list with the others
_UNSIGNED = frozenset({"in_talks", "rumoured", "letter_of_intent", "not_firm"})
_NEAR_NEGATION = 3  # words at most between a negation and the status that it denies


def _is_done_by_somebody(parts: Parts) -> bool:
    """True for "the deals that X signed with Y": what was signed may have closed since."""
    cue = next((one for one in parts.cues if one.kind == "status" and one.value == "signed"), None)
    if cue is None:
        return False
    after = parts.words[cue.end].text if cue.end < len(parts.words) else ""
    subject = any(one.end == cue.start and not one.ending for one in parts.mentions)
    beside = any(one.start in (cue.end + 1, cue.end + 2) for one in parts.mentions)  # "signed with Meta", not "signed by year"
    of_deals = any(one.start == cue.end for one in parts.cues if one.kind in ("deal", "type"))  # "signed deals"
    told = parts.says("has", "have", "did") and not of_deals and parts.words[cue.start - 1].text not in said("be")
    return parts.language == "en" and (subject or (after in ("with", "by", "to", "between") and beside) or told)


def read_statuses(parts: Parts) -> tuple[frozenset[Status], frozenset[Status]]:
    """Return (statuses asked for, statuses excluded)."""
    listed = [cue for cue in parts.cues if cue.kind == "status" and not _beside_deals(parts, cue)]
    values = {cue.value for cue in listed} - _hearsay(parts)
    if values & {"not_firm"} and not values - {"not_firm", "firm", "signed", "closed", "announced"}:
        return frozenset(status for status in Status if status not in FIRM), frozenset()
    if "letter_of_intent" in values:
        values.discard("signed")  # a signed letter is still a letter
    everything = _of_all(parts, values)
    values.discard("not_firm")  # "in talks, not signed": the narrower word decides
    denied = {cue.value for cue in _denied(parts)}
    found = named_statuses(values)
    if everything:
        return frozenset(), frozenset()
    if Status.SIGNED in found and is_yesno(parts):
        found |= {Status.CLOSED, Status.AMENDED}
    elif found == {Status.SIGNED} and _is_done_by_somebody(parts):
        return frozenset(), frozenset()
    if found and denied:
        wanted = named_statuses(values - denied)
        return (frozenset(wanted), frozenset()) if wanted else (frozenset(), frozenset(found))
    return frozenset(found), frozenset()


def _of_all(parts: Parts, values: set[str]) -> bool:
    """True for "done or pending": both kinds are let in."""
    done = bool(values & _DONE)
    return done and "not_firm" in values and parts.has("either") and len(parts.values("status")) > 1


def _hearsay(parts: Parts) -> set[str]:
    """Return the status that only says how one knows: "how much does X reportedly pay" asks for no rumours."""
    told = [cue for cue in parts.cues if cue.kind == "status" and cue.value == "rumoured"]
    adverbs = all(parts.words[cue.start].text in said("reportedly") for cue in told)
    asks = is_yesno(parts) or any(cue.kind == "measure" and cue.value != "parties" for cue in parts.cues)
    return {"rumoured"} if told and adverbs and asks else set()


def _beside_deals(parts: Parts, status: Cue) -> bool:
    """True for the talks of "deals or talks", চুক্তি বা আলোচনা: named beside the deals they limit nothing."""
    joined = 0 < status.start < len(parts.words) and parts.words[status.start - 1].text in said("joins")
    nouns = {cue.end for cue in parts.cues if cue.kind in ("deal", "type")}
    return joined and status.value in _UNSIGNED and status.start - 1 in nouns


def named_statuses(values: set[str]) -> set[Status]:
    """Return the statuses that the values of cues stand for."""
    found: set[Status] = set(FIRM) if "firm" in values else set()
    if "failed" in values:
        found |= {Status.LAPSED, Status.CANCELLED}
    return found | {Status(value) for value in values - {"firm", "not_firm", "failed"}}


def _denied(parts: Parts) -> list[Cue]:
    """Return the statuses that a negation denies, and those listed with them: "আলোচনা, LOI, বাতিল সব বাদ"."""
    statuses = [cue for cue in parts.cues if cue.kind == "status"]
    denied = [one for one in statuses if _is_undone(parts, one) or any(_denies(parts, cue, one) for cue in parts.cues)]
    nearest = denied[-1:]
    denied = [one for one in denied if (one.value in _DONE) == (nearest[0].value in _DONE) or _is_undone(parts, one)]
    for one in reversed(statuses):
        alike = [other for other in denied if (other.value in _DONE) == (one.value in _DONE)]
        gaps = [parts.words[one.end : other.start] for other in alike if 0 <= other.start - one.end <= 1]
        if any(all(word.text in said("joins") for word in gap) for gap in gaps):
            denied.append(one)
    return denied


def _is_undone(parts: Parts, status: Cue) -> bool:
    """True for সম্পন্ন হয়নি, "sign hoy nai": a verb after the status denies it."""
    after = [word.text for word in parts.words[status.end : status.end + 2]]
    return bool(said("undone") & {"".join(after[:1]), "".join(after)})


def _denies(parts: Parts, cue: Cue, status: Cue) -> bool:
    """True for "not signed", "except cancelled ones", বাতিলগুলো ছাড়া: a negation of a status, not of a company."""
    if cue == status:
        nobody = any(word.text in said("nobody") for word in parts.words[max(0, status.start - 2) : status.start])
        return nobody or _said_no(parts, status)
    if cue.kind != "negation":
        return False
    postposed = parts.words[cue.start].text in said("postposed")
    gap = cue.start - status.end if postposed else status.start - cue.end
    if postposed and parts.denied and status.end < cue.start:
        return False  # "cancelled ones, acquisitions left out": the type is denied
    between = range(status.end, cue.start) if postposed else range(cue.end, status.start)
    return 0 <= gap <= _NEAR_NEGATION and not any(one.start in between for one in parts.mentions)


def _said_no(parts: Parts, status: Cue) -> bool:
    """True for "no stalled ones": the plain denial right before."""
    place = status.start - 1
    while place > 0 and parts.words[place].text in said("glue"):
        place -= 1
    if place >= 0 and parts.words[place].text in said("not_joined"):
        return True
    return place >= 0 and parts.words[place].text in said("denials") and status.start - place <= _NEAR_NEGATION + 1
