"""Who does what in a question: conditions on the parties, with the roles that verbs, nouns and cases give them."""

from dataclasses import dataclass, replace

from assistant.reading.lexicon import Lexicon, Mark
from assistant.reading.sentence import Sentence
from assistant.schema import PartyTerm
from index.ledger import Ledger
from index.records import Role, Sector

_STRONG = (
    "invest",
    "raise",
    "acquire",
    "lend",
    "borrow",
    "rent_out",
    "rent",
    "supply",
    "guarantee",
    "sell",
    "license",
    "issue",
    "buy",
)
_DETERMINERS = frozenset(
    "the a an any all other its their some both only of every each major big various these those another".split()
)
_PASSIVE = frozenset("was were been being is are be got get gets".split())
_REACH = 3  # tokens between a name and the noun or postposition that says its role
_NEAR_ROLE = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A party of the question at tokens ``start`` to ``end``: its condition without role, and what its place says."""

    start: int
    end: int
    term: PartyTerm
    case: str = ""  # of, in, to, from, with, by, for, between, as, about, through, "" when nothing marks it
    joined: str = ""  # how it is joined to the item before: "and", "or", "" (not at all)
    named: bool = True  # an organisation, not a sector or country


@dataclass(frozen=True, slots=True)
class Verb:
    """The verb that gives roles: its frame's name and place."""

    frame: str
    start: int
    end: int


