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
from marketplace.postings.actions.rules import can_check, can_write
from marketplace.postings.lives.rules import said
from marketplace.postings.lives.services import keeping_history
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.search.enums import Standing as InSearch
from marketplace.upkeep.search.services import (
    Card,
    let_stand,
    marks_of,
    put_into_index,
)

# What an entry hands over as it is.
PLAIN = (
    *("title", "initiator", "description", "topics", "audiences", "effort_text"),
    *("cost_text", "material", "advice", "funding", "link"),
)


@dataclass(frozen=True, kw_only=True)
class ActionEntry:
    """An action as the office enters it; `material` is one thing a line."""

    title: str
    description: str
    initiator: str = ""
    topics: frozenset[Topic] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    effort_text: str = ""
    cost_text: str = ""
    material: str = ""
    advice: str = ""
    funding: str = ""
    link: str = ""


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


def write_action(entry: ActionEntry, *, actor: User, at: datetime) -> Action:
    """Begins an action that nobody else sees yet; refuses all but the office."""
    _require_office(actor)

    action = Action(is_public=False)
    action.existences = [Existence(state=state) for state in FederalState]
    _put(entry, action, at=at)
    db.session.add(action)
    db.session.flush()  # index and record need its id

    index_action(action)
    record("action.written", action, actor=actor, at=at)
    return action


def revise_action(
    action: Action, entry: ActionEntry, *, actor: User, at: datetime
) -> None:
    """Changes what an action says, and keeps what it said; refuses others."""
    _require_office(actor)

    with keeping_history(action, told, actor=actor, at=at):
        _put(entry, action, at=at)

    index_action(action)
    record("action.revised", action, actor=actor, at=at)


def publish_action(action: Action, *, actor: User, at: datetime) -> None:
    """Shows an action to everybody; doing it twice changes nothing."""
    _require_office(actor)
    _let_be_public(action, is_public=True, actor=actor, at=at)


def withdraw_action(action: Action, *, actor: User, at: datetime) -> None:
    """Shows an action no more, until the office publishes it anew."""
    _require_office(actor)
    _let_be_public(action, is_public=False, actor=actor, at=at)


def told(action: Action) -> dict[str, str]:
    """What it says, field by field, for its history."""
    return {name: said(getattr(action, name)) for name in PLAIN}


def index_action(action: Action) -> None:
    """Makes an action findable by its words and topics."""
    with force_locale("de"):
        topics = [str(topic.label) for topic in action.topics]
    card = Card(
        key=action.public_id,
        title=action.title,
        body=action.description,
        context=action.initiator,
        standing=_standing_of(action),
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
        found = (finding.standing, finding.evidence)
        if found == (existence.standing, existence.evidence) and not finding.is_today:
            continue
        existence.standing, existence.evidence = found
        existence.checked_on, existence.checked_by = day_of(at), actor
    with keeping_history(action, told, actor=actor, at=at):
        action.funding, action.changed_at = check.funding, at

    record("action.checked", action, actor=actor, at=at)


def _in_state(action: Action, state: FederalState) -> Existence:
    return next(one for one in action.existences if one.state is state)


def _require_office(actor: User) -> None:
    if not can_write(actor):
        raise Refusal(_("Aktionen schreibt die Koordinationsstelle."))


def _put(entry: ActionEntry, action: Action, *, at: datetime) -> None:
    for name in PLAIN:
        setattr(action, name, getattr(entry, name))
    action.sort_title, action.changed_at = plain(action.title), at


def _let_be_public(
    action: Action, *, is_public: bool, actor: User, at: datetime
) -> None:
    if action.is_public is is_public:
        return
    action.is_public, action.changed_at = is_public, at
    let_stand(Action.kind, action.id, _standing_of(action))
    verb = "published" if is_public else "withdrawn"
    record(f"action.{verb}", action, actor=actor, at=at)


def _standing_of(action: Action) -> InSearch:
    if not action.is_public:
        return InSearch.HIDDEN
    return InSearch.HINT if action.source else InSearch.CONFIRMED
