"""Who does what to whom: the roles that verbs, nouns, prepositions and case endings give to the named parties."""

from dataclasses import dataclass

from assistant.schema import PartyTerm
from assistant.words import Cue, Word
from index.records import Role

Roles = frozenset[Role]
_PAYERS = {Role.BUYER, Role.INVESTOR, Role.ACQUIRER, Role.LENDER, Role.LESSEE}
_PAID = {Role.SELLER, Role.INVESTEE, Role.TARGET, Role.BORROWER, Role.LESSOR}


@dataclass(frozen=True, slots=True)
class Frame:
    """The roles of the one who acts, of the one acted on, and of who stands after "from" (or থেকে)."""

    acting: Roles
    acted: Roles
    source: Roles


def _frame(acting: set[Role], acted: set[Role], source: set[Role]) -> Frame:
    return Frame(frozenset(acting), frozenset(acted), frozenset(source))


FRAMES: dict[str, Frame] = {
    "invest": _frame({Role.INVESTOR}, {Role.INVESTEE}, {Role.INVESTOR}),
    "raise": _frame({Role.INVESTEE}, {Role.INVESTEE}, {Role.INVESTOR}),
    "come": _frame(set(), set(), _PAYERS),
    "buy": _frame(
        {Role.BUYER, Role.ACQUIRER, Role.LESSEE}, {Role.SELLER, Role.TARGET, Role.LESSOR}, {Role.SELLER, Role.LESSOR}
    ),
    "acquire": _frame({Role.ACQUIRER}, {Role.TARGET}, {Role.SELLER}),
    "sell": _frame(
        {Role.SELLER, Role.LESSOR}, {Role.BUYER, Role.LESSEE, Role.ACQUIRER, Role.INVESTOR}, {Role.SELLER, Role.LESSOR}
    ),
    "rent": _frame({Role.LESSEE, Role.BUYER}, {Role.LESSOR, Role.SELLER}, {Role.LESSOR, Role.SELLER}),
    "lend": _frame({Role.LENDER}, {Role.BORROWER}, {Role.LENDER}),
    "borrow": _frame({Role.BORROWER}, {Role.LENDER}, {Role.LENDER}),
    "guarantee": _frame({Role.GUARANTOR}, set(Role) - {Role.GUARANTOR}, {Role.GUARANTOR}),
    "shares": _frame(
        {Role.INVESTOR, Role.HOLDER, Role.ACQUIRER}, {Role.INVESTEE, Role.ISSUER, Role.TARGET}, {Role.SELLER, Role.ISSUER}
    ),
    "pay": _frame(_PAYERS, _PAID, _PAYERS),
}
# Nouns for one side of a deal: the role of the other side ("suppliers of X") and their own ("X is a supplier").
AGENTS: dict[str, tuple[Roles, Roles]] = {
    "investors": (frozenset({Role.INVESTEE, Role.ISSUER}), frozenset({Role.INVESTOR})),
    "lenders": (frozenset({Role.BORROWER}), frozenset({Role.LENDER})),
    "borrowers": (frozenset({Role.LENDER}), frozenset({Role.BORROWER})),
    "suppliers": (frozenset({Role.BUYER, Role.LESSEE}), frozenset({Role.SELLER, Role.LESSOR})),
    "customers": (frozenset({Role.SELLER, Role.LESSOR}), frozenset({Role.BUYER, Role.LESSEE})),
    "acquirers": (frozenset({Role.TARGET}), frozenset({Role.ACQUIRER})),
    "targets": (frozenset({Role.ACQUIRER}), frozenset({Role.TARGET})),
    "guarantors": (frozenset(set(Role) - {Role.GUARANTOR}), frozenset({Role.GUARANTOR})),
}
NONE: Roles = frozenset()
_LOCATIVE = {"তে", "ে", "য়", "য়ে", "এ", "te", "e", "y", "ে"}
_ACCUSATIVE = {"কে", "ke"}
_GENITIVE = {"র", "ের", "এর", "য়ের", "r", "er", "'s", "s"}
_FROM = {"থেকে", "theke", "হতে", "hote"}
_NEAR = {"কাছ", "kach", "কাছে", "kache", "নিকট", "kase", "kas"}
_WITH = {"সাথে", "সঙ্গে", "sathe", "shathe", "sathey", "songe", "shonge", "মধ্যে", "মাঝে", "moddhe", "modhye"}
_BY_BN = {"দ্বারা", "কর্তৃক", "dara", "kortrik"}
_FOR_BN = {"জন্য", "পেছনে", "পিছনে", "বাবদ", "jonno", "jonne", "pechone"}
_WHO_BN = {"কে", "কারা", "কাকে", "ke", "kara", "keu", "কেউ"}
_ASIDE = {"the", "any", "a", "an", "other", "another", "all", "its", "both", "either", "some", "own"}
_AUXILIARIES = {"did", "does", "do", "has", "have", "had", "can", "could", "will", "would", "should", "may", "might"}
_BE = {"is", "was", "were", "are", "been", "being", "be", "got", "get"}
_COPULA = _BE | {"a", "an", "the", "as", "also", "one", "of", "not", "main", "acts", "act", "acting", "serves", "big", "biggest",
    "largest", "major", "really", "still", "in", "both"}  # fmt: skip
