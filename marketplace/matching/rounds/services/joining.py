"""Pupils take part in a round, or leave it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from marketplace.encounters.applications.rules import same_mailbox
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, found
from marketplace.matching.rounds.enums import RoundScope
from marketplace.matching.rounds.mails import CONSENT
from marketplace.matching.rounds.models import Round, RoundEntry
from marketplace.matching.rounds.queries.entries import entry_of
from marketplace.matching.rounds.rules import is_in_school, is_minor, takes_entries
from marketplace.matching.rounds.services.seconding import name_linked
from marketplace.people.accounts.models import User
from marketplace.people.accounts.rules import is_confirmed
from marketplace.region.places.queries import place_for
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import forget
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of


@dataclass(frozen=True, kw_only=True)
class EntryValues:
    """What a pupil tells a round; a guardian only under 18."""

    class_level: int
    free_from: date | None = None
    free_to: date | None = None
    friend_code: str = ""
    guardian_name: str = ""
    guardian_email: str = ""
    guardian_phone: str | None = None
    holiday_days_used: int = 0


def join_round(
    round_: Round, values: EntryValues, *, actor: User, at: datetime
) -> RoundEntry:
    """Takes part, or changes what was told; the code of the lot stays.

    Refuses pupils of other schools and districts, and who names herself at home.
    """
    if not takes_entries(round_, at):
        raise Refusal(_("Diese Runde ist gerade nicht offen."))
    _require_of_round(actor, round_)
    if not is_confirmed(actor):
        raise Refusal(_("Bestätige zuerst deine E-Mail-Adresse."))
    if is_minor(actor, day_of(at)):
        _require_guardian(values, actor)
    existing = entry_of(round_, actor)
    if existing:
        _put(values, existing)
        return existing
    try:
        with db.session.begin_nested():
            entry = RoundEntry(round=round_, pupil=actor, joined_at=at)
            entry.guardians_asked = value_of(Setting.GUARDIANS_REQUIRED)
            _put(values, entry)
            name_linked(entry)
            db.session.add(entry)
    except IntegrityError:  # pressed twice in one instant: the first one stands
        return found(entry_of(round_, actor))
    record("round.joined", entry, actor=actor, at=at)
    return entry


def leave_round(entry: RoundEntry, *, actor: User, at: datetime) -> None:
    """Takes all wishes back, as if there had been none; while the round is open."""
    if actor.id != entry.pupil_id:
        raise Refusal(_("Das ist nicht deine Teilnahme."))
    if not takes_entries(entry.round, at):
        raise Refusal(_("Die Listen sind geschlossen. Einen Platz kannst du absagen."))
    record("round.left", entry, actor=actor, at=at)
    forget(CONSENT, entry.id)
    db.session.delete(entry)


def can_join(pupil: User, round_: Round) -> bool:
    """Says whether a round is for a pupil: of its school, of its district, or all."""
    if round_.scope is RoundScope.DISTRICT:
        place = place_for(pupil.pupil.town) if pupil.pupil else None
        return place is not None and place.district_ags == round_.district_ags
    return pupil.pupil is not None and is_in_school(pupil, round_)


def _require_of_round(pupil: User, round_: Round) -> None:
    if can_join(pupil, round_):
        return
    if round_.scope is RoundScope.DISTRICT:
        raise Refusal(
            _("Diese Runde ist für einen anderen Kreis.")
            + " "
            + _("Stimmt dein Wohnort im Konto?")
        )
    raise Refusal(
        _("Diese Runde ist für eine andere Schule.")
        + " "
        + _("Stimmt deine Schule im Konto?")
    )


def _require_guardian(values: EntryValues, pupil: User) -> None:
    if not (values.guardian_name and values.guardian_email):
        raise Refusal(
            _("Es fehlt noch, wer zu Hause zustimmt."),
            {"guardian_email": _("E-Mail-Adresse dieser Person")},
        )
    if same_mailbox(values.guardian_email) == same_mailbox(pupil.email):
        raise Refusal(
            _("Das ist deine eigene Adresse. Nimm die deiner Eltern."),
            {"guardian_email": _("E-Mail-Adresse dieser Person")},
        )


def _put(values: EntryValues, entry: RoundEntry) -> None:
    for name, value in vars(values).items():
        setattr(entry, name, value)
