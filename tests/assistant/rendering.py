"""Puts a random query into words as people type them, in English, Bengali or Banglish: the way back of understanding."""

import re
from random import Random
from typing import Any

from assistant.schema import Filters, Intent, Query
from index.records import DealType, Status
from tests.assistant.random_filters import SIGNED, VERBS
from tests.assistant.random_queries import Task
from tests.assistant.speaking import Inflected, Script, Speaker

# Nouns that say who did it: "X's acquisitions" are those in which X acquires. Only neutral wordings leave the role open.
_ROLE_NOUNS = frozenset({DealType.ACQUISITION, DealType.BACKSTOP, DealType.EQUITY_INVESTMENT, DealType.ACQUIHIRE_LICENSE})


class Renderer(Speaker):
    """Renders queries in one script with one source of chance."""

    def render(self, task: Task) -> str:
        """Return the question in words."""
        return _polished(self._clause(task) if task.verb else self._question(task), self.script, self.random)

    # Whole questions

    def _question(self, task: Task) -> str:
        query, asks = task.query, self.words["asks"]
        slots: dict[str, Any] = {}
        if query.intent in (Intent.PATH, Intent.PROFILE, Intent.CIRCULAR):
            slots = dict(zip("ab", map(self.company, query.subject), strict=False))
            key = "circular_one" if query.intent == Intent.CIRCULAR and query.subject else str(query.intent)
            return self.pick(asks[key]).format(**slots)
        if query.intent == Intent.COMPARE:
            one, two = (self.party(side) for side in query.compared)
            condition = self.conditions(query.filters, front=True)
            wordings = [words for words in asks["compare"] if "{h" in words or not query.filters.types]
            return self.pick(wordings).format(a=one, b=two, h=self._noun(query.filters), x=" ".join(condition))
        if task.ask == "status":
            status = "signed" if query.filters.statuses == SIGNED else str(next(iter(query.filters.statuses)))
            bare = Filters(
                parties=query.filters.parties, types=query.filters.types, since=query.filters.since, until=query.filters.until
            )
            return self.pick(asks["status"][status]).format(np=self._deals(bare))
        positive = [term for term in query.filters.parties if not term.negated]
        shape = {1: "one", 2: "two"}.get(len(positive), "")
        split = f"{query.intent}_{shape}"
        plain = not query.filters.types & _ROLE_NOUNS and all(len(term.entities) < 2 for term in positive)
        if (
            split in asks
            and plain
            and self.random.random() < 0.4
            and not query.filters.only_parties
            and not self._status_key(query)
        ):
            a, b = (*map(self.party, positive), "")[:2]
            x = " ".join(self.conditions(query.filters, front=True))
            return self.pick(asks[split]).format(a=a, b=b, h=self._noun(query.filters), x=x)
        key = self.pick(asks["keys"][query.group_by]) if query.group_by else ""
        return self.pick(asks[_ask(query)]).format(np=self._deals(query.filters), n=self.digits(query.limit or ""), k=key)

    def _clause(self, task: Task) -> str:
        """Say who does what to whom."""
        acting, _ = VERBS[task.verb]
        slots: dict[str, Any] = {"s": "", "o": ""}
        for term in task.query.filters.parties:
            if not term.negated:
                slots["s" if term.roles == acting else "o"] = self.party(term, plural=self.script == "english")
        condition = " ".join(self.conditions(task.query.filters, front=True))
        clauses = self.words["clauses"][task.verb]
        wordings = [words for words in clauses[task.ask] if "{x}" in words or not condition]
        return self.pick(wordings).format(**slots, x=condition)

    def can(self, task: Task) -> bool:
        """True when the script has words for the task."""
        statuses = self.words["asks"]["status"]
        if task.ask == "status":
            asked = task.query.filters.statuses
            return asked == SIGNED or str(next(iter(asked))) in statuses
        either = any(len(term.entities) > 1 for term in task.query.filters.parties)
        if either and len(task.query.filters.parties) > 1 and task.query.filters.types & _ROLE_NOUNS:
            return False  # "between A and B or C" would be told in two ways
        if not task.verb:
            return True
        wordings = self.words["clauses"][task.verb].get(task.ask, ())
        conditions = self.conditions(task.query.filters)
        return any("{x}" in words or not conditions for words in wordings)

    # The deals

    def _deals(self, filters: Filters) -> Inflected:
        """Return the noun phrase for deals with all conditions."""
        noun = self._noun(filters)
        status = self._status_key(filters)
        before = self.words["status_before"].get(status, []) if status else []
        after = self.words["status_after"].get(status, []) if status else []
        adjective = self.pick(before) if before and (not after or self.random.random() < 0.5) else ""
        if self.script != "english":
            return self._deals_bengali(filters, noun, adjective)
        core, conditions = self._core(filters), self.conditions(filters)
        if status and not adjective:
            conditions.insert(0, self.pick(after))
        forms = [" ".join((core.replace("<h>", f"{adjective} {head}".strip()), *conditions)) for head in (noun.plain, noun.one)]
        return self.inflected(forms[0], one=forms[1])

    def _deals_bengali(self, filters: Filters, noun: Inflected, adjective: str) -> Inflected:
        core = self._core(filters)
        conditions = self.conditions(filters)
        described = " ".join(part for part in (adjective, noun.plain) if part)
        if core.startswith("<h>"):
            return self.inflected(" ".join((*conditions, described)))
        place = self.random.random() < 0.3 and len(conditions) == 1
        if place:  # "X-er 2025 saler deal": the condition stands between the company and the noun
            return self.inflected(core.replace("<h>", f"{conditions[0]} {described}"))
        return self.inflected(" ".join((*conditions, core.replace("<h>", described))))

    def _core(self, filters: Filters) -> str:
        """Return the noun with the parties that no verb gives a role; ``<h>`` stands for the noun."""
        positive = [term for term in filters.parties if not term.negated]
        if not positive:
            return "<h>"
        if filters.only_parties:
            named = [self.party(term) for term in positive]
            only = self.pick(self.words["only"]).format(a=named[0], b=named[1])
            return f"<h> {only}" if self.script == "english" else f"{only} <h>"
        parties = self.words["neutral" if filters.types & _ROLE_NOUNS else "parties"]
        plain = all(len(term.entities) == 1 for term in positive)
        named = [self.party(term) for term in positive]
        if len(positive) == 1:
            return self.pick(parties["one" if plain else "group"]).format(a=named[0], h="<h>")
        either = any(len(term.entities) > 1 for term in positive)
        wordings = [
            words for words in parties["two" if plain else "open"] if not (either and "{a} " in words and "{b" in words)
        ]
        return self.pick(wordings or parties["open"]).format(a=named[0], b=named[1], h="<h>")

    def _noun(self, filters: Filters) -> Inflected:
        kind = str(next(iter(filters.types))) if filters.types else "any"
        one, _, many = self.pick(self.words["nouns"][kind]).partition("/")
        return self.inflected(many or one, one=one)

    def _status_key(self, filters: Filters | Query) -> str:
        asked = filters.filters.statuses if isinstance(filters, Query) else filters.statuses
        if asked == SIGNED:
            return "signed"
        return "+".join(
            str(status) for status in Status if (status in asked and status != Status.LETTER_OF_INTENT) or asked == {status}
        )


def _ask(query: Query) -> str:
    """Return the name of the wordings for what a query asks."""
    if query.intent == Intent.LOOKUP:
        return f"lookup_{query.measure}"
    if query.intent == Intent.SUM:
        return "average" if query.aggregate == "average" else "sum_gigawatts" if query.measure == "gigawatts" else "sum"
    if query.intent == Intent.RANK:
        return f"{'rank' if query.limit == 1 else 'top'}_{query.measure}_{'desc' if query.descending else 'asc'}"
    if query.intent == Intent.GROUP:
        return "group_amount" if query.measure == "amount" else "group"
    return str(query.intent)


def _polished(text: str, script: Script, random: Random) -> str:
    """Take out double spaces; now and then drop the question mark, or type all in lower case."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ([?,])", r"\1", text)
    if random.random() < 0.3:
        text = text.rstrip("?")
    if script == "bengali":
        return text.replace("?", "।") if random.random() < 0.05 else text
    if script == "english" and random.random() < 0.25:
        return text.lower()
    return text if script == "banglish" else text[:1].upper() + text[1:]