_HISHEBE = {"হিসেবে", "হিসাবে", "হয়েছে", "ছিল", "হয়", "হয়েছিল", "hishebe", "hisebe", "hishabe", "hisabe", "hoyeche", "chilo", "hoise", "হিসেবেই"}
_AGENT_GAP = 2  # words at most between a company and the noun of a side that speaks of it
_VERBAL_NOUNS = {"কেনা", "কেনার", "কেনায়", "কেনাটা", "kena", "kenar", "অধিগ্রহণ", "অধিগ্রহণের", "odhigrohon", "acquire", "ক্রয়"}
_NOUN_VERBS = {"investment", "investments", "purchase", "purchases", "বিনিয়োগ", "বিনিয়োগগুলো", "লগ্নি", "খরচ", "ব্যয়", "পেমেন্ট", "payment",
    "payments", "spending", "order", "orders", "biniyog", "khoroch"}  # fmt: skip


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
        while self.word(place) in _ASIDE:
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
    located = [one for one in sentence.nominals if one.ending in _LOCATIVE]
    if len(sentence.nominals) < 2 or not located:
        return NONE
    frame = FRAMES["shares"]
    return frame.acted if nominal in located else frame.acting if nominal.ending in _GENITIVE else NONE


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
    after = [sentence.word(place) for place in range(agent.end, nominal.start)]
    if 0 < len(after) <= _AGENT_GAP + 1 and after[0] in ("of", "in", "to", "for", "behind") and set(after[1:]) <= _ASIDE:
        return other
    between = [sentence.word(place) for place in range(nominal.end, agent.start)]
    possessive = nominal.ending in ("'s", "s", "'")
    if nominal.end <= agent.start and between and not possessive and set(between) <= _COPULA:
        return own
    if nominal.end <= agent.start and len(between) <= _AGENT_GAP and not set(between) & (_BE | {"as"}):
        return other
    return None


def _noun_bengali(sentence: Sentence, nominal: Nominal, agent: Cue) -> Roles | None:
    other, own = AGENTS[agent.value]
    gap = agent.start - nominal.end
    if nominal.ending in _GENITIVE and 0 <= gap <= _AGENT_GAP:
        return other
    if nominal.ending or gap < 0:
        return None
    bound = any(one is not nominal and one.ending in _GENITIVE and 0 <= agent.start - one.end <= 1 for one in sentence.nominals)
    if bound or gap > 0 or any(sentence.word(place) in _HISHEBE for place in (agent.end, agent.end + 1)):
        return own
    return other


def _english(sentence: Sentence, nominal: Nominal) -> Roles:
    left = next((verb for verb in reversed(sentence.verbs) if verb.end <= nominal.start), None)
    right = next((verb for verb in sentence.verbs if verb.start >= nominal.end), None)
    previous = adjacent = sentence.before(nominal)
    by_preposition = _by_preposition(sentence, nominal, previous, left, right)
    if by_preposition is not None:
        return by_preposition
    if right and adjacent in _AUXILIARIES:
        return FRAMES[right.value].acting
    if left and adjacent in _AUXILIARIES:
        return FRAMES[left.value].acting
    if left and (right is None or nominal.start - left.end <= 1) and not _is_noun(sentence, left):
        if left.value == "sell" and any(sentence.word(place) == "to" for place in range(nominal.end, len(sentence.words))):
            return NONE
        return FRAMES[left.value].acted
    verb = right or left
    if verb is None:
        return NONE
    frame = FRAMES[verb.value]
    if right and (_is_passive(sentence, right) or _is_fronted(sentence, nominal, right)):
        return frame.acted
    return frame.acting


