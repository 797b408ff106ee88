"""A comparison with the deal last spoken of: "is that more than Reliance's?", "series h er sathe compare koro"."""

from dataclasses import replace

from assistant.asked import ranked_measure
from assistant.conversation.before import Before
from assistant.conversation.leaning import lacks_other_side
from assistant.conversation.pointed import the_single
from assistant.conversation.stated import Stated
from assistant.schema import Filters, Intent, Query
from assistant.selection import headings, measure, select
from assistant.terms import of_any_role
from index.records import Deal

NUMERIC = ("gigawatts", "valuation", "stake", "shares", "term")  # figures, sums of money aside, that are weighed as they are
_BOTH = 2  # companies that name a deal of their own


def against(one: Stated, before: Before, merged: Query) -> Query | None:
    """Compare the deal that was spoken of with the one that the follow-up names; ``merged`` is the query with its company."""
    single = the_single(before)
    if len(single) != 1 or not lacks_other_side(one):
        return None
    asked = ranked_measure(one.parts)
    if asked == "amount" and before.query.measure in NUMERIC:
        asked = before.query.measure
    own = before.ledger.deal(single[0])
    others = [deal for deal in _named(one, before, merged) if deal.id != own.id]
    alike = [deal for deal in others if deal.type == own.type] or others
    sized = [deal for deal in alike if measure(deal, asked) is not None] or alike
    if not sized:
        return None
    filters = Filters(deals=(own.id, *(deal.id for deal in sized)))
    return replace(
        before.query, intent=Intent.COMPARE, filters=filters, compared=(), measure=asked, limit=None, subject=(),
        flow_sum=False, language=one.query.language, script=one.query.script, not_understood=one.query.not_understood,
        unknown_names=one.query.unknown_names,
    )  # fmt: skip


def _headed(one: Stated, before: Before) -> tuple[Deal, ...]:
    """Return the deals whose titles hold the name that the follow-up begins with: মিশিগানেরটার চেয়ে."""
    return tuple(deal for deal in before.ledger.deals if one.parts.words[0].stem in headings(before.ledger)[deal.id])


def _named(one: Stated, before: Before, merged: Query) -> tuple[Deal, ...]:
    """Return the deals that stand on the other side: those named, those of the companies, or the company's of the same kind."""
    new = one.query.filters
    if new.deals:
        return select(before.ledger, Filters(deals=new.deals))
    named = tuple(term for term in one.parts.terms if not term.negated)
    if not named:
        return _headed(one, before)
    if len(named) >= _BOTH:
        return select(before.ledger, Filters(parties=of_any_role(named)))
    return select(before.ledger, replace(merged.filters, deals=()))
