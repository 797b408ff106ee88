"""Who does what to whom: the roles that verbs, nouns, prepositions and case endings give to the named parties."""

from assistant.bengali_roles import by_noun, by_verb
from assistant.frames import AGENTS, FRAMES, NONE, Roles
from assistant.sentence import Nominal, Sentence, in_compound, is_noun
from assistant.words import Cue, said

_AGENT_GAP = 2  # words at most between a company and the noun of a side that speaks of it


def roles_of(sentence: Sentence, nominal: Nominal) -> Roles:
    """Return the roles that the sentence gives to the parties of a place; empty means any."""
    of_noun = _by_agent_noun(sentence, nominal)
    if of_noun is not None:
        return of_noun
    if not sentence.verbs:
        return _of_shares(sentence, nominal) if sentence.shares else NONE
    return by_verb(sentence, nominal) if sentence.bengali else _english(sentence, nominal)


def _of_shares(sentence: Sentence, nominal: Nominal) -> Roles:
    """Read "X-e Y-er share": what Y holds of X."""
    if nominal.ending in said("genitive") and sentence.word(nominal.end) in said("in_hands"):
        return FRAMES["shares"].acting  # "X-er kache kar share ache"
    located = [one for one in sentence.nominals if one.ending in said("locative")]
    if len(sentence.nominals) < 2 or not located:
        return NONE
    frame = FRAMES["shares"]
    return frame.acted if nominal in located else frame.acting if nominal.ending in said("genitive") else NONE


def _by_agent_noun(sentence: Sentence, nominal: Nominal) -> Roles | None:
    """Read "investors of X" (X is the other side) and "X is an investor" (X is that side)."""
    decide = by_noun if sentence.bengali else _noun_english
    for agent in sentence.agents:
        if agent.value in AGENTS:
            decided = decide(sentence, nominal, agent)
            if decided is not None:
                return decided
    return None


def _noun_english(sentence: Sentence, nominal: Nominal, agent: Cue) -> Roles | None:
    other, own = AGENTS[agent.value]
    if sentence.word(nominal.end) in ("among", "amongst", "one") and nominal.end < agent.start:
        return own
    last = next((one for one in reversed(sentence.nominals) if one.end <= agent.start), None)
    if nominal is last and _as_one(sentence, agent):
        return own
    after = [sentence.word(place) for place in range(agent.end, nominal.start)]
    if 0 < len(after) <= _AGENT_GAP + 1 and after[0] in ("of", "in", "to", "for", "behind") and set(after[1:]) <= said("aside"):
        return other
    between = [sentence.word(place) for place in range(nominal.end, agent.start)]
    possessive = nominal.ending in ("'s", "s", "'")
    if nominal.end <= agent.start and between and not possessive and set(between) <= said("copula"):
        return own
    if nominal.end <= agent.start and len(between) <= _AGENT_GAP and not set(between) & (said("be") | {"as"}):
        return other
    return None


def _as_one(sentence: Sentence, agent: Cue) -> bool:
    """True for "as a seller"."""
    place = agent.start - 1
    while sentence.word(place) in said("aside"):
        place -= 1
    return sentence.word(place) == "as"


def _english(sentence: Sentence, nominal: Nominal) -> Roles:
    left = next((verb for verb in reversed(sentence.verbs) if verb.end <= nominal.start), None)
    right = next((verb for verb in sentence.verbs if verb.start >= nominal.end), None)
    previous = sentence.before(nominal)
    with_it = _joined_before(sentence, nominal, previous)
    by_preposition = _english(sentence, with_it) if with_it else _by_preposition(previous, left, right)
    if by_preposition is not None:
        return by_preposition
    verb = right or left or sentence.verbs[0]
    if right and _is_object_of_noun(sentence, nominal, right):
        return FRAMES[right.value].acted
    if previous in said("auxiliaries"):
        return FRAMES[verb.value].acting
    if (right and in_compound(sentence, nominal, right)) or (
        left and right is None and _only_takes_part(sentence, nominal, left)
    ):
        return NONE
    if left and (right is None or nominal.start - left.end <= 1) and not is_noun(sentence, left):
        sold = left.value == "sell" and any(sentence.word(place) == "to" for place in range(nominal.end, len(sentence.words)))
        return NONE if sold else FRAMES[left.value].acted
    return _before_verb(sentence, nominal, verb, right)


