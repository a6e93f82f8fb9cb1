"""The papers as files to keep."""

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import Side
from marketplace.encounters.applications.queries import application_by_key
from marketplace.encounters.applications.rules import is_minor
from marketplace.encounters.applications.services.sending import sheet_codes
from marketplace.encounters.papers.queries import (
    agreement_of,
    instruction_of,
    side_of,
)
from marketplace.encounters.papers.services.describing import needs_release
from marketplace.encounters.papers.services.printing import (
    agreement_pdf,
    guardian_information,
    instruction_record,
    school_release,
)
from marketplace.encounters.papers.views.blueprint import blueprint
from marketplace.encounters.papers.views.reading import READERS, seat_at
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to
from marketplace.web.files import download

PDF = "application/pdf"
UNDER = "/bewerbungen/<public:key>/unterlagen"


@blueprint.get(f"{UNDER}/vereinbarung.pdf")
@open_to(*READERS)
def agreement(key: str) -> ResponseReturnValue:
    application = seat_at(key).application
    present = found(agreement_of(application))

    address = url_for(".index", key=application, _external=True)
    content = agreement_pdf(present, address=address)

    return pdf(content, f"vereinbarung-{application.public_id}")


@blueprint.get(f"{UNDER}/elterninformation.pdf")
@open_to(Role.PUPIL, Role.GUARDIAN, Role.MEMBER, Role.SCHOOL, Role.COORDINATOR)
def information(key: str) -> ResponseReturnValue:
    application = seat_at(key).application

    permit(is_minor(application, day_of(now())))

    content = guardian_information(application, at=now())

    return pdf(content, f"elterninformation-{application.public_id}")


@blueprint.get(f"{UNDER}/freistellung.pdf")
@open_to(Role.PUPIL, Role.GUARDIAN)
def release(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))
    side = side_of(application, actor(), day_of(now()))

    permit(side in (Side.PUPIL, Side.GUARDIAN) and application.sent_at is not None)
    permit(needs_release(application, at=now()))

    field_key = bytes.fromhex(current_app.config["FIELD_KEY"])
    code = sheet_codes(application, field_key).school
    content = school_release(application, code=code, at=now())
    return pdf(content, f"freistellung-{application.public_id}")


@blueprint.get(f"{UNDER}/unterweisung.pdf")
@open_to(*READERS)
def instruction(key: str) -> ResponseReturnValue:
    application = seat_at(key).application

    noted = instruction_of(application)

    content = instruction_record(application, noted, at=now())
    return pdf(content, f"unterweisung-{application.public_id}")


def pdf(content: bytes, name: str) -> Response:
    """A document under a name of its own."""
    return download(content, name=f"{name}.pdf", content_type=PDF)
