"""Who does what in a question: conditions on the parties, with the roles that verbs, nouns and cases give them."""

from typing import Any

from assistant.reading.items import Item, items_of
from assistant.reading.lexicon import Lexicon, Mark
from assistant.reading.sentence import Sentence
from assistant.reading.verbs import STRONG, Verb, Verbs
from index.ledger import Ledger
from index.records import Role

_DETERMINERS = frozenset(
    "the a an any all other its their some both only of every each major big various these those another".split()
)
_PASSIVE = frozenset("was were been being is are be got get gets".split())
_REACH = 3  # tokens between a name and the noun or postposition that says its role
_NEAR_ROLE = 2


class Roles:
    """Reads the party conditions of sentences."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger) -> None:
        self._grammar = lexicon.grammar
        self._ledger = ledger
        self._verbs = Verbs(lexicon.grammar)

    @property
    def grammar(self) -> dict[str, Any]:
        """The tables of verb frames and role nouns."""
        return self._grammar

    def items(self, sentence: Sentence) -> tuple[Item, ...]:
        """Return the parties that a question names."""
        return items_of(sentence)

    def verb(self, sentence: Sentence) -> Verb | None:
        """Return the verb that gives roles; None when no verb does."""
        return self._verbs.verb(sentence)

    def terms(self, sentence: Sentence, items: tuple[Item, ...], verb: Verb | None) -> tuple[tuple[Item, frozenset[Role]], ...]:
        """Return each item with the roles that the question gives it."""
        return tuple((item, self._roles(sentence, item, items, verb)) for item in items)

    def _roles(self, sentence: Sentence, item: Item, items: tuple[Item, ...], verb: Verb | None) -> frozenset[Role]:
        if (
            item.term.countries
            and not item.term.sectors
            and item.case in ("in", "for", "about")
            and not _is_company(sentence, item)
        ):
            return frozenset()  # a place, no party
        noun = self._by_role_noun(sentence, item)
        if noun is not None:
            return noun
        if verb is not None and verb.frame in STRONG:
            return self._by_verb(sentence, item, items, verb)
        return self._by_deal_noun(sentence, item)

    def _by_role_noun(self, sentence: Sentence, item: Item) -> frozenset[Role] | None:
        """Read "investors in X", "X's suppliers", "X as lender"; None where no role noun belongs to the item."""
        for mark in sentence.of("role"):
            role = mark.senses["role"][0]
            before, after = mark.start - item.end, item.start - mark.end
            if self._says_as(sentence, mark, item) or _becomes(sentence, mark, item):
                return _role_set(role)
            close = 0 <= before <= 1 or 0 <= after <= _NEAR_ROLE
            if not close:
                continue
            if (0 <= before <= 1 and (item.case in ("of", "") or sentence.language == "bn")) or (
                after >= 0 and item.case in ("of", "in", "to", "for")
            ):
                return _role_set(self._grammar["counterpart"].get(role, ""))
        return None

    def _says_as(self, sentence: Sentence, mark: Mark, item: Item) -> bool:
        after = sentence.mark_at(mark.end)
        if after and after.has("case", "as") and item.end <= mark.start and mark.start - item.end <= _REACH:
            return True
        before = sentence.mark_at(mark.start - 1) if mark.start else None
        nearest = 0 <= mark.start - item.end <= _REACH
        return bool(before and before.has("case", "as") and nearest) or (
            nearest
            and sentence.word(mark.start - 1) in ("the", "a", "an")
            and sentence.word(mark.start - 2) in ("is", "was", "were", "are")
        )

    def _by_verb(self, sentence: Sentence, item: Item, items: tuple[Item, ...], verb: Verb) -> frozenset[Role]:
        frame = self._grammar["frames"][verb.frame]
        side = self._side(sentence, item, items, verb, frame)
        return _role_set(frame.get(side, ""))

    def _side(self, sentence: Sentence, item: Item, items: tuple[Item, ...], verb: Verb, frame: dict[str, str]) -> str:
        """Return the side of the verb that an item is on: subject, object, from, to or with."""
        marked = _marked_side(item, verb, frame) or _owner_side(sentence, item, items, verb)
        if marked:
            return marked
        if item.case == "for" and item.start > verb.start:
            return "object"
        if _bengali_order(sentence, verb):
            return self._bengali_side(sentence, item, items, verb)
        return self._english_side(sentence, item, items, verb)

    def _english_side(self, sentence: Sentence, item: Item, items: tuple[Item, ...], verb: Verb) -> str:
        passive = sentence.word(verb.end) == "by" or (
            any(sentence.word(place) in _PASSIVE for place in range(verb.start))
            and not sentence.word(verb.start).endswith("ing")
            and not any(other.start >= verb.end and not other.case for other in items)
            and sentence.word(verb.start).endswith(("ed", "t", "n", "d"))
        )
        if item.start >= verb.end:
            return "object"
        before = [other for other in items if other.end <= verb.start and not other.joined and other.case in ("", "of")]
        if passive:
            return "object"
        if (
            len(before) > 1
            and item.start == before[0].start
            and any(mark.has("ask") for mark in sentence.marks if mark.end <= item.start)
        ):
            return "object" if not item.named else "subject"
        return "subject"

    def _bengali_side(self, sentence: Sentence, item: Item, items: tuple[Item, ...], verb: Verb) -> str:
        """Return the side of an item that no ending but perhaps the genitive marks, in a sentence that ends with its verb."""
        acting = verb.frame in ("acquire", "buy", "license", "sell", "supply")
        if item.case == "of":
            ahead = any(other.case == "" and other.start > item.start for other in items) and verb.frame in ("acquire", "buy")
            whose = any(other.case == "" for other in items)
            return "subject" if not whose or ahead or (acting and item.start >= verb.end) else "object"
        return "object" if acting and self._is_bare_object(sentence, item, items, verb) else "subject"

    def _is_bare_object(self, sentence: Sentence, item: Item, items: tuple[Item, ...], verb: Verb) -> bool:
        """True for a name without ending that is bought: "উইজ কিনতে গুগলের", "X Y কিনেছে" (the second), "X কে কিনেছে"."""
        alone = [other for other in items if not other.case and not other.joined]
        owned = [other for other in items if other.case == "of"]
        if len(alone) == 1 and owned:
            return owned[0].start < item.start or owned[0].start >= verb.end
        if any(other.case in ("to", "in", "from", "near") for other in items):
            return False
        if len(alone) > 1:
            return item.start == alone[-1].start
        if len(items) == 1 and sentence.word(verb.start).startswith(_NOMINAL):
            return True
        asked = sentence.has("ask", "who") or self._asks_company(sentence)
        bought = verb.frame in ("acquire", "buy", "license")
        return len(alone) == 1 and asked and bought and not self._asked_after(sentence, item)

    def _asks_company(self, sentence: Sentence) -> bool:
        return any(
            mark.has("ask", "which")
            and (following := sentence.mark_at(mark.end)) is not None
            and following.has("noun", "company")
            for mark in sentence.marks
        )

    def _asked_after(self, sentence: Sentence, item: Item) -> bool:
        """True for "X কোন কোম্পানি কিনেছে": the company asked for stands after the one named, so X acts."""
        asked = next((mark for mark in sentence.marks if mark.has("ask", "which")), None)
        whom = next((mark for mark in sentence.marks if sentence.word(mark.start) in _WHOM), None)
        return (asked is not None and asked.start >= item.end) or whom is not None

    def _by_deal_noun(self, sentence: Sentence, item: Item) -> frozenset[Role]:
        """Read "Google's acquisitions", "investments in X", "acquisition of X"; empty where no such noun is near."""
        for mark in sentence.of("type"):
            for kind in mark.senses["type"]:
                owner, patient = self._grammar["owner"].get(kind, ""), self._grammar["patient"].get(kind, "")
                if sentence.has("received") and kind == "equity_investment":
                    owner = patient
                if _suffers(sentence, item, mark, kind):
                    return _role_set(patient)
                if owner and _owns(sentence, item, mark, kind):
                    near = 0 <= mark.start - item.end <= _NEAR_ROLE
                    return self._held(item, _role_set(owner), _role_set(patient)) if near else _role_set(owner)
        return frozenset()

    def _held(self, item: Item, owner: frozenset[Role], patient: frozenset[Role]) -> frozenset[Role]:
        """Take the owner's role, or the other one where the company only ever has that ("the Ampere takeover")."""
        held = frozenset(
            role for entity in item.term.entities for deal in self._ledger.of_party(entity) for role in deal.roles(entity)
        )
        return patient if item.term.entities and not held & owner and held & patient else owner