def _joined_before(sentence: Sentence, nominal: Nominal, previous: str) -> Nominal | None:
    """Return the parties that these stand beside after "and": "A and either B or C"; None without any."""
    near = [one for one in sentence.nominals if 0 < nominal.start - one.end <= _AGENT_GAP and not one.ending]
    return near[-1] if near and previous in said("and") else None


def _only_takes_part(sentence: Sentence, nominal: Nominal, noun: Cue) -> bool:
    """True for "acquisitions in which X takes part", "loans that X is part of": a noun before, and no word for who did it."""
    if not is_noun(sentence, noun):
        return False
    between = {sentence.word(place) for place in range(noun.end, nominal.start)}
    return "in" in between or sentence.word(nominal.end) in ("is", "are", "takes", "take", "was", "were")


def _before_verb(sentence: Sentence, nominal: Nominal, verb: Cue, right: Cue | None) -> Roles:
    """Return the role of a subject: acted on where the verb is passive or another party stands nearer."""
    frame = FRAMES[verb.value]
    if right and is_noun(sentence, right) and right.start - nominal.end > 1:
        return frame.acting if _owns(sentence, nominal, right) else NONE
    asked_by_whom = (
        right
        and right.start == nominal.end
        and sentence.before(nominal) in said("be")
        and not is_noun(sentence, right)
        and not sentence.word(right.start).endswith("ing")
    )
    turned = right and (asked_by_whom or _is_passive(sentence, right) or _is_fronted(sentence, nominal, right))
    return frame.acted if turned else frame.acting


def _owns(sentence: Sentence, nominal: Nominal, verb: Cue) -> bool:
    """True for the first of "SoftBank's $40bn OpenAI investment"."""
    between = [one for one in sentence.nominals if nominal.end <= one.start and one.end == verb.start]
    return nominal.ending in said("genitive") and bool(between)


def _is_object_of_noun(sentence: Sentence, nominal: Nominal, verb: Cue) -> bool:
    """True for Wiz in "the Wiz takeover by Google" and "Google's Wiz takeover"."""
    if verb.start != nominal.end or not is_noun(sentence, verb) or nominal.ending in said("genitive"):
        return False
    owned = any(one.end <= nominal.start and one.ending in said("genitive") for one in sentence.nominals)
    subject = any(one.end <= nominal.start and one is not nominal for one in sentence.nominals)
    closing = subject and sentence.word(nominal.start - 1) in said("its")  # "did Google complete the Wiz purchase"
    taken_over = verb.value == "acquire" and sentence.word(verb.end) not in ("of", "in")
    later = taken_over and any(one.start >= verb.end for one in sentence.nominals)  # "the Ampere takeover cost SoftBank ..."
    return owned or closing or later or sentence.word(verb.end) == "by"


def _by_preposition(previous: str, left: Cue | None, right: Cue | None) -> Roles | None:
    """Return what a preposition says of the parties after it; None where it says nothing of roles."""
    verb = left or right
    if verb is None or previous in said("without_role"):
        return NONE
    frame = FRAMES[verb.value]
    decided: dict[str, Roles] = {"by": frame.acting, "from": frame.source}
    if left:
        onto = frame.acting if left.value == "invest" else frame.acted
        decided |= {
            "in": frame.acted,
            "into": frame.acted,
            "on": frame.acted,
            "for": frame.acted,
            "to": frame.acted,
            "of": onto,
        }
    elif right:
        decided |= {"in": FRAMES[right.value].acted}
    return decided.get(previous)


def _is_passive(sentence: Sentence, verb: Cue) -> bool:
    """True for "was acquired", "is backed by", "startups bought by"."""
    if verb.value in ("raise", "pay", "borrow") or is_noun(sentence, verb) or sentence.word(verb.start).endswith("ing"):
        return False
    if sentence.word(verb.end) == "by" and sentence.word(verb.end + 1) not in said("by_measure"):
        return True
    told = any(sentence.word(place) == "that" for place in range(verb.start))  # "is it true that X took over Y"
    return any(sentence.word(place) in said("be") for place in range(max(0, verb.start - 2), verb.start)) or (
        sentence.word(0) in said("be") and not told and not sentence.word(verb.start).endswith("s")
    )


def _is_fronted(sentence: Sentence, nominal: Nominal, verb: Cue) -> bool:
    """True where another party stands nearer before the verb: "Which chipmakers did OpenAI buy from"."""
    return any(one.start >= nominal.end and one.end <= verb.start for one in sentence.nominals if one is not nominal)
