"""Who does what to whom: the roles that verbs, nouns, prepositions and case endings give to the named parties."""

from dataclasses import dataclass

from assistant.frames import AGENTS, FRAMES, NONE, Roles
from assistant.schema import PartyTerm
from assistant.words import Cue, Word, said

_OWN_GAP = 4  # words at most between a company and its own investment ("X-এর ২০২৫ সালের সবচেয়ে বড় বিনিয়োগ")
_AGENT_GAP = 2  # words at most between a company and the noun of a side that speaks of it


@dataclass(frozen=True, slots=True)
class Nominal:
    """Coordinated parties that stand in one place of the sentence and so share their role and negation."""

    start: int
    end: int
    terms: tuple[PartyTerm, ...]
    ending: str = ""  # case ending of the last of them
    joiner: str = ""  # "and", "or", or nothing for a single one


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a question with its parties and the cues that may give them roles."""

    words: tuple[Word, ...]
    nominals: tuple[Nominal, ...]
    verbs: tuple[Cue, ...]
    agents: tuple[Cue, ...]
    bengali: bool
    shares: bool = False  # a stake or shares are asked about

    def word(self, place: int) -> str:
        """Return the word at a place, nothing outside the question."""
        return self.words[place].text if 0 <= place < len(self.words) else ""

    def before(self, nominal: Nominal) -> str:
        """Return the word before the parties, articles aside."""
        place = nominal.start - 1
        while self.word(place) in said("aside"):
            place -= 1
        return self.word(place)


def roles_of(sentence: Sentence, nominal: Nominal) -> Roles:
    """Return the roles that the sentence gives to the parties of a place; empty means any."""
    by_noun = _by_agent_noun(sentence, nominal)
    if by_noun is not None:
        return by_noun
    if not sentence.verbs:
        return _of_shares(sentence, nominal) if sentence.shares else NONE
    return _bengali(sentence, nominal) if sentence.bengali else _english(sentence, nominal)


def _of_shares(sentence: Sentence, nominal: Nominal) -> Roles:
    """Read "X-e Y-er share": what Y holds of X."""
    located = [one for one in sentence.nominals if one.ending in said("locative")]
    if len(sentence.nominals) < 2 or not located:
        return NONE
    frame = FRAMES["shares"]
    return frame.acted if nominal in located else frame.acting if nominal.ending in said("genitive") else NONE


def _by_agent_noun(sentence: Sentence, nominal: Nominal) -> Roles | None:
    """Read "investors of X" (X is the other side) and "X is an investor" (X is that side)."""
    decide = _noun_bengali if sentence.bengali else _noun_english
    for agent in sentence.agents:
        if agent.value in AGENTS:
            decided = decide(sentence, nominal, agent)
            if decided is not None:
                return decided
    return None


def _noun_english(sentence: Sentence, nominal: Nominal, agent: Cue) -> Roles | None:
    other, own = AGENTS[agent.value]
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


def _noun_bengali(sentence: Sentence, nominal: Nominal, agent: Cue) -> Roles | None:
    other, own = AGENTS[agent.value]
    gap = agent.start - nominal.end
    as_one = any(sentence.word(place) in said("as_one") for place in (agent.end, agent.end + 1))
    if nominal.ending in said("genitive") and gap == 0 and as_one:
        return own
    if nominal.ending in said("genitive") and 0 <= gap <= _AGENT_GAP:
        return other
    if nominal.ending or gap < 0 or sentence.word(agent.end) in said("from_them"):
        return None
    bound = any(
        one is not nominal and one.ending in said("genitive") and 0 <= agent.start - one.end <= 1 for one in sentence.nominals
    )
    is_one = any(sentence.word(place) in said("hishebe") for place in (agent.end, agent.end + 1))
    return own if bound or gap > 0 or is_one or not _asks_who(sentence) else other


def _asks_who(sentence: Sentence) -> bool:
    return any(word.text in said("who_bn") for word in sentence.words)


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
    if (right and _in_compound(sentence, nominal, right)) or (
        left and right is None and _only_takes_part(sentence, nominal, left)
    ):
        return NONE
    if left and (right is None or nominal.start - left.end <= 1) and not _is_noun(sentence, left):
        sold = left.value == "sell" and any(sentence.word(place) == "to" for place in range(nominal.end, len(sentence.words)))
        return NONE if sold else FRAMES[left.value].acted
    return _before_verb(sentence, nominal, verb, right)


def _joined_before(sentence: Sentence, nominal: Nominal, previous: str) -> Nominal | None:
    """Return the parties that these stand beside after "and": "A and either B or C"; None without any."""
    near = [one for one in sentence.nominals if 0 < nominal.start - one.end <= _AGENT_GAP and not one.ending]
    return near[-1] if near and previous in said("and") else None


def _in_compound(sentence: Sentence, nominal: Nominal, verb: Cue) -> bool:
    """True for either company of "the Nvidia-SoftBank backstop", which does not say who gives it."""
    if not _is_noun(sentence, verb) or nominal.ending in said("genitive"):
        return False
    pairs = [(one, two) for one in sentence.nominals for two in sentence.nominals if one.end == two.start and not one.ending]
    return any(nominal in pair and pair[1].end == verb.start for pair in pairs)


def _only_takes_part(sentence: Sentence, nominal: Nominal, noun: Cue) -> bool:
    """True for "acquisitions in which X takes part", "loans that X is part of": a noun before, and no word for who did it."""
    if not _is_noun(sentence, noun):
        return False
    between = {sentence.word(place) for place in range(noun.end, nominal.start)}
    return "in" in between or sentence.word(nominal.end) in ("is", "are", "takes", "take", "was", "were")


def _before_verb(sentence: Sentence, nominal: Nominal, verb: Cue, right: Cue | None) -> Roles:
    """Return the role of a subject: acted on where the verb is passive or another party stands nearer."""
    frame = FRAMES[verb.value]
    if right and _is_noun(sentence, right) and right.start - nominal.end > 1:
        return frame.acting if _owns(sentence, nominal, right) else NONE
    asked_by_whom = (
        right
        and right.start == nominal.end
        and sentence.before(nominal) in said("be")
        and not _is_noun(sentence, right)
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
    if verb.start != nominal.end or not _is_noun(sentence, verb) or nominal.ending in said("genitive"):
        return False
    owned = any(one.end <= nominal.start and one.ending in said("genitive") for one in sentence.nominals)
    return owned or sentence.word(verb.end) == "by"


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


def _is_noun(sentence: Sentence, verb: Cue) -> bool:
    return sentence.word(verb.end - 1) in said("noun_verbs") and sentence.word(verb.start - 1) not in (
        "to",
        *said("auxiliaries"),
    )


def _is_passive(sentence: Sentence, verb: Cue) -> bool:
    """True for "was acquired", "is backed by", "startups bought by"."""
    if verb.value in ("raise", "pay", "borrow") or _is_noun(sentence, verb) or sentence.word(verb.start).endswith("ing"):
        return False
    if sentence.word(verb.end) == "by":
        return True
    return any(sentence.word(place) in said("be") for place in range(max(0, verb.start - 2), verb.start)) or (
        sentence.word(0) in said("be") and not sentence.word(verb.start).endswith("s")
    )


def _is_fronted(sentence: Sentence, nominal: Nominal, verb: Cue) -> bool:
    """True where another party stands nearer before the verb: "Which chipmakers did OpenAI buy from"."""
    return any(one.start >= nominal.end and one.end <= verb.start for one in sentence.nominals if one is not nominal)


def _bengali(sentence: Sentence, nominal: Nominal) -> Roles:
    verb = next((verb for verb in sentence.verbs if verb.start >= nominal.end), sentence.verbs[-1])
    frame = FRAMES[verb.value]
    if sentence.word(nominal.end) in said("taking_part") or _in_compound(sentence, nominal, verb):
        return NONE
    by_postposition = _by_postposition(sentence, nominal, verb)
    if by_postposition is not None:
        return by_postposition
    if nominal.ending in said("accusative"):
        return frame.acted
    if nominal.ending in said("locative"):
        return frame.acted if verb.value not in ("borrow", "sell") else NONE
    if nominal.ending in said("genitive"):
        return _genitive(sentence, nominal, verb)
    return _nominative(sentence, nominal, verb)


def _by_postposition(sentence: Sentence, nominal: Nominal, verb: Cue) -> Roles | None:
    """Return what the word after the parties says: সঙ্গে, দ্বারা, কাছ থেকে, কাছে, জন্য; None where it says nothing."""
    frame, after = FRAMES[verb.value], sentence.word(nominal.end)
    if after in said("near") | said("from"):
        from_them = after in said("from") or sentence.word(nominal.end + 1) in said("from")
        return frame.acted if not from_them and verb.value in ("sell", "lend", "pay") else frame.source
    if after in said("by_bn"):
        return frame.acting
    if after in said("for_bn"):
        return frame.acted if verb.value in ("pay", "buy", "acquire") else NONE
    return NONE if after in said("with") else None


def _genitive(sentence: Sentence, nominal: Nominal, verb: Cue) -> Roles:
    """Read "X-er" before a verb or its noun: whose investment it is, or whose goods or shares are bought."""
    frame = FRAMES[verb.value]
    subjects = [one for one in sentence.nominals if one is not nominal and not one.ending]
    noun = sentence.word(verb.start) in said("noun_verbs") or sentence.words[verb.start].stem in said("noun_verbs")
    if verb.value in ("buy", "acquire") and sentence.word(verb.end - 1) in said("verbal_nouns"):
        last = min(verb.end + 1, len(sentence.words))
        goods = any(sentence.words[place].stem in said("goods") for place in range(nominal.end, last))
        sources = any(sentence.word(one.end) in said("near") | said("from") for one in sentence.nominals)
        if subjects or goods or sources:
            return frame.acting  # "X-er Y kena", "X-er chip kenar chukti": the genitive is who buys
    if verb.value in ("buy", "shares"):
        return frame.acted if verb.start >= nominal.end and not (noun and not subjects) else NONE
    if verb.value in ("invest", "pay", "lend", "guarantee") and noun and not subjects:
        objects = [one for one in sentence.nominals if one.ending in said("locative") | said("accusative")]
        alone = len(sentence.nominals) == 1 and verb.start - nominal.end <= _OWN_GAP
        return frame.acting if objects or alone or verb.start - nominal.end <= 1 or verb.value == "pay" else NONE
    return NONE


def _nominative(sentence: Sentence, nominal: Nominal, verb: Cue) -> Roles:
    frame = FRAMES[verb.value]
    if verb.value in ("buy", "acquire", "shares"):
        others_after = any(one.start >= verb.end and not one.ending for one in sentence.nominals if one is not nominal)
        if nominal.start >= verb.end:
            return frame.acting  # "X kinlo Y": the subject follows its verb
        if others_after:
            return frame.acted
        earlier = any(one.start < nominal.start and not one.ending for one in sentence.nominals)
        others = any(not one.ending for one in sentence.nominals if one is not nominal)
        whose = any(one.ending in said("genitive") for one in sentence.nominals) and sentence.word(verb.end - 1) in said(
            "verbal_nouns"
        )
        if whose and not others:
            return frame.acted
        taken = {place for one in sentence.nominals for place in range(one.start, one.end)}
        asks_who = any(word.text in said("who_bn") for place, word in enumerate(sentence.words) if place not in taken)
        if earlier or (asks_who and not others):
            return frame.acted
    return frame.acting
