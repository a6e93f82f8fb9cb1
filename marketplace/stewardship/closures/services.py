from datetime import datetime

from sqlalchemy import update

from marketplace.encounters.introductions.enums import DeclineCode, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services.answering import decline
from marketplace.encounters.introductions.services.answering import (
    withdraw as withdraw_from,
)
from marketplace.encounters.introductions.services.choosing import forget_choices
from marketplace.encounters.partnerships.enums import EndCode
from marketplace.encounters.partnerships.queries import running_partnerships_of
from marketplace.encounters.partnerships.services.ending import end_early
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _, ngettext
from marketplace.foundation.refusals import Refusal
from marketplace.overview.webhooks.services import drop_subscriptions
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import addresses_of_coordinators
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.organisations.services.allowing import require_owner
from marketplace.people.organisations.services.ending import end_organisation
from marketplace.people.organisations.services.sites import (
    SiteEntry,
    drop_site,
    moves,
    revise_site,
)
from marketplace.postings.lives.enums import PUBLIC_STATES, Act, PostingState
from marketplace.postings.lives.services import delete_posting, move_posting
from marketplace.stewardship.claims.services.closing import let_go
from marketplace.stewardship.closures.mails import organisation_closed
from marketplace.stewardship.closures.queries import (
    POSTINGS,
    has_introductions,
    live_count_at,
    live_introductions_of,
    owed_count,
    owed_count_at,
)
from marketplace.upkeep.mail.services import queue


def change_site(site: Site, entry: SiteEntry, *, actor: User, at: datetime) -> None:
    """Changes what a place says; what ended there keeps its town.

    Refuses another town while postings live there or pupils are expected: they are
    told the town of the posting, and would be led to another one.
    """
    require_owner(site.organisation, actor)
    site = locked(site)  # what is put there just now waits
    if moves(site, entry):
        _require_nobody_expected(site)
        _leave_behind(site)
    revise_site(site, entry, actor=actor, at=at)
    _tell_postings(site)


def remove_site(site: Site, *, actor: User, at: datetime) -> None:
    """Gives up a place; what ended there keeps its town.

    Refuses the last place, and one with live postings or introductions.
    """
    organisation = site.organisation
    require_owner(organisation, actor)
    locked(organisation)
    if len(organisation.sites) <= 1:
        raise Refusal(_("Eine Organisation braucht einen Ort. Ändern Sie diesen."))
    if held := _held_at(site):
        way_out = _("Beenden Sie ihn oder wählen Sie dort einen anderen Ort.")
        raise Refusal(f"{held} {way_out}")
    if has_introductions(site):
        raise Refusal(
            _("Zu diesem Ort gibt es Vorstellungen. Ändern Sie ihn, statt zu löschen.")
        )
    _leave_behind(site)
    drop_site(site, actor=actor, at=at)


def close_organisation(
    organisation: Organisation, typed_name: str, *, actor: User, at: datetime
) -> None:
    """Ends an organisation with all it has, and tells partners, members and office.

    Refuses all but owners, another name than its own, and one that owes an answer or
    a placement to a pupil.
    """
    require_owner(organisation, actor)
    locked(organisation)
    if typed_name.strip() != organisation.name:
        raise Refusal(_("Schreiben Sie den Namen genau so, wie er oben steht."))
    if owed_count(organisation):
        raise Refusal(
            _("Es gibt offene Bewerbungen oder vereinbarte Praktika.")
            + " "
            + _("Beantworten oder beenden Sie diese zuerst.")
        )
    name, readers = organisation.name, addresses_of(organisation)
    _end_postings(organisation, actor=actor, at=at)
    let_go(organisation, actor=actor, at=at)
    for introduction in live_introductions_of(organisation):
        _step_back(introduction, organisation, actor=actor, at=at)
    for partnership in running_partnerships_of(organisation):
        side = _side(partnership.provider_id, organisation)
        end_early(partnership, EndCode.PLANS, side=side, actor=actor, at=at)
    forget_choices(organisation)
    drop_subscriptions(organisation)
    end_organisation(organisation, actor=actor, at=at)

    everybody = dict.fromkeys([*readers, *addresses_of_coordinators()])
    queue(organisation_closed(name), everybody, at=at)


def _require_nobody_expected(site: Site) -> None:
    held = _held_at(site)
    if not held and owed_count_at(site):
        held = _("Hier gibt es noch offene Bewerbungen oder vereinbarte Praktika.")
    if held:
        way_out = _("Fügen Sie für die neue Stadt einen weiteren Ort hinzu.")
        raise Refusal(f"{held} {way_out}")


def _held_at(site: Site) -> str:
    """What is still to happen at a place, in a sentence."""
    count = live_count_at(site)
    if not count:
        return ""
    sentence: str = ngettext(
        "Hier findet noch ein Eintrag statt.",
        "Hier finden noch %(num)s Einträge statt.",
        count,
    )
    return sentence


def _tell_postings(site: Site) -> None:
    """Lets what is at a place say, and be found by, who can get in there now.

    Nobody changed the postings: what the office is to read waits for as long as before.
    """
    for model in POSTINGS:
        is_otherwise = model.accessibility != site.accessibility
        db.session.execute(
            update(model)
            .where(model.site_id == site.id, is_otherwise)
            .values(accessibility=site.accessibility)
        )


def _leave_behind(site: Site) -> None:
    """Lets what ended at a place keep the town it had."""
    for model in POSTINGS:
        db.session.execute(
            update(model).where(model.site_id == site.id).values(site_id=None)
        )


def _end_postings(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Ends what is public and drops drafts; what the office has stays hidden there."""
    for model in POSTINGS:
        of_organisation = model.organisation_id == organisation.id
        for posting in db.session.scalars(db.select(model).where(of_organisation)):
            if posting.state in PUBLIC_STATES:
                move_posting(posting, Act.END, actor=actor, at=at)
            elif posting.state is PostingState.DRAFT:
                delete_posting(posting, actor=actor, at=at)


def _step_back(
    introduction: Introduction,
    organisation: Organisation,
    *,
    actor: User,
    at: datetime,
) -> None:
    """Says no, or takes back the yes that the organisation gave."""
    side = _side(introduction.provider_id, organisation)
    try:
        decline(introduction, DeclineCode.OTHER, side=side, actor=actor, at=at)
    except Refusal:
        withdraw_from(introduction, side=side, actor=actor, at=at)


def _side(provider_id: int, organisation: Organisation) -> Side:
    return Side.PROVIDER if provider_id == organisation.id else Side.COMPANY
