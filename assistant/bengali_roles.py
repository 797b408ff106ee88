"""The roles that case endings, postpositions and word order give in Bengali, in either script."""

from assistant.frames import AGENTS, FRAMES, NONE, Roles
from assistant.sentence import Nominal, Sentence, in_compound
from assistant.words import Cue, said

_OWN_GAP = 7  # words at most between a company and its own investment ("X-এর ২০২৫ সালের সবচেয়ে বড় বিনিয়োগ")
_AGENT_GAP = 2  # words at most between a company and the noun of a side that speaks of it


def by_verb(sentence: Sentence, nominal: Nominal) -> Roles:
    """Return the roles that the verb next to the parties gives them; empty means any."""
    verb = next((verb for verb in sentence.verbs if verb.start >= nominal.end), sentence.verbs[-1])
    frame = FRAMES[verb.value]
    if sentence.word(nominal.end) in said("taking_part") or in_compound(sentence, nominal, verb):
        return NONE
    by_postposition = _by_postposition(sentence, nominal, verb)
    if by_postposition is not None:
        return by_postposition
    if nominal.ending in said("accusative"):
        return frame.acting if _is_due(sentence, verb) else frame.acted
    if nominal.ending in said("locative"):
        return frame.acted if verb.value not in ("borrow", "sell", "let") else NONE
    if nominal.ending in said("genitive"):
        return _genitive(sentence, nominal, verb)
    return _nominative(sentence, nominal, verb)


def _by_postposition(sentence: Sentence, nominal: Nominal, verb: Cue) -> Roles | None:
    """Return what the word after the parties says: সঙ্গে, দ্বারা, কাছ থেকে, কাছে, জন্য; None where it says nothing."""
    frame, after = FRAMES[verb.value], sentence.word(nominal.end)
    if after in said("near") | said("from"):
        from_them = after in said("from") or sentence.word(nominal.end + 1) in said("from")
        return frame.acted if not from_them and verb.value in ("sell", "lend", "pay", "let", "issue") else frame.source
    if after in said("by_bn"):
        return frame.acting
    if after in said("for_bn"):
        return frame.acted if verb.value in ("pay", "buy", "acquire", "guarantee", "lend", "sell") else NONE
    return NONE if after in said("with") else None


def _is_due(sentence: Sentence, verb: Cue) -> bool:
    """True for "গুগলকে কত গুনতে হয়েছে": who has to do it stands with -কে."""
    due = sentence.word(verb.end - 1), sentence.word(verb.end)
    pairs = (due, (sentence.word(verb.end - 2), due[0]))
    return any(first.endswith(("তে", "te")) and then.startswith(("হ", "ho", "hoi")) for first, then in pairs)


def _genitive(sentence: Sentence, nominal: Nominal, verb: Cue) -> Roles:
    """Read "X-er" before a verb or its noun: whose investment it is, or whose goods or shares are bought."""
    frame = FRAMES[verb.value]
    subjects = [one for one in sentence.nominals if one is not nominal and not one.ending]
    noun = sentence.word(verb.start) in said("noun_verbs") or sentence.words[verb.start].stem in said("noun_verbs")
    if verb.value in ("buy", "acquire") and any(one.start >= verb.end for one in subjects) and len(subjects) == 1:
        return frame.acted  # "X-er karkhana kinte Y": who buys it comes after
    if verb.value == "rent" and not subjects and _asks_who(sentence):
        return frame.acted  # "X-er khomota vara nicche kara"
    if verb.value in ("buy", "acquire") and sentence.word(verb.end - 1) in said("verbal_nouns"):
        last = min(verb.end + 1, len(sentence.words))
        goods = any(sentence.words[place].stem in said("goods") for place in range(nominal.end, last))
        sources = any(sentence.word(one.end) in said("near") | said("from") for one in sentence.nominals)
        shopping = sentence.word(verb.end - 1).startswith(tuple(said("shopping")))
        if subjects or goods or sources or shopping:
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
        others_after = any(one.start >= verb.end and _is_bare(sentence, one) for one in sentence.nominals if one is not nominal)
        if nominal.start >= verb.end:
            return frame.acting  # "X kinlo Y": the subject follows its verb
        follows = verb.start == nominal.end and sentence.word(verb.start) in said("verbal_nouns")
        alone = len(sentence.nominals) == 1 and sentence.word(verb.end - 1) in said("purchases")
        if others_after or (follows and (alone or any(one.start >= verb.end for one in sentence.nominals))):
            return frame.acted  # "উইজ কিনতে গুগলকে": who bought it comes after
        if any(sentence.word(place) in said("whom") for place in range(nominal.end, verb.end + 1)):
            return frame.acting  # "X kake kinse": whom it bought is asked
        earlier = any(one.start < nominal.start and _is_bare(sentence, one) for one in sentence.nominals)
        others = any(_is_bare(sentence, one) for one in sentence.nominals if one is not nominal)
        whose = any(one.ending in said("genitive") for one in sentence.nominals) and sentence.word(verb.end - 1) in said(
            "verbal_nouns"
        )
        if whose and not others and verb.value != "shares":
            return frame.acted
        taken = {place for one in sentence.nominals for place in range(one.start, one.end)}
        asks_who = any(word.text in said("who_bn") for place, word in enumerate(sentence.words) if place not in taken)
        if earlier or (asks_who and not others):
            return frame.acted
    return frame.acting