class Roles:
    """Reads the party conditions of sentences."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger) -> None:
        self._grammar = lexicon.grammar
        self._ledger = ledger

    def items(self, sentence: Sentence) -> tuple[Item, ...]:
        """Return the parties that a question names, in order, sectors and countries included."""
        found = [
            Item(name.start, name.end, PartyTerm(frozenset({name.entity}), words=name.thing), name.case)
            for place, name in enumerate(sentence.names)
            if name.entity not in {other.entity for other in sentence.names[:place]} or name.thing
        ]
        for mark in sentence.marks:
            if mark.has("sector") and not self._is_type_here(sentence, mark):
                sectors = frozenset(Sector(value) for value in mark.senses["sector"])
                found.append(Item(mark.start, mark.end, PartyTerm(sectors=sectors), mark.case, named=False))
            elif mark.has("country") or mark.has("region"):
                codes = {
                    code for kind in ("country", "region") for value in mark.senses.get(kind, ()) for code in value.split()
                }
                if sentence.word(mark.start) == "us" and sentence.tokens[mark.start].raw != "US":
                    continue
                found.append(Item(mark.start, mark.end, PartyTerm(countries=frozenset(codes)), mark.case, named=False))
        found.sort(key=lambda item: item.start)
        return self._joined(sentence, self._qualified(sentence, found))

    def _is_type_here(self, sentence: Sentence, mark: Mark) -> bool:
        """True for a word that is a sector and a kind of deal, followed by a noun of deals ("software deals" is a sector)."""
        return mark.has("type") and not mark.case

    def _qualified(self, sentence: Sentence, items: list[Item]) -> list[Item]:
        """Join a country with the sector after it ("Gulf funds"); drop the country where a noun of companies follows."""
        merged: list[Item] = []
        for item in items:
            last = merged[-1] if merged else None
            if last and last.term.countries and not last.term.sectors and item.term.sectors and item.start - last.end <= 1:
                merged[-1] = replace(item, start=last.start, term=replace(item.term, countries=last.term.countries))
            else:
                merged.append(item)
        return [self._placed(sentence, item) for item in merged]

    def _placed(self, sentence: Sentence, item: Item) -> Item:
        """Find the case of an item: a Bengali postposition after it, else its ending, else an English preposition before it."""
        end = item.end
        word = sentence.mark_at(end)
        company = word is not None and word.has("noun", "company") and (not item.named or (bool(word.case) and not item.case))
        if company and word is not None:
            item = replace(item, end=word.end, case=item.case or word.case)
            end = word.end
        for place in (end, end + 1):
            mark = sentence.mark_at(place)
            if mark and mark.has("case") and mark.start == place and (sentence.tokens[place].bengali or sentence.sounds):
                case = mark.senses["case"][0]
                if case not in ("of", "in") or not item.case:
                    return replace(item, case=case, end=mark.end if place == end else item.end)
            if mark is None or not mark.has("case"):
                break
        if item.case:
            return item
        place = item.start - 1
        while place >= 0 and (sentence.word(place) in _DETERMINERS and sentence.word(place) != "of"):
            place -= 1
        mark = sentence.mark_at(place) if place >= 0 else None
        if (
            mark
            and mark.has("case")
            and sentence.tokens[mark.start].latin
            and not (sentence.sounds and mark.end - mark.start == 1 and sentence.word(mark.start) not in _ENGLISH)
        ):
            return replace(item, case=mark.senses["case"][0])
        possessive = sentence.tokens[item.end - 1].word
        return replace(item, case="of") if possessive.endswith("'s") or possessive.endswith("s'") else item

    def _joined(self, sentence: Sentence, items: list[Item]) -> tuple[Item, ...]:
        """Mark items that "and", "or" or a comma joins; they share the case of the group."""
        result: list[Item] = []
        for item in items:
            last = result[-1] if result else None
            joined = self._link(sentence, last, item) if last else ""
            result.append(replace(item, joined=joined))
        shared: list[Item] = []
        group: list[Item] = []
        for item in (*result, None):
            if item is not None and item.joined:
                group.append(item)
                continue
            if group:
                cases = [
                    member.case for member in group if member.case and not (member.case == "of" and len(group) > 1 and False)
                ]
                case = cases[-1] if sentence.language == "bn" and cases else (cases[0] if cases else "")
                shared += [replace(member, case=case if len(group) > 1 else member.case) for member in group]
            group = [item] if item is not None else []
        return tuple(shared)

    def _link(self, sentence: Sentence, last: Item, item: Item) -> str:
        between = range(last.end, item.start)
        if len(between) > _REACH or (last.case in ("with", "to", "in", "from") and sentence.language == "bn" and not between):
            return ""
        links = [sentence.mark_at(place) for place in between]
        if any(mark and mark.has("intent", "compare") for mark in links):
            return "and"
        if len(between) == 1 and sentence.word(last.end) in ("না", "na") and last.named and item.named:
            return "or"
        if any(mark and mark.has("logic", "or") and not mark.has("ask", "whether") for mark in links):
            return "or"
        plain = [place for place, mark in zip(between, links, strict=True) if not (mark and mark.has("logic", "and"))]
        if between and all(sentence.word(place) in _DETERMINERS for place in plain) and len(plain) < len(between):
            return "and"
        comma = "," in sentence.text[sentence.tokens[last.end - 1].end : sentence.tokens[item.start].start]
        return "and" if comma and all(sentence.word(place) in _DETERMINERS for place in between) else ""

    def verb(self, sentence: Sentence) -> Verb | None:
        """Return the verb that gives roles, strong ones first; None when no verb does."""
        for mark in sentence.marks:
            if mark.has("type"):
                composed = self._composed(sentence, mark)
                if composed:
                    return composed
        found = [(frame, mark) for mark in sentence.of("frame") for frame in mark.senses["frame"]]
        for frame, mark in found:
            if frame == "buy" and self._buys_companies(sentence):
                return Verb("acquire", mark.start, mark.end)
            if frame in _STRONG and not (frame == "buy" and len({name for name, _ in found} & set(_STRONG)) > 1):
                shares = frame == "buy" and (
                    sentence.has("measure", "shares", "stake") or sentence.has("type", "equity_investment")
                )
                return Verb("invest" if shares else frame, mark.start, mark.end)
        for wanted in ("pay", "hold", "get", "partner", "build"):
            for frame, mark in found:
                if frame == wanted:
                    return Verb(frame, mark.start, mark.end)
        return None

    def _buys_companies(self, sentence: Sentence) -> bool:
        """True for "which companies did X buy", where a name acts and companies are bought."""
        nominative = any(not name.case for name in sentence.names)
        company = any(mark.has("noun", "company") for mark in sentence.marks)
        if sentence.language == "en":
            first = sentence.names[0].start if sentence.names else 0
            return (
                nominative
                and company
                and any(mark.has("noun", "company") and mark.end <= first for mark in sentence.marks)
                and sentence.has("ask")
            )
        return nominative and company and not sentence.has("case", "from", "near")

    def _composed(self, sentence: Sentence, noun: Mark) -> Verb | None:
        """Return the verb that a noun of deals makes with a light verb: "ঋণ কত নিয়েছে", "received how much investment"."""
        if noun.has("received"):
            return None
        for kind in noun.senses["type"]:
            table = self._grammar["composed"].get(kind)
            for mark in sentence.of("light") if table else ():
                if mark.start >= noun.end:
                    made = table.get(mark.senses["light"][0])
                    if made:
                        return Verb(made, mark.start, mark.end)
            if table and "do" in table and sentence.language == "bn" and self._done(sentence, noun):
                return Verb(table["do"], noun.start, noun.end)
        return None

    def _done(self, sentence: Sentence, noun: Mark) -> bool:
        return any(
            sentence.tokens[place].word.startswith(("কর", "kor"))
            for place in range(noun.end, min(len(sentence.tokens), noun.end + 4))
        )

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
        if verb is not None and verb.frame in _STRONG:
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
        if item.case in ("from", "by"):
            return "subject" if item.case == "by" else "from"
        if item.case == "with":
            return "with"
        if item.case == "to":
            return "to" if "to" in frame else "object"
        if item.case == "near":
            return "to" if verb.frame in ("sell", "supply", "rent_out", "issue", "lend") else "from"
        if item.case == "in":
            return "from" if verb.frame == "buy" else "object"
        following = sentence.mark_at(item.end)
        if (
            following
            and following.start == item.end
            and following.has("measure", "shares", "stake")
            and verb.frame == "invest"
            and len(items) > 1 - sentence.has("ask", "who")
        ):
            return "object"
        things = verb.frame in ("buy", "rent") and item.case in ("of", "") and following and following.start == item.end
        if (
            things
            and following
            and following.has("type", "chip_supply", "cloud_contract")
            and item.start < verb.start
            and sentence.language == "bn"
        ):
            return "from" if item.case == "of" else "subject"
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
        acting = verb.frame in ("acquire", "buy", "license", "sell", "supply")
        alone = [other for other in items if not other.case and not other.joined]
        asked = any(mark.has("ask", "who") for mark in sentence.marks) or self._asks_company(sentence)
        if item.case == "of":
            ahead = any(other.case == "" and other.start > item.start for other in items) and verb.frame in ("acquire", "buy")
            whose = any(other.case == "" for other in items)
            return "subject" if not whose or ahead or (acting and item.start >= verb.end) else "object"
        owned = [other for other in items if other.case == "of"]
        if acting and len(alone) == 1 and owned:
            return "object" if owned[0].start < item.start or owned[0].start >= verb.end else "subject"
        if acting and any(other.case in ("to", "in", "from", "near") for other in items):
            return "subject"
        if acting and len(items) == 1 and sentence.word(verb.start).startswith(_NOMINAL):
            return "object"
        if acting and len(alone) > 1 and item.start == alone[-1].start:
            return "object"
        if len(alone) == 1 and asked and verb.frame in ("acquire", "buy", "license") and not self._asked_after(sentence, item):
            return "object"
        return "subject"

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
                before, after = mark.start - item.end, item.start - mark.end
                if item.case == "in" or (
                    sentence.language == "en"
                    and item.case in ("of", "into", "to", "for")
                    and 0 <= after <= _NEAR_ROLE
                    and kind != "equity_investment"
                ):
                    if abs(after if after >= 0 else before) <= _REACH:
                        return _role_set(patient)
                if item.case == "by" or (item.case == "from" and kind == "equity_investment"):
                    return _role_set(owner)
                if owner and 0 <= before <= _NEAR_ROLE and item.case in ("of", ""):
                    return self._held(item, _role_set(owner), _role_set(patient))
                if (
                    owner
                    and item.case == "of"
                    and sentence.language == "bn"
                    and -_REACH <= before < 0
                    and kind != "equity_investment"
                ):
                    return _role_set(owner)
                if owner and item.case == "of" and 0 <= after <= _NEAR_ROLE and kind == "equity_investment":
                    return _role_set(owner)
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
