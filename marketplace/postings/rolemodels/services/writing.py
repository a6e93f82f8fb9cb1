"""What an organisation writes of a person, and what must be there to show it."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import require_whole
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import site_by_id
from marketplace.postings.lives.enums import Act
from marketplace.postings.lives.rules import said
from marketplace.postings.lives.services import (
    index_posting,
    keeping_history,
    move_posting,
    put_at_site,
    require_member,
    require_move,
    require_revisable,
)
from marketplace.postings.rolemodels.enums import ConsentWay
from marketplace.postings.rolemodels.models import Answer, RoleModel
from marketplace.postings.rolemodels.rules import FEWEST_ANSWERS, has_film
from marketplace.region.occupations.queries import occupations_by_id
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.audit.services import record

# What an entry hands over as it is.
PLAIN = (
    *("title", "description", "topics", "occupation_id", "consented_on"),
    *("consent_way", "film_link", "film_minutes", "transcript"),
)


@dataclass(frozen=True, kw_only=True)
class RoleModelEntry:
    """A role model as a form hands it over; `site_id` is one of the organisation's.

    `answers` are question and words, in their order.
    """

    title: str
    description: str = ""
    topics: frozenset[Topic] = frozenset()
    occupation_id: int | None = None
    consented_on: date | None = None
    consent_way: ConsentWay | None = None
    film_link: str = ""
    film_minutes: int | None = None
    transcript: str = ""
    site_id: int | None = None
    answers: tuple[tuple[str, str], ...] = ()


def write_rolemodel(
    organisation: Organisation, entry: RoleModelEntry, *, actor: User, at: datetime
) -> RoleModel:
    """Begins a draft about a person; refuses all but members of the organisation."""
    require_member(actor, organisation)

    rolemodel = RoleModel(organisation=organisation)
    _put(entry, rolemodel, at=at)
    db.session.add(rolemodel)
    db.session.flush()  # record and index need its id

    record("rolemodel.written", rolemodel, actor=actor, at=at)
    index_rolemodel(rolemodel)
    return rolemodel


def revise_rolemodel(
    rolemodel: RoleModel, entry: RoleModelEntry, *, actor: User, at: datetime
) -> None:
    """Changes what is told; refuses once it has ended."""
    require_revisable(rolemodel, actor=actor)

    with keeping_history(rolemodel, _told, actor=actor, at=at):
        _put(entry, rolemodel, at=at)

    record("rolemodel.revised", rolemodel, actor=actor, at=at)
    index_rolemodel(rolemodel)


def move_rolemodel(
    rolemodel: RoleModel, act: Act, *, actor: User, at: datetime, words: str = ""
) -> None:
    """Takes one step of the table; nobody is shown without her consent."""
    if act in (Act.SUBMIT, Act.PUBLISH, Act.RESUME):
        _require_complete(rolemodel)
    move_posting(rolemodel, act, actor=actor, at=at, words=words)


def copy_rolemodel(rolemodel: RoleModel, *, actor: User, at: datetime) -> RoleModel:
    """Begins a draft with the words of one that has ended; consent is asked anew."""
    require_move(rolemodel, Act.COPY, actor=actor)

    words = {name: getattr(rolemodel, name) for name in PLAIN}
    words |= {"consented_on": None, "consent_way": None}
    answers = tuple((one.question, one.words) for one in rolemodel.answers)
    entry = RoleModelEntry(**words, site_id=rolemodel.site_id, answers=answers)
    return write_rolemodel(rolemodel.organisation, entry, actor=actor, at=at)


def _require_complete(rolemodel: RoleModel) -> None:
    has_consent = rolemodel.consented_on and rolemodel.consent_way
    has_answers = len(rolemodel.answers) >= FEWEST_ANSWERS
    require_whole(
        ("description", rolemodel.description, _("worum es geht")),
        ("answers-0", has_answers, _("zwei Fragen mit Antwort")),
        ("site_id", rolemodel.site or rolemodel.place_name, _("der Ort")),
        ("consented_on", has_consent, _("die Zustimmung der Person")),
        (
            "transcript",
            rolemodel.transcript or not has_film(rolemodel),
            _("der Text zum Film"),
        ),
    )


def _told(rolemodel: RoleModel) -> dict[str, str]:
    """What it says, field by field, for its history."""
    words = {name: said(getattr(rolemodel, name)) for name in PLAIN}
    words["occupation_id"] = rolemodel.occupation.title if rolemodel.occupation else ""
    words["site_id"] = rolemodel.site.town if rolemodel.site else ""
    words["answers"] = "; ".join(f"{a.question} {a.words}" for a in rolemodel.answers)
    return words


def _put(entry: RoleModelEntry, rolemodel: RoleModel, *, at: datetime) -> None:
    for name in PLAIN:
        setattr(rolemodel, name, getattr(entry, name))
    if entry.occupation_id:
        [rolemodel.occupation] = occupations_by_id([entry.occupation_id])
    else:
        rolemodel.occupation = None
    site = site_by_id(entry.site_id) if entry.site_id else None
    is_own = site is not None and site.organisation is rolemodel.organisation
    put_at_site(rolemodel, site if is_own else None)
    rolemodel.answers = [
        Answer(line_no=number, question=question, words=words)
        for number, (question, words) in enumerate(entry.answers, 1)
    ]
    rolemodel.changed_at = at


def index_rolemodel(rolemodel: RoleModel) -> None:
    """Makes a role model findable also by her answers and her occupation."""
    words = ["Vorbild", *(answer.words for answer in rolemodel.answers)]
    if rolemodel.occupation:
        words += [rolemodel.occupation.title, rolemodel.occupation.words]
    index_posting(rolemodel, *words)
