"""The list and the page of an application, to each side as much as it may see."""

from collections.abc import Callable, Mapping

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import (
    COMPANY_REASONS,
    OWN_REASONS,
    Act,
    ApplicationState,
    Side,
)
from marketplace.encounters.applications.forms import CancelForm, DeclineForm
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    NEWEST_FIRST,
    application_by_key,
    applications_of,
    applications_to,
    is_child_of,
    known_to_school,
    usual_answer_days,
)
from marketplace.encounters.applications.rules import (
    APPROVAL_LINK_DAYS,
    awaits_school_of,
    can_lift,
    can_move,
    can_nudge,
    guardians_of,
    is_company_of,
    is_minor,
    is_pupil_of,
    is_readable_by_school,
    is_stopped_by_office,
    lacks_second,
    still_asked,
)
from marketplace.encounters.applications.services.approving import note_reads
from marketplace.encounters.applications.services.breaching import breach_words
from marketplace.encounters.applications.services.legality import (
    dropped_words,
    missing_from_school,
)
from marketplace.encounters.applications.services.seconding import number_of
from marketplace.encounters.applications.services.showing import (
    bare_lines_to,
    lines_after,
    lines_before,
    lines_for_company,
)
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.encounters.applications.views.pupil import open_page
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.guardians.queries import guardianships_for
from marketplace.people.organisations.queries import organisations_of
from marketplace.people.organisations.rules import is_verified
from marketplace.people.schools.queries import papers_due_on, school_of
from marketplace.region.labour.enums import Reason
from marketplace.web.access import actor, open_to
from marketplace.web.pages import page_of

FOLDER = "encounters/applications"


@blueprint.get("/bewerbungen")
@open_to(Role.PUPIL, Role.MEMBER, Role.SCHOOL)
def index() -> ResponseReturnValue:
    person = actor()
    organisations = organisations_of(person) if person.role is Role.MEMBER else []
    school = school_of(person) if person.role is Role.SCHOOL else None
    if person.role is Role.MEMBER:
        query = applications_to(organisations)
    elif person.role is Role.SCHOOL:
        query = known_to_school(school.id if school else None)
    else:
        query = applications_of(person)

    page = page_of(query, by=NEWEST_FIRST, after=request.args.get("nach"))

    return render_template(
        f"{FOLDER}/index_{person.role}.html",
        page=page,
        organisations=organisations,
        given_up=bare_lines_to(organisations) if organisations else [],
        is_cleared=any(is_verified(own) for own in organisations),
        school=school,
    )