def _is_bare(sentence: Sentence, nominal: Nominal) -> bool:
    """True for parties without case ending or postposition: who acts, or is acted on."""
    return not nominal.ending and sentence.word(nominal.end) not in said("near") | said("from") | said("with")


def by_noun(sentence: Sentence, nominal: Nominal, agent: Cue) -> Roles | None:
    """Return what the noun of a side (ক্রেতা, ঋণদাতা) says of the parties; None where it does not speak of them."""
    other, own = AGENTS[agent.value]
    gap = agent.start - nominal.end
    if gap < 0:
        return own if _names_them(sentence, nominal, agent) else None
    as_one = any(sentence.word(place) in said("as_one") for place in (agent.end, agent.end + 1))
    asks_who = _asks_who(sentence) or any(sentence.word(place) in said("wh") for place in range(agent.start, agent.end))
    if _is_topic(sentence, nominal) and (sentence.word(agent.start - 1) in said("itself") or (as_one and not asks_who)):
        return own  # "X-er jesob deal-e se buyer", "X-er chukti, kreta hisebe"
    if nominal.ending in said("genitive"):
        return other if gap <= _AGENT_GAP else None
    place = agent.end + (sentence.word(agent.end) in said("plural_cases"))
    if nominal.ending or sentence.word(place) in said("from_them"):
        return None
    bound = any(
        one is not nominal and one.ending in said("genitive") and 0 <= agent.start - one.end <= 1 for one in sentence.nominals
    )
    if gap > 0 and sentence.word(agent.end) in said("who_bn") and _is_trade(sentence, nominal, agent):
        return NONE  # "X বিক্রয়ের ক্ষেত্রে বিক্রেতা কে": X is what is sold
    is_one = any(sentence.word(place) in said("hishebe") for place in (agent.end, agent.end + 1))
    return own if bound or gap > 0 or is_one or not asks_who else other


def _is_trade(sentence: Sentence, nominal: Nominal, agent: Cue) -> bool:
    """True where a noun for selling or buying stands between the parties and the noun of the side that is asked for."""
    return any(sentence.word(place).startswith(tuple(said("trades"))) for place in range(nominal.end, agent.start))


def _names_them(sentence: Sentence, nominal: Nominal, agent: Cue) -> bool:
    """True for parties after the noun: "ক্রেতা হিসেবে মেটার চুক্তি", "যেগুলোর ক্রেতা মেটা"."""
    gap = nominal.start - agent.end
    if gap == 1 and sentence.word(agent.end) in said("as_one") | said("hishebe"):
        return True
    asked = sentence.word(agent.start - 1) in said("which_one")
    return gap == 0 and not nominal.ending and not asked and sentence.words[agent.start].ending == ""


def _is_topic(sentence: Sentence, nominal: Nominal) -> bool:
    """True for the only company of a question, which a pronoun further on means."""
    named = [one for one in sentence.nominals if any(term.entities for term in one.terms)]
    return named == [nominal] and nominal.ending in {"", *said("genitive")}


def _asks_who(sentence: Sentence) -> bool:
    return any(word.text in said("who_bn") for word in sentence.words)
