from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import update

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _, format_span
from marketplace.foundation.refusals import Refusal, require_whole
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.enums import Gap, Shape
from marketplace.postings.internships.models import (
    Break,
    Internship,
    Period,
    Supervisor,
)
from marketplace.postings.internships.queries import entry_of, places_ahead
from marketplace.postings.internships.rules import (
    PLAIN,
    admitted_from,
    audiences_of,
    breach_of,
    dates_of,
    fields_of,
    gaps,
    late_eve_of,
    terms_of,
    told,
    usual_insurer,
    usual_liability,
    work_days_of,
)
from marketplace.postings.internships.tables import InternshipEntry, PeriodEntry
from marketplace.postings.lives.enums import PUBLIC_STATES, Act, PostingState
from marketplace.postings.lives.services import (
    index_posting,
    keeping_history,
    move_posting,
    put_at_site,
    require_member,
    require_move,
    require_revisable,
)
from marketplace.region.calendar.queries import calendar_of
from marketplace.region.labour.enums import Basis
from marketplace.region.labour.queries import present_settings
from marketplace.region.labour.services.wording import sentence_for
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for

# Of which steps those are told who applied.
TOLD: Mapping[Act, str] = {Act.FREEZE: "frozen", Act.THAW: "thawed"}


def write_internship(
    organisation: Organisation, entry: InternshipEntry, *, actor: User, at: datetime
) -> Internship:
    """Begins a draft for an organisation; refuses anybody but its members."""
    require_member(actor, organisation)

    internship = Internship(organisation=organisation)
    _put(entry, internship, at=at)
    db.session.add(internship)
    db.session.flush()  # record and index need its id

    record("internship.written", internship, actor=actor, at=at)
    index_internship(internship)
    return internship


def revise_internship(
    internship: Internship, entry: InternshipEntry, *, actor: User, at: datetime
) -> None:
    """Changes what an internship says; a public one must stay complete and lawful.

    Refuses to go below the places that are taken. New dates, hours, tasks or ages of
    a public one are noted, so that those who applied are told.
    """
    require_revisable(internship, actor=actor)

    before = terms_of(internship)
    with keeping_history(internship, told, actor=actor, at=at):
        _put(entry, internship, at=at)
    _keep_lawful(internship, before, at=at)

    record("internship.revised", internship, actor=actor, at=at)
    index_internship(internship)
    _settle(internship, at=at)


def move_internship(
    internship: Internship, act: Act, *, actor: User, at: datetime, words: str = ""
) -> None:
    """Takes one step of the table; what others will see must be complete and lawful.

    Who applied is told of a freeze and of its end.
    """
    if act in (Act.SUBMIT, Act.PUBLISH, Act.RESUME):
        _require_complete(internship, but=frozenset(), at=at)
        _require_lawful(internship, at=at)

    move_posting(internship, act, actor=actor, at=at, words=words)
    _settle(internship, at=at)
    if act in TOLD:
        _tell_applicants(internship, TOLD[act], at=at)


def copy_internship(internship: Internship, *, actor: User, at: datetime) -> Internship:
    """Begins a draft with the words of one that has ended; its periods are left out."""
    require_move(internship, Act.COPY, actor=actor)

    entry = replace(entry_of(internship), periods=())
    return write_internship(internship.organisation, entry, actor=actor, at=at)


def reserve_place(period: Period, *, at: datetime) -> None:
    """Takes one place of a period; of two at once for the last one, one is refused.

    With the last place still ahead the internship shows as filled.
    """
    internship, period = locked(period.internship), locked(period)
    if not period.free_count:
        raise Refusal(_("In diesem Zeitraum ist kein Platz mehr frei."))
    period.taken_count += 1

    _settle(internship, at=at)


def free_place(period: Period, *, at: datetime) -> None:
    """Gives one place of a period back; an internship that was filled opens again."""
    internship, period = locked(period.internship), locked(period)
    period.taken_count = max(period.taken_count - 1, 0)

    _settle(internship, at=at)


def _settle(internship: Internship, *, at: datetime) -> None:
    """Lets the state follow the places: filled when none is left, open when one is."""
    total, free = places_ahead(internship, day_of(at))
    if internship.state is PostingState.PUBLISHED and total and not free:
        move_posting(internship, Act.FILL, actor=None, at=at)
    elif internship.state is PostingState.FILLED and free:
        move_posting(internship, Act.REOPEN, actor=None, at=at)


def _keep_lawful(internship: Internship, before: object, *, at: datetime) -> None:
    """Refuses what may not be public, and tells who applied of other terms."""
    ask_for("breaches.judge", {"internship_id": internship.id}, due_at=at)
    if internship.state not in PUBLIC_STATES:
        return
    _require_complete(internship, but=frozenset({Gap.PERIODS}), at=at)
    _require_lawful(internship, at=at)
    if terms_of(internship) != before:
        internship.terms_changed_at = at
        _tell_applicants(internship, "revised", at=at)


def _tell_applicants(internship: Internship, change: str, *, at: datetime) -> None:
    """Leaves word for the applications, which stand above: what changed, and where."""
    payload = {"internship_id": internship.id, "change": change}
    ask_for("applications.tell_of_change", payload, due_at=at)
    if change == "revised":
        ask_for("papers.renew", {"internship_id": internship.id}, due_at=at)


def _require_complete(
    internship: Internship, *, but: frozenset[Gap], at: datetime
) -> None:
    missing = [gap for gap in gaps(internship, day_of(at)) if gap not in but]
    require_whole(*((gap.value, None, str(gap.label)) for gap in missing))


