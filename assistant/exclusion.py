"""Which parties a question leaves out: "not involving X", "except X", X ছাড়া, X নেই."""

from assistant.sentence import Nominal
from assistant.words import Cue, Word, said


def _is_absent(question: tuple[Word, ...], nominal: Nominal, cue: Cue) -> bool:
    """True for "ওপেনএআই নেই", "ওপেনএআইয়ের নাম নেই": the company itself is not there, not its deal."""
    gap = [word.text for word in question[nominal.end : cue.start] if word.text not in said("emphatic")]
    named = bool({word.text for word in question[cue.start : cue.end]} & said("named_absent")) or set(gap) & said(
        "named_absent"
    )
    return bool(named) or (not gap and nominal.ending not in said("genitive") | said("accusative"))


def _nearest(nominals: tuple[Nominal, ...], nominal: Nominal, cue: Cue) -> bool:
    """True when no other parties stand between the negation and these."""
    low, high = (nominal.end, cue.start) if nominal.end <= cue.start else (cue.end, nominal.start)
    return not any(one.start >= low and one.end <= high for one in nominals if one is not nominal)


def is_negated(question: tuple[Word, ...], nominal: Nominal, cues: tuple[Cue, ...], nominals: tuple[Nominal, ...]) -> bool:
    """True after "not involving", "except" (English) or before ছাড়া, বাদে (Bengali)."""
    for cue in cues:
        if cue.kind == "absence" and 0 <= cue.start - nominal.end <= 1:
            return True
        if cue.kind != "negation" or not _nearest(nominals, nominal, cue):
            continue
        ends_so = question[cue.end - 1].text in said("denying")
        if ends_so and any(0 <= one.start - cue.end <= 1 for one in nominals):
            continue  # "with X, not with Y": no denial of X
        postposed = ends_so or question[cue.start].text in said("postposed") | said("named_absent")
        if question[cue.end - 1].text in said("absent") and not _is_absent(question, nominal, cue):
            continue
        gap = [word.text for word in question[nominal.end : cue.start] if word.text not in said("emphatic")]
        if postposed and cue.start >= nominal.end and (len(gap) <= 1 or set(gap) <= said("excluded_ones")):
            return True
        gap = [word.text for word in question[cue.end : nominal.start]]
        if not postposed and 0 <= nominal.start - cue.end <= 3 and set(gap) <= said("glue"):
            return True
    return False