_ENGLISH = frozenset("of in into from with by for between about involving among regarding including".split())
_NOMINAL = ("কেনা", "কিনতে", "kena", "kinte", "kinar")  # the act of buying, without one who buys
_WHOM = frozenset("কাকে কাদের kake kader".split())


def _marked_side(item: Item, verb: Verb, frame: dict[str, str]) -> str:
    """Return the side that a case word or ending says by itself; "" where it says none."""
    plain = {"by": "subject", "from": "from", "with": "with"}
    if item.case in plain:
        return plain[item.case]
    if item.case == "to":
        return "to" if "to" in frame else "object"
    if item.case == "near":
        return "to" if verb.frame in ("sell", "supply", "rent_out", "issue", "lend") else "from"
    if item.case == "in":
        return "from" if verb.frame == "buy" else "object"
    return ""


def _owner_side(sentence: Sentence, item: Item, items: tuple[Item, ...], verb: Verb) -> str:
    """Return the side of who owns the shares that are bought, or sells the chips; "" for others."""
    following = sentence.mark_at(item.end)
    if following is None or following.start != item.end:
        return ""
    alone = len(items) == 1 and not sentence.has("ask", "who")
    if following.has("measure", "shares", "stake") and verb.frame == "invest" and not alone:
        return "object"
    bought = verb.frame in ("buy", "rent") and following.has("type", "chip_supply", "cloud_contract")
    if bought and item.start < verb.start and sentence.language == "bn" and item.case in ("of", ""):
        return "from" if item.case == "of" else "subject"
    return ""