def _require_lawful(internship: Internship, *, at: datetime) -> None:
    """Refuses a breach of the rules for minors; names rule and way out."""
    settings, day = present_settings(), day_of(at)
    for basis in Basis:
        if basis not in internship.bases:
            continue
        finding = breach_of(internship, basis, settings)
        finding = finding or late_eve_of(internship, day)
        if finding:
            sentence = f"{basis.label}: {sentence_for(finding, familiar=False)}"
            raise Refusal(sentence, fields_of(finding.reason))
    _require_days(internship)


def _require_days(internship: Internship) -> None:
    """Refuses a period in which no day is worked: weekends or public holidays alone."""
    for period in internship.periods:
        if not period.is_open or _work_days(period):
            continue
        raise Refusal(
            _(
                "Im Zeitraum %(days)s liegt kein Arbeitstag (§§ 15, 18 JArbSchG).",
                days=format_span(period.starts_on, period.ends_on),
            )
            + " "
            + _("Er besteht aus Wochenende oder Feiertagen. Wählen Sie andere Tage."),
            {"periods-0-starts_on": _("Zeitraum ändern")},
        )


def _work_days(period: Period) -> list[date]:
    """Days on which somebody works; single ones are judged one by one."""
    if period.internship.shape is Shape.SINGLE_DAYS:
        return dates_of(period)
    calendar = calendar_of(period.starts_on, period.ends_on)
    return work_days_of(period, calendar)


def _put(entry: InternshipEntry, internship: Internship, *, at: datetime) -> None:
    usual = (
        usual_insurer(internship.bases or frozenset(), internship.state_code),
        usual_liability(internship.bases or frozenset()),
    )
    for name in PLAIN:
        setattr(internship, name, getattr(entry, name))
    internship.audiences = audiences_of(entry.grade_from, entry.grade_to)
    _put_site(entry.site_id, internship)
    _put_sureties(entry, internship, usual)
    internship.occupation_ids = list(entry.occupation_ids)
    _put_breaks(entry.breaks, internship)
    _put_periods(entry, internship)
    internship.supervisors = [
        Supervisor(
            first_name=person.first_name,
            function=person.function,
            surname=person.surname or None,
            declared_on=person.declared_on,
        )
        for person in entry.supervisors
    ]
    internship.fits_from = admitted_from(internship, present_settings())
    internship.changed_at = at


def _put_site(site_id: int | None, internship: Internship) -> None:
    """Puts it at a site of the organisation; another one's is not there."""
    sites = {site.id: site for site in internship.organisation.sites}
    if site_id is not None and site_id not in sites:
        raise Refusal(_("Dieser Standort gehört nicht zu Ihrer Organisation."))
    put_at_site(internship, sites[site_id] if site_id is not None else None)


def _put_sureties(
    entry: InternshipEntry, internship: Internship, usual: tuple[str, str]
) -> None:
    """Fills in who insures and answers, where it is left empty or was the usual."""
    internship.insurer, internship.liability = entry.insurer, entry.liability
    if entry.insurer in ("", usual[0]):
        internship.insurer = usual_insurer(entry.bases, internship.state_code)
    if entry.liability in ("", usual[1]):
        internship.liability = usual_liability(entry.bases)


def _put_breaks(breaks: tuple[tuple[time, time], ...], internship: Internship) -> None:
    internship.breaks = [
        Break(starts_at=starts_at, ends_at=ends_at)
        for starts_at, ends_at in sorted(breaks)
    ]


def _put_periods(entry: InternshipEntry, internship: Internship) -> None:
    """Changes, adds and takes back periods.

    Once it was public, a period that is taken back stays for those who applied.
    """
    known = {period.public_id: period for period in internship.periods}
    kept = []
    for line in entry.periods:
        period = known.pop(line.key, None) or Period(taken_count=0)
        _put_period(line, period)
        kept.append(period)
    for period in known.values():
        if internship.published_at or period.taken_count:
            period.is_open = False
            kept.append(period)
    internship.periods = kept


def _put_period(line: PeriodEntry, period: Period) -> None:
    if line.place_count < period.taken_count:
        raise Refusal(
            _(
                "In einem Zeitraum sind schon %(num)s Plätze vergeben. "
                "So viele müssen bleiben.",
                num=period.taken_count,
            )
        )
    period.starts_on, period.ends_on = line.starts_on, line.ends_on
    period.place_count, period.apply_until = line.place_count, line.apply_until
    period.days, period.is_open = [day.isoformat() for day in line.days], True


def index_internship(internship: Internship) -> None:
    """Makes it findable also by what it is about."""
    occupations = [glimpse.occupation for glimpse in internship.occupations]
    index_posting(
        internship,
        "Praktikum",
        internship.learn,
        *(f"{job.title} {job.words}" for job in occupations),
        begins_on=min((p.starts_on for p in internship.periods), default=None),
    )


def forget_declarations(ids: Sequence[int]) -> None:
    """Forgets on which day some supervisors declared themselves."""
    rows = update(Supervisor).where(Supervisor.id.in_(ids))
    db.session.execute(rows.values(declared_on=None))


def move_periods(
    internship: Internship,
    to: Internship,
    *,
    only: Collection[int] | None = None,
    at: datetime,
) -> None:
    """Hangs periods, all or `only` some, to another internship, whose rules judge them.

    Days that the other one offers itself are not offered twice. Refuses what the
    other one could not offer itself.
    """
    before = terms_of(to)
    offered = {(p.starts_on, p.ends_on) for p in to.periods if p.is_open}
    for period in [p for p in internship.periods if only is None or p.id in only]:
        period.is_open &= (period.starts_on, period.ends_on) not in offered
        period.internship = to
    db.session.flush()
    for one in (to, internship):
        db.session.refresh(one, ["periods"])
        one.fits_from = admitted_from(one, present_settings())
    _keep_lawful(to, before, at=at)
    for one in (to, internship):
        index_internship(one)
        _settle(one, at=at)
