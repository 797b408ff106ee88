"""What a question asks beyond the records: other subjects, and matters that are no field of a deal (a salary, a patent)."""

from dataclasses import replace

from assistant.asked import is_yesno
from assistant.parts import Parts
from assistant.schema import Filters, Intent, PartyTerm, Query
from assistant.words import Cue, said
from index.ledger import Ledger
from index.records import Role

_OF_DEALS = ("deal", "type", "sector", "frame", "status", "topic")  # cues of a question that speaks of deals
_WEAK_FRAMES = ("pay", "come", "sell", "raise")  # verbs of everyday talk: "how much does the head of X get"
_VALUED = frozenset({Role.INVESTEE, Role.TARGET, Role.ISSUER})  # whose valuation a deal states
_NEVER_RECORDED = ("adviser",)  # matters of deals that no record holds
_ASKING = ("intent", "measure", "rank", "group")  # cues of a clause that asks for something


def is_outside(parts: Parts) -> bool:
    """True for another subject (weather, sport, politics), and for a task that is no question on deals (a poem, a program)."""
    if parts.has("outside", "task") and not any(map(parts.has, ("deal", "type", "status"))):
        return True
    if _foretells(parts) or _uses(parts):
        return True
    told = any(map(parts.has, _OF_DEALS)) or parts.has("term")
    return parts.has("outside") and not told and (not parts.mentions or is_yesno(parts))


def _uses(parts: Parts) -> bool:
    """True for what is done with a product: "claude diye ki chobi banano jay"."""
    after = (parts.words[one.end].text for one in parts.mentions if one.how == "product" and one.end < len(parts.words))
    return any(text in said("instrument") for text in after) and not any(map(parts.has, (*_OF_DEALS, "measure")))


def _foretells(parts: Parts) -> bool:
    """True for a guess at how a company will fare: "2028 e nvidia ki aro boro hobe", "will Anthropic be worth ..."."""
    fares = any(map(parts.has, ("comparative", "rank"))) or parts.has("measure", "amount", "valuation") or parts.ranges
    told = any(map(parts.has, _OF_DEALS)) or parts.has("term")
    return parts.says(*said("future")) and len(parts.mentions) == 1 and bool(fares) and not told and is_yesno(parts)


def matters(parts: Parts, ledger: Ledger) -> tuple[Cue, ...]:
    """Return the matters beyond the records that the question asks for; empty where a deal's field is asked."""
    found = tuple(cue for cue in parts.cues if cue.kind == "beyond" and not _of_share_sale(parts, cue))
    if any(cue.value == "market_value" for cue in found) and _is_valued(parts, ledger):
        found = tuple(cue for cue in found if cue.value != "market_value")
    found += _missing_valuation(parts, ledger)
    if not _speaks_of_deals(parts):
        return found
    return tuple(cue for cue in found if _is_asked(parts, cue))


def phrase(parts: Parts, cue: Cue) -> str:
    """Return the words of a cue as they were typed."""
    return " ".join(word.raw for word in parts.words[cue.start : cue.end])


def rest(parts: Parts, asked: tuple[Cue, ...]) -> str:
    """Return the question without the clauses that ask for these matters; empty where what is left asks nothing."""
    if not asked:
        return ""
    kept = [clause for clause in _clauses(parts) if not any(clause[0] <= cue.start < clause[1] for cue in asked)]
    if not kept or not any(_asks(parts, clause) for clause in kept) or not any(_names(parts, clause) for clause in kept):
        return ""
    return " ".join(word.raw for start, end in kept for word in parts.words[start:end])


def query_of_matters(parts: Parts, asked: tuple[Cue, ...]) -> Query:
    """Return the query of a question that asks for nothing but such matters, which the articles may tell; of none: unknown."""
    if not asked:
        return Query(Intent.UNKNOWN, parts.language, parts.script, search=parts.text, out_of_scope=True)
    terms = tuple(replace(term, roles=frozenset(), words="") for term in parts.terms if not term.negated)
    named = tuple(dict.fromkeys(phrase(parts, cue) for cue in asked))
    return Query(
        Intent.PASSAGE,
        parts.language,
        parts.script,
        Filters(parties=_with_entities(terms)),
        search=parts.text,
        not_recorded=named,
    )


def _with_entities(terms: tuple[PartyTerm, ...]) -> tuple[PartyTerm, ...]:
    return tuple(term for term in terms if term.entities)


def _speaks_of_deals(parts: Parts) -> bool:
    return any(cue.kind in _OF_DEALS and not (cue.kind == "frame" and cue.value in _WEAK_FRAMES) for cue in parts.cues)


def _of_share_sale(parts: Parts, cue: Cue) -> bool:
    """True for employees who sell shares and customers who earn them, deals like others."""
    if cue.value == "salary" and (parts.has("measure", "shares", "stake") or parts.has("term", "vesting", "warrant")):
        return True
    return cue.value == "employees" and (parts.has("frame", "sell", "shares") or parts.says(*said("shares")))


def _is_valued(parts: Parts, ledger: Ledger) -> bool:
    named = {mention.entity for mention in parts.mentions}
    return any(deal.valuation_usd and deal.roles(one) & _VALUED for one in named for deal in ledger.of_party(one))


def _missing_valuation(parts: Parts, ledger: Ledger) -> tuple[Cue, ...]:
    """Return the cue of a valuation that no record states, asked of one company with nothing else said of a deal."""
    if len(parts.mentions) != 1 or _speaks_of_deals(parts) or parts.has("rank") or parts.has("term", "round") or parts.ranges:
        return ()
    cues = tuple(cue for cue in parts.cues if (cue.kind, cue.value) == ("measure", "valuation"))
    return () if _is_valued(parts, ledger) else cues


def _is_asked(parts: Parts, cue: Cue) -> bool:
    """True where a question word stands in the matter or by it: "how many employees", "কর্মী কতজন"."""
    if cue.value in _NEVER_RECORDED or any(word.text in said("how_much") for word in parts.words[cue.start : cue.end]):
        return True
    light = said("be") | said("auxiliaries") | said("aside") | said("genitive")
    hidden = parts.named
    for step, start in ((-1, cue.start - 1), (1, cue.end)):
        place = start
        while 0 <= place < len(parts.words):
            word = parts.words[place]
            if place not in hidden and word.text in said("wh") | {
                "how",
                "what",
                "who",
                "many",
                "much",
                "কতজন",
                "কয়জন",
                "kotojon",
            }:
                return True
            if place not in hidden and word.text not in light:
                break
            place += step
    return False


def _clauses(parts: Parts) -> list[tuple[int, int]]:
    """Return the places of the clauses, parted at "and" and at stops; the joining words are in none."""
    clauses, start = [], 0
    for place, word in enumerate(parts.words):
        if word.text in said("and"):
            clauses.append((start, place))
            start = place + 1
        elif place > start and word.start - parts.words[place - 1].end > 1:  # more than a space: a comma, a stop
            clauses.append((start, place))
            start = place
    clauses.append((start, len(parts.words)))
    return [clause for clause in clauses if clause[0] < clause[1]]


def _asks(parts: Parts, clause: tuple[int, int]) -> bool:
    inside = (cue for cue in parts.cues if clause[0] <= cue.start < clause[1])
    return any(cue.kind in _ASKING for cue in inside)


def _names(parts: Parts, clause: tuple[int, int]) -> bool:
    return any(clause[0] <= mention.start < clause[1] for mention in parts.mentions)
