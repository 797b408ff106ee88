"""Questions of which too little was understood: a wide list, or all deals of the company named, would be no answer."""

from dataclasses import replace

from assistant.asked import OF_DEALS, is_foreign
from assistant.everyday import everyday
from assistant.parts import Parts
from assistant.schema import Filters, Intent, Query
from assistant.words import said
from index.text import normalise

_WIDE = (Intent.LIST, Intent.COUNT, Intent.SUM, Intent.YESNO, Intent.LOOKUP, Intent.GROUP)
_OF_ONE = (Intent.LIST, Intent.YESNO, Intent.SUM, Intent.COUNT, Intent.LOOKUP)
_CLAIMS = (Intent.LIST, Intent.YESNO, Intent.LOOKUP)
_TAKING = ("invest", "acquire", "buy", "shares", "lend", "sell")  # verbs that take a company as their object
_FEW = 2  # words not understood from which a list of all deals of a company is no answer
_KINDS = (*OF_DEALS, "country", "measure", "rank", "group")
_TOLD = frozenset({"list", "yesno", "what_is"})  # intents that a question on anything has


def too_little(parts: Parts, query: Query) -> Query:
    """Refuse, or leave to the articles, a question of which the better part found no meaning; others as they are."""
    if query.intent == Intent.LOOKUP and query.filters == Filters():
        return replace(query, intent=Intent.PASSAGE, out_of_scope=is_foreign(parts))
    if not query.not_understood or query.unknown_names or query.smalltalk:
        return query
    if query.intent in _WIDE and _is_wide(query.filters):
        query = _narrowed(parts, query)
    elif query.intent in _CLAIMS and (names := _before_verb(parts, query.not_understood)):
        return replace(query, unknown_names=names, not_understood=())
    if _is_of_else(parts, query):
        return replace(query, intent=Intent.PASSAGE, not_recorded=query.not_understood, not_understood=())
    return query


def _narrowed(parts: Parts, query: Query) -> Query:
    """Refuse the object of a verb that no record has, and a wide list where more was lost than understood."""
    lost = query.not_understood
    if names := _object(parts, lost) or (_before_verb(parts, lost) if query.intent in _CLAIMS else ()):
        return replace(query, unknown_names=names, not_understood=())
    if len(lost) >= _FEW and len(lost) > _understood(parts):
        return replace(query, intent=Intent.PASSAGE, out_of_scope=True)
    return query


def _is_of_else(parts: Parts, query: Query) -> bool:
    """True where a company is named and what is asked of it, or counted, is no deal."""
    lost = query.not_understood
    if not lost or query.intent == Intent.PASSAGE:
        return False
    if query.intent == Intent.COUNT and _counts_else(parts, lost):
        return True
    return query.intent in _OF_ONE and _is_of_one(parts, query) and len(lost) >= _needed(parts, query)


def _is_wide(filters: Filters) -> bool:
    """True where nothing but a type or a status narrows the deals."""
    dated = filters.since or filters.until
    return not (filters.parties or filters.text or filters.deals or filters.ranges or dated)


def _understood(parts: Parts) -> int:
    return len({cue.start for cue in parts.cues if cue.kind in _KINDS}) + len(parts.mentions)


def _object(parts: Parts, lost: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that stand where an English verb of deals takes its object: "invested in hugging face"."""
    ends = [cue.end for cue in parts.cues if cue.kind == "frame" and cue.value in _TAKING]
    if parts.script != "english" or not ends:
        return ()
    place, found = ends[-1], []
    while place < len(parts.words) and parts.words[place].text in said("leading") | said("poured"):
        place += 1
    while place < len(parts.words) and parts.words[place].raw in lost and not parts.words[place].text.endswith("ly"):
        found.append(parts.words[place].raw)
        place += 1
    return (" ".join(found),) if found else ()


def _counts_else(parts: Parts, lost: tuple[str, ...]) -> bool:
    """True for "how many cars does X own", "গাড়ি কয়টা": what is counted has no meaning here."""
    cue = next((one for one in parts.cues if (one.kind, one.value) == ("intent", "count")), None)
    if cue is None or any(map(parts.has, OF_DEALS)):
        return False
    beside = parts.words[cue.end : cue.end + 1] + (parts.words[cue.start - 1 : cue.start] if parts.language == "bn" else ())
    return any(word.raw in lost for word in beside)


def _before_verb(parts: Parts, lost: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that stand where a Bengali verb of deals takes its object: "apple to perplexity kine felse"."""
    starts = [cue.start for cue in parts.cues if cue.kind == "frame" and cue.value in _TAKING]
    if parts.language != "bn" or not starts or len(parts.mentions) > 1:
        return ()
    place, found = starts[-1] - 1, list[str]()
    while place >= 0 and place not in parts.named:
        word = parts.words[place]
        if word.raw in lost:
            found.insert(0, word.raw)
        elif found or not (place in parts.covered or word.text in _light()):
            break
        place -= 1
    return (" ".join(found),) if any(not everyday().holds(normalise(word)) for word in found) else ()


def _light() -> frozenset[str]:
    return said("accusative") | said("locative") | said("wh") | said("particles") | said("near") | said("from")


def _is_of_one(parts: Parts, query: Query) -> bool:
    """True where a company is named and no word speaks of its deals: "does the new Nokia phone have a headphone jack"."""
    one = len({mention.entity for mention in parts.mentions}) == 1
    if not (one or _are_products(parts)) or query.filters.deals or query.filters.text:
        return False
    asked = any(cue.kind == "measure" and cue.value != "amount" for cue in parts.cues)
    told = any(cue.kind == "intent" and cue.value not in _TOLD and cue.value != "sum" for cue in parts.cues)
    return not (asked or told or any(map(parts.has, (*OF_DEALS, "rank", "group", "disclosure"))))


def _are_products(parts: Parts) -> bool:
    return bool(parts.mentions) and all(mention.how == "product" for mention in parts.mentions)


def _needed(parts: Parts, query: Query) -> int:
    """Return how many words without a meaning make a question another: a list is answered beside one of them."""
    judged = parts.says(*said("judging")) or _are_products(parts)
    return _FEW if query.intent == Intent.LIST and not judged else 1
