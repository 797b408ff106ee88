"""What a question leaves out or expressly lets in: "neither loans nor leases", ঋণ বাদে, "IPOs included"."""

from itertools import pairwise

from assistant.words import Cue, Word, said

_REACH = 3  # words at most between a denial and the first type that it denies


def denied_types(question: tuple[Word, ...], cues: tuple[Cue, ...]) -> frozenset[str]:
    """Return the types of deals that are denied; a denial goes on over "or", "nor", "and" and commas."""
    types = [cue for cue in cues if cue.kind == "type"]
    denied: set[Cue] = {cue for cue in types if _denied_before(question, cues, cue) or _denied_after(question, cues, cue)}
    for one, other in pairwise(types):
        between = {word.text for word in question[one.end : other.start]}
        if between <= said("chain"):
            before = (one in denied and _denied_before(question, cues, one)) or "nor" in between
            if before:
                denied.add(other)
            elif other in denied and _denied_after(question, cues, other):
                denied.add(one)
    return frozenset(cue.value for cue in denied)


def is_included(question: tuple[Word, ...], cue: Cue, cues: tuple[Cue, ...]) -> bool:
    """True for "failed ones included", "even the lapsed ones": said to be let in, so no condition."""
    grouping = {place for one in cues if one.kind in ("group", "intent") for place in range(one.start, one.end)}
    light = said("plurals") | said("become") | said("glue") | {"which", "were", "even"}
    leading = [place for place in range(cue.start) if place not in grouping and question[place].text not in light - {"even"}]
    before = {question[place].text for place in leading[-2:] if cue.start - place <= _REACH + 2}
    places = [place for place in range(cue.end, len(question)) if place not in grouping and question[place].text not in light]
    after = {question[place].text for place in places[:2] if place - cue.end <= _REACH + 1}
    if before & said("including") or after & said("included"):
        return True
    following = next((one for one in cues if one.kind == cue.kind and 0 < one.start - cue.end <= 1), None)
    chained = following is not None and question[cue.end].text in said("joins")  # "আলোচনা বা গুঞ্জনে থাকাগুলোও ধরবেন"
    return chained and following is not None and is_included(question, following, cues)


def _denied_before(question: tuple[Word, ...], cues: tuple[Cue, ...], cue: Cue) -> bool:
    denials = [one.end for one in cues if one.kind == "negation" and question[one.start].text not in said("postposed")]
    denials += [place + 1 for place, word in enumerate(question[: cue.start]) if word.text in said("denials")]
    return any(
        0 <= cue.start - end <= _REACH and {word.text for word in question[end : cue.start]} <= said("glue") | said("aside")
        for end in denials
    )


def _denied_after(question: tuple[Word, ...], cues: tuple[Cue, ...], cue: Cue) -> bool:
    """True for ঋণ ছাড়া, "loan bade": the denial stands right after, case endings and "deals" aside."""
    following = question[cue.end : cue.end + 2]
    for place, word in enumerate(following):
        if word.text in said("postposed") and word.text not in said("absent"):
            return True
        if place == 0 and word.text not in said("excluded_ones"):
            return False
    return False
