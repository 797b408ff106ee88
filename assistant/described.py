"""What only describes a company that is named: its country, the kind that it explains or is an example of."""

from dataclasses import replace

from assistant.linking import Mention
from assistant.parts import Parts
from assistant.schema import Filters, PartyTerm
from assistant.terms import Joined
from assistant.words import Cue, said
from index.ledger import Ledger
from index.records import Sector

_NEAR = 3  # words between a company, its shares and the word that says that they are pledged, at most


def described(ledger: Ledger, parts: Parts, filters: Filters) -> Filters:
    """Return the filters without kinds that the names after them explain, or without names that are examples of a kind."""
    kinds = [term for term in filters.parties if not term.entities and not term.negated and not term.words]
    if parts.says(*said("that_is")):
        named = frozenset[str]().union(*(term.entities for term in filters.parties if not term.negated))
        spent = [term for term in kinds if named and _holds(ledger, term, named)]
    else:
        spent = _examples(ledger, parts, filters, kinds)
    return replace(filters, parties=tuple(term for term in filters.parties if term not in spent))


def without_origins(ledger: Ledger, parts: Parts) -> Parts:
    """Take out what the company itself is: "আবুধাবির এমজিএক্স", "Paris-based Mistral", "Aker of Norway", "chipmaker Nvidia"."""
    for cue in parts.cues:
        if cue.kind not in ("country", "sector"):
            continue
        place = cue.end
        while place < len(parts.words) and parts.words[place].text in said("based"):
            place += 1
        company = next((one for one in parts.mentions if one.start == place), None)
        company = company or (_before_of(parts, cue.start) if cue.kind == "country" else None)
        kind = _kind(cue)
        if company and (cue.kind == "country" or _is_bare(parts, cue)) and _holds(ledger, kind, frozenset({company.entity})):
            kept = tuple(one for one in parts.joined if not _is_kind(one, kind))
            parts = replace(parts, joined=kept, cues=tuple(other for other in parts.cues if other != cue))
    return parts


def _kind(cue: Cue) -> PartyTerm:
    if cue.kind == "country":
        return PartyTerm(countries=frozenset(cue.value.split("+")))
    return PartyTerm(sectors=frozenset({Sector(cue.value)}))


def _is_bare(parts: Parts, cue: Cue) -> bool:
    """True for a kind in the singular without a case ending: "chipmaker Nvidia", not "chipmakers: Nvidia"."""
    word = parts.words[cue.end - 1]
    return word.text == word.stem or (not word.ending and not word.text.endswith("s"))


def with_collateral(ledger: Ledger, parts: Parts, filters: Filters) -> Filters:
    """Read a company whose shares are pledged for a loan as a word of the record: it is no party of the loan."""
    pledged = {mention.entity for mention in parts.mentions if _is_pledged(parts, mention)}
    if not pledged or len(pledged) == len({mention.entity for mention in parts.mentions}):
        return filters
    rest = tuple(term for term in filters.parties if not term.entities or not term.entities <= pledged)
    names = " ".join(ledger.entity(name).name_en for name in sorted(pledged))
    return replace(filters, parties=rest, text=f"{filters.text} {names} shares".strip())


def _is_pledged(parts: Parts, mention: Mention) -> bool:
    """True for "against its OpenAI shares", "ওপেনএআইয়ের শেয়ার বন্ধক রেখে"."""
    others = [other.start for other in parts.mentions if other.start >= mention.end]
    after = parts.words[mention.end : min([mention.end + _NEAR, *others])]
    shares = next((place for place, word in enumerate(after, mention.end) if {word.text, word.stem} & said("shares")), None)
    if shares is None or not any(map(parts.has, ("type", "frame"))):
        return False
    before = {word.text for word in parts.words[max(0, mention.start - _NEAR) : mention.start]}
    put = any(cue.kind == "term" and cue.value == "collateral" and 0 < cue.start - shares <= _NEAR for cue in parts.cues)
    return put or bool(before & said("pledging") and parts.has("type", "debt_financing"))


def _before_of(parts: Parts, start: int) -> Mention | None:
    """Return the company of "Aker of Norway": it stands before "of" or "from" and the country."""
    if not start or parts.words[start - 1].text not in ("of", "from"):
        return None
    return next((one for one in parts.mentions if one.end == start - 1), None)


def _is_kind(joined: Joined, kind: PartyTerm) -> bool:
    term = joined.terms[0]
    same = (term.countries, term.sectors) == (kind.countries, kind.sectors)
    return len(joined.terms) == 1 and same and not term.entities and not term.negated


def _examples(ledger: Ledger, parts: Parts, filters: Filters, kinds: list[PartyTerm]) -> list[PartyTerm]:
    """Return the companies of "Japanese banks such as MUFG": examples of the kind, which is what is asked for."""
    after = [place for place, word in enumerate(parts.words) if word.text in said("such_as")]
    before = [place for place, word in enumerate(parts.words) if word.text in said("the_like")]
    shown = {
        mention.entity
        for mention in parts.mentions
        if any(place < mention.start for place in after) or any(mention.end <= place for place in before)
    }
    examples = [term for term in filters.parties if term.entities and term.entities <= shown and not term.negated]
    named = frozenset[str]().union(*(term.entities for term in examples))
    return examples if any(_holds(ledger, kind, named) for kind in kinds) else []


def _holds(ledger: Ledger, kind: PartyTerm, named: frozenset[str]) -> bool:
    """True when every named company is of the sectors or countries of a kind."""
    entities = [ledger.entity(name) for name in named]
    return all(
        (not kind.countries or one.country in kind.countries) and (not kind.sectors or kind.sectors & set(one.sectors))
        for one in entities
    )