def _by_preposition(sentence: Sentence, nominal: Nominal, previous: str, left: Cue | None, right: Cue | None) -> Roles | None:
    """Return what a preposition says of the parties after it; None where it says nothing of roles."""
    verb = left or right
    if verb is None:
        return NONE
    frame = FRAMES[verb.value]
    if previous == "by":
        return frame.acting
    if previous == "from":
        return frame.source
    if previous in ("in", "into", "on", "for") and left:
        return frame.acted
    if previous == "to" and left:
        return frame.acted
    if previous == "in" and right:
        return FRAMES[right.value].acted
    if previous == "of" and left:
        return frame.acting if left.value == "invest" else frame.acted
    if previous in ("with", "between", "under", "against", "than"):
        return NONE
    del sentence, nominal
    return None


def _is_noun(sentence: Sentence, verb: Cue) -> bool:
    return sentence.word(verb.end - 1) in _NOUN_VERBS and sentence.word(verb.start - 1) not in ("to", *_AUXILIARIES)


def _is_passive(sentence: Sentence, verb: Cue) -> bool:
    """True for "was acquired", "is backed by", "startups bought by"."""
    if verb.value in ("raise", "pay", "borrow") or sentence.word(verb.start).endswith("ing"):
        return False
    if sentence.word(verb.end) == "by":
        return True
    return any(sentence.word(place) in _BE for place in range(max(0, verb.start - 2), verb.start)) or (
        sentence.word(0) in _BE and not sentence.word(verb.start).endswith("s")
    )


def _is_fronted(sentence: Sentence, nominal: Nominal, verb: Cue) -> bool:
    """True where another party stands nearer before the verb: "Which chipmakers did OpenAI buy from"."""
    return any(one.start >= nominal.end and one.end <= verb.start for one in sentence.nominals if one is not nominal)


def _bengali(sentence: Sentence, nominal: Nominal) -> Roles:
    verb = next((verb for verb in sentence.verbs if verb.start >= nominal.end), sentence.verbs[-1])
    frame, after = FRAMES[verb.value], sentence.word(nominal.end)
    if after in _WITH or after in _BY_BN:
        return NONE if after in _WITH else frame.acting
    if after in _NEAR or after in _FROM:
        to_them = after not in _FROM and sentence.word(nominal.end + 1) not in _FROM and verb.value in ("sell", "lend", "pay")
        return frame.acted if to_them else frame.source
    if after in _FOR_BN:
        return frame.acted if verb.value in ("pay", "buy", "acquire") else NONE
    if nominal.ending in _ACCUSATIVE:
        return frame.acted
    if nominal.ending in _LOCATIVE:
        return frame.acted if verb.value not in ("borrow", "sell") else NONE
    if nominal.ending in _GENITIVE:
        return _genitive(sentence, nominal, verb)
    return _nominative(sentence, nominal, verb)


def _genitive(sentence: Sentence, nominal: Nominal, verb: Cue) -> Roles:
    """Read "X-er" before a verb or its noun: whose investment it is, or whose goods or shares are bought."""
    frame = FRAMES[verb.value]
    subjects = [one for one in sentence.nominals if one is not nominal and not one.ending]
    noun = sentence.word(verb.start) in _NOUN_VERBS or sentence.words[verb.start].stem in _NOUN_VERBS
    if verb.value in ("buy", "acquire") and sentence.word(verb.end - 1) in _VERBAL_NOUNS and subjects:
        return frame.acting  # "X-er Y kena": the genitive is who buys
    if verb.value in ("buy", "shares"):
        return frame.acted if verb.start >= nominal.end and not (noun and not subjects) else NONE
    if verb.value in ("invest", "pay", "lend", "guarantee") and noun and not subjects:
        objects = [one for one in sentence.nominals if one.ending in _LOCATIVE | _ACCUSATIVE]
        return frame.acting if objects or verb.start - nominal.end <= 1 or verb.value == "pay" else NONE
    return NONE


def _nominative(sentence: Sentence, nominal: Nominal, verb: Cue) -> Roles:
    frame = FRAMES[verb.value]
    if verb.value in ("buy", "acquire", "shares"):
        earlier = any(one.start < nominal.start and not one.ending for one in sentence.nominals)
        others = any(not one.ending for one in sentence.nominals if one is not nominal)
        whose = any(one.ending in _GENITIVE for one in sentence.nominals) and sentence.word(verb.end - 1) in _VERBAL_NOUNS
        if whose and not others:
            return frame.acted
        asks_who = any(word.text in _WHO_BN for word in sentence.words)
        if earlier or (asks_who and not others):
            return frame.acted
    return frame.acting
