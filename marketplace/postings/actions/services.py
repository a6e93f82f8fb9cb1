from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import force_locale

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.text import plain
from marketplace.people.accounts.models import User
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action, Existence
from marketplace.postings.actions.rules import can_check
from marketplace.region.places.enums import FederalState
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.search.enums import Standing as InSearch
from marketplace.upkeep.search.services import Card, marks_of, put_into_index


@dataclass(frozen=True)
class Finding:
    """What the office found about one state; `is_today`: it looked again today."""

    standing: Standing = Standing.OPEN
    evidence: str = ""
    is_today: bool = False


@dataclass(frozen=True, kw_only=True)
class Check:
    """What the office found about an action: where it exists, who pays for it."""

    findings: Mapping[FederalState, Finding] = field(default_factory=dict)
    funding: str = ""


def list_action(action: Action, *, at: datetime) -> None:
    """Shows an action that others can take over, new or anew.

    A new one is open in all three states. Refuses one without title or description.
    """
    if not (action.title and action.description):
        raise Refusal(_("Eine Aktion braucht Titel und Beschreibung."))
    is_new = action.id is None
    action.sort_title, action.changed_at = plain(action.title), at
    if is_new:
        action.existences = [Existence(state=state) for state in FederalState]
    db.session.add(action)
    db.session.flush()  # index and record need its id

    index_action(action)
    record(f"action.{'listed' if is_new else 'refreshed'}", action, actor=None, at=at)


def index_action(action: Action) -> None:
    """Makes an action findable by its words and topics."""
    with force_locale("de"):
        topics = [str(topic.label) for topic in action.topics]
    card = Card(
        key=action.public_id,
        title=action.title,
        body=action.description,
        context=action.initiator,
        standing=InSearch.HINT if action.source else InSearch.CONFIRMED,
        marks=marks_of(action.topics, states=FederalState),
    )
    texts = ("Aktion", action.description, action.material, *topics)
    put_into_index(Action.kind, action.id, texts, card)


def tell_existence(
    action: Action, state: FederalState, standing: Standing, *, on: date, evidence: str
) -> bool:
    """Writes down what a source says of a state, and says whether that is new.

    What the office checked itself is left as it is.
    """
    existence = _in_state(action, state)
    told = (standing, on, evidence)
    known = (existence.standing, existence.checked_on, existence.evidence)
    if existence.checked_by_id is not None or told == known:
        return False
    existence.standing, existence.checked_on, existence.evidence = told
    return True


def check_action(action: Action, check: Check, *, actor: User, at: datetime) -> None:
    """Writes down what the office found; refuses everybody else.

    A state counts as checked today where something changed, or the office says so.
    """
    if not can_check(actor):
        raise Refusal(_("Das prüft die Koordinationsstelle."))
    for state, finding in check.findings.items():
        existence = _in_state(action, state)
        told = (finding.standing, finding.evidence)
        if told == (existence.standing, existence.evidence) and not finding.is_today:
            continue
        existence.standing, existence.evidence = told
        existence.checked_on, existence.checked_by = day_of(at), actor
    action.funding, action.changed_at = check.funding, at

    record("action.checked", action, actor=actor, at=at)


def _in_state(action: Action, state: FederalState) -> Existence:
    return next(one for one in action.existences if one.state is state)