def _suffers(sentence: Sentence, item: Item, mark: Mark, kind: str) -> bool:
    """True where a noun of deals is done to the item: "investments in X", "acquisition of X"."""
    before, after = mark.start - item.end, item.start - mark.end
    of = (
        sentence.language == "en"
        and item.case in ("of", "to", "for")
        and 0 <= after <= _NEAR_ROLE
        and kind != "equity_investment"
    )
    return (item.case == "in" or of) and abs(after if after >= 0 else before) <= _REACH


def _owns(sentence: Sentence, item: Item, mark: Mark, kind: str) -> bool:
    """True where the item does what a noun of deals says: "X's acquisitions", "acquisitions by X"."""
    before, after = mark.start - item.end, item.start - mark.end
    equity = kind == "equity_investment"
    if item.case == "by" or (item.case == "from" and equity):
        return True
    if item.case in ("of", "") and 0 <= before <= _NEAR_ROLE:
        return True
    if item.case != "of":
        return False
    return (sentence.language == "bn" and -_REACH <= before < 0 and not equity) or (0 <= after <= _NEAR_ROLE and equity)


def _is_company(sentence: Sentence, item: Item) -> bool:
    mark = sentence.mark_at(item.end - 1)
    return bool(mark and mark.has("noun", "company"))


def _becomes(sentence: Sentence, mark: Mark, item: Item) -> bool:
    """True for "is Oracle a customer of", "গুগল গ্যারান্টর হয়েছে": the item has the role itself."""
    between = mark.start - item.end
    if between == 1 and not item.case and sentence.word(item.end) in ("a", "an", "the"):
        return any(sentence.word(place) in _PASSIVE for place in range(item.start))
    return (
        sentence.language == "bn"
        and not item.case
        and not mark.case
        and 0 <= between <= _REACH
        and sentence.word(mark.end).startswith(("হ", "ho", "ছ", "hi"))
    )


def _role_set(text: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in text.split())


def _bengali_order(sentence: Sentence, verb: Verb) -> bool:
    """True when the verb is Bengali or Banglish, so that the sentence ends with it."""
    return (
        sentence.tokens[verb.start].bengali
        or (sentence.language == "bn" and verb.end >= len(sentence.tokens) - 2)
        or sentence.sounds
    )
