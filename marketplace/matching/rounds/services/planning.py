"""What the office does before a round opens, and when a draw has to be made again."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.lottery import commit_hash
from marketplace.matching.rounds.enums import RULE_VERSION, RoundScope, RoundState
from marketplace.matching.rounds.models import Round, RoundOutcome, RoundResult
from marketplace.matching.rounds.rules import can_revise, is_coordinator
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import School
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for

SEED_BYTES = 32
# What the worker is asked for when the clock has something to do in a round.
FOLLOW = "rounds.follow"


@dataclass(frozen=True, kw_only=True)
class RoundValues:
    """What the office says of a round; `school` and `district_ags` by its scope."""

    title: str
    scope: RoundScope
    basis: Basis
    rule: Rule
    opens_at: datetime
    closes_at: datetime
    school: School | None = None
    district_ags: str | None = None
    beacon_name: str = ""


def plan_round(values: RoundValues, *, actor: User, at: datetime) -> Round:
    """Begins a round that nobody else sees yet."""
    _require_office(actor)
    round_ = Round()
    _put(values, round_)
    db.session.add(round_)
    db.session.flush()  # the record needs its id
    record("round.planned", round_, actor=actor, at=at)
    return round_


def revise_round(
    round_: Round, values: RoundValues, *, actor: User, at: datetime
) -> None:
    """Changes a round that is not announced yet; afterwards its rules stand."""
    _require_office(actor)
    if not can_revise(round_):
        raise Refusal(_("Die Runde ist angekündigt. Ihre Regeln stehen fest."))
    _put(values, round_)
    record("round.revised", round_, actor=actor, at=at)


def announce_round(round_: Round, *, actor: User, at: datetime) -> None:
    """Draws the seed and publishes its hash; companies may enter places from now on.

    The hash must be public before the first wish, so it is refused once the opening
    has passed.
    """
    _require_office(actor)
    round_ = locked(round_)
    if round_.announced_at is not None:
        raise Refusal(_("Die Runde ist schon angekündigt."))
    if round_.opens_at <= at:
        raise Refusal(
            _("Der Beginn liegt nicht mehr vor uns. Ändern Sie zuerst den Tag.")
        )
    _draw_seed(round_)
    round_.announced_at = at
    for moment in (round_.opens_at, round_.closes_at + timedelta(seconds=1)):
        ask_for(FOLLOW, name=f"{FOLLOW} {moment.isoformat()}", due_at=moment)
    record("round.announced", round_, actor=actor, at=at)


def enter_beacon(round_: Round, words: str, *, actor: User, at: datetime) -> None:
    """Notes the draw of others that was named in advance; once, after closing."""
    _require_office(actor)
    if round_.state is not RoundState.FROZEN or not round_.beacon_name:
        raise Refusal(_("Hier ist gerade keine Ziehung einzutragen."))
    if not words.strip():
        raise Refusal(_("Tragen Sie ein, was gezogen wurde."))
    round_.beacon = words.strip()
    record("round.beacon_entered", round_, actor=actor, at=at)


def redraw_round(round_: Round, reason: str, *, actor: User, at: datetime) -> None:
    """Throws an unpublished result away, with a new seed; the reason becomes public.

    Refuses once the result is out.
    """
    _require_office(actor)
    round_ = locked(round_)
    if round_.state is not RoundState.CLEARED:
        raise Refusal(_("Neu gelost wird nur, was noch nicht veröffentlicht ist."))
    if not reason.strip():
        raise Refusal(_("Nennen Sie den Grund. Er steht öffentlich bei der Runde."))
    past = {
        "hash": round_.commit_hash or "",
        "reason": reason.strip(),
        "day": day_of(at).isoformat(),
    }
    round_.past_commits = [*round_.past_commits, past]
    _draw_seed(round_)
    round_.state, round_.figures = RoundState.FROZEN, {}
    for kind in (RoundResult, RoundOutcome):
        db.session.execute(delete(kind).where(kind.round_id == round_.id))
    record("round.redrawn", round_, actor=actor, at=at)


def _draw_seed(round_: Round) -> None:
    seed = secrets.token_bytes(SEED_BYTES)
    round_.seed = seed.hex()
    round_.commit_hash = commit_hash(seed, round_.public_id, RULE_VERSION)


def _put(values: RoundValues, round_: Round) -> None:
    if values.closes_at <= values.opens_at:
        raise Refusal(
            _("Das Ende liegt vor dem Beginn."), {"closes_on": _("Offen bis")}
        )
    if values.scope is RoundScope.SCHOOL and values.school is None:
        raise Refusal(_("Für welche Schule?"), {"school": _("Schule")})
    if values.scope is RoundScope.DISTRICT and not values.district_ags:
        raise Refusal(_("Für welchen Kreis?"), {"district": _("Kreis")})
    is_for_school = values.scope is RoundScope.SCHOOL
    is_for_district = values.scope is RoundScope.DISTRICT
    round_.title, round_.scope = values.title, values.scope
    round_.school = values.school if is_for_school else None
    round_.district_ags = values.district_ags if is_for_district else None
    round_.basis, round_.rule = values.basis, values.rule
    round_.opens_at, round_.closes_at = values.opens_at, values.closes_at
    round_.beacon_name = values.beacon_name


def _require_office(actor: User) -> None:
    if not is_coordinator(actor):
        raise Refusal(_("Das macht die Koordinationsstelle."))