@blueprint.get("/bewerbungen/<public:key>")
@open_to(Role.PUPIL, Role.GUARDIAN, Role.MEMBER, Role.SCHOOL, Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    is_allowed, page = READERS[actor().role]
    permit(is_allowed(application))
    if application.state is ApplicationState.DRAFT:
        return redirect(open_page(application))

    return page(application, cancel_form())


def cancel_form() -> CancelForm:
    """The reasons that the reader may give for not keeping a promise."""
    is_company = actor().role is Role.MEMBER
    return CancelForm(codes=COMPANY_REASONS if is_company else OWN_REASONS)


def company_page(
    application: Application, cancelling: CancelForm, form: DeclineForm
) -> str:
    """What the company reads, with its answers."""
    is_answerable = can_move(Side.COMPANY, application, Act.ACCEPT)
    free_count = application.period.free_count
    return render_template(
        f"{FOLDER}/show_member.html",
        application=application,
        breach=breach_words(application, familiar=False, at=now()),
        lines=lines_for_company(application, day_of(now())),
        missing=missing_from_school(application, at=now()),
        can_accept=is_answerable and free_count > 0,
        can_wait=is_answerable and not free_count,
        can_decline=can_move(Side.COMPANY, application, Act.DECLINE),
        can_cancel=can_move(Side.COMPANY, application, Act.CANCEL),
        form=form,
        cancelling=cancelling,
    )


def _company_page(application: Application, cancelling: CancelForm) -> str:
    return company_page(application, cancelling, DeclineForm())


def _pupil_page(application: Application, cancelling: CancelForm) -> str:
    organisation_id = application.internship.organisation_id
    missing = missing_from_school(application, at=now())
    return render_template(
        f"{FOLDER}/show_pupil.html",
        application=application,
        breach=breach_words(application, familiar=True, at=now()),
        lines=lines_before(application, day_of(now())),
        later=lines_after(application, day_of(now())),
        missing=missing,
        is_release_missing=Reason.SCHOOL_NOT_RELEASED in missing,
        papers_due=papers_due_on(application.pupil, application.period.starts_on),
        dropped=dropped_words(application, at=now()),
        link_days=APPROVAL_LINK_DAYS,
        usual_days=usual_answer_days(organisation_id),
        can_nudge=can_nudge(application, now()),
        asked=guardians_of(application),
        missing_yes=still_asked(application),
        is_stopped=is_stopped_by_office(application),
        is_young=is_minor(application, day_of(now())),
        can_withdraw=can_move(Side.PUPIL, application, Act.WITHDRAW),
        can_cancel=application.state is ApplicationState.CONFIRMED,
        cancelling=cancelling,
    )


def _guardian_page(application: Application, cancelling: CancelForm) -> str:
    is_waiting = application.state is ApplicationState.WAITING
    is_missing = number_of(application, actor()) in {
        one.no for one in still_asked(application) or guardians_of(application)
    }
    return render_template(
        f"{FOLDER}/show_guardian.html",
        application=application,
        breach=breach_words(application, familiar=False, at=now()),
        lines=lines_before(application, day_of(now())),
        later=lines_after(application, day_of(now())),
        is_asked=is_waiting and is_missing and not application.is_held,
        is_halfway=is_waiting and not is_missing,
        can_name_second=lacks_second(application) and not is_missing,
        can_lift=can_lift(application, actor(), actor().email),
        can_withdraw=can_move(Side.GUARDIAN, application, Act.WITHDRAW),
        can_cancel=application.state is ApplicationState.CONFIRMED,
        cancelling=cancelling,
    )


def _school_page(application: Application, _cancelling: CancelForm) -> str:
    return render_template(
        f"{FOLDER}/show_school.html",
        application=application,
        can_confirm=awaits_school_of(application),
    )


def _office_page(application: Application, _cancelling: CancelForm) -> str:
    note_reads([application], actor=actor(), at=now())
    return render_template(
        f"{FOLDER}/show_coordinator.html",
        application=application,
        breach=breach_words(application, familiar=False, at=now()),
        can_lift=can_move(Side.COORDINATION, application, Act.LIFT),
        links=guardianships_for(application.pupil),
    )


def _is_for_school(application: Application) -> bool:
    school = school_of(actor())
    return school is not None and is_readable_by_school(application, school.id)


Reader = tuple[Callable[[Application], bool], Callable[[Application, CancelForm], str]]
# As whom a role acts on an application.
SIDES: Mapping[Role, Side] = {
    Role.PUPIL: Side.PUPIL,
    Role.GUARDIAN: Side.GUARDIAN,
    Role.MEMBER: Side.COMPANY,
}
# For whom an application exists, and what that side then reads.
READERS: Mapping[Role, Reader] = {
    Role.PUPIL: (lambda it: is_pupil_of(actor(), it), _pupil_page),
    Role.GUARDIAN: (lambda it: is_child_of(it, actor(), day_of(now())), _guardian_page),
    Role.MEMBER: (
        lambda it: is_company_of(actor(), it),
        lambda it, form: company_page(it, form, DeclineForm()),
    ),
    Role.SCHOOL: (_is_for_school, _school_page),
    Role.COORDINATOR: (lambda it: it.sent_at is not None, _office_page),
}
