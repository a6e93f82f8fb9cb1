from collections.abc import Sequence
from datetime import date, time
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms import Form as FieldGroup
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    InputRequired,
    Length,
    Optional,
    ValidationError,
)

from marketplace.foundation.language import _, lazy
from marketplace.people.organisations.models import Site
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.rules import MOST_OCCUPATIONS, MOST_TOPICS
from marketplace.postings.internships.tables import (
    InternshipEntry,
    PeriodEntry,
    SupervisorEntry,
)
from marketplace.postings.lives.forms import PostingForm
from marketplace.region.labour.enums import Basis, Branch, Danger
from marketplace.region.occupations.models import Occupation
from marketplace.region.topics.enums import Topic
from marketplace.web.fields import Between, DaysField, EnumField, EnumSetField, NotPast

MOST_PERIODS, MOST_SUPERVISORS, MOST_BREAKS = 12, 4, 3
# Of one period: from the first to the last, and single ones.
LONGEST_DAYS, MOST_DAYS = 730, 200
# In class 10 hardly anybody is older than 18.
OLDEST_IN_GRADE = 8
NONE = lazy("keine Angabe")
GRADES = [
    SelectChoice("", NONE),
    *(SelectChoice(str(grade), str(grade)) for grade in range(7, 14)),
]


def _number(value: str | int | None) -> int | None:
    return int(value) if value else None


class PeriodFields(FieldGroup):
    """From when to when, for how many; without days it is no period."""

    key = HiddenField()
    starts_on = DateField(lazy("Erster Tag"), [Optional(), NotPast()])
    ends_on = DateField(lazy("Letzter Tag"), [Optional(), NotPast()])
    place_count = IntegerField(lazy("Plätze"), [Optional(), Between(1, 500)], default=1)
    apply_until = DateField(lazy("Bewerben bis"), [Optional(), NotPast()])
    days = DaysField(lazy("Einzelne Tage"), [Optional(), NotPast()])

    def validate_ends_on(self, field: DateField) -> None:
        """Asks for days in order."""
        if self.starts_on.data is None:
            raise ValidationError(_("Tragen Sie auch den ersten Tag ein."))
        if field.data and field.data < self.starts_on.data:
            raise ValidationError(_("Der letzte Tag liegt vor dem ersten."))
        if field.data and (field.data - self.starts_on.data).days > LONGEST_DAYS:
            raise ValidationError(_("Ein Zeitraum dauert höchstens zwei Jahre."))

    def validate_days(self, field: DaysField) -> None:
        """Asks for no more single days than a school year has."""
        if len(field.data) > MOST_DAYS:
            raise ValidationError(_("Das sind zu viele Tage, höchstens 200 gehen."))

    def validate_apply_until(self, field: DateField) -> None:
        """Asks for a last day to apply that is no later than the first day."""
        first = self.first_day
        if first and field.data and field.data > first:
            raise ValidationError(_("Bewerben geht bis zum ersten Tag."))

    @property
    def first_day(self) -> date | None:
        """The first day that is entered, in whichever way."""
        return min(self.days.data, default=self.starts_on.data)

    def entry(self, shape: Shape | None) -> PeriodEntry | None:
        """The period that was entered; none without a day."""
        days = self.days.data if shape is Shape.SINGLE_DAYS else ()
        first = min(days, default=self.starts_on.data)
        if first is None:
            return None
        return PeriodEntry(
            key=self.key.data or "",
            starts_on=first,
            ends_on=max(days, default=self.ends_on.data or first),
            place_count=self.place_count.data or 1,
            apply_until=self.apply_until.data,
            days=tuple(days),
        )


class BreakFields(FieldGroup):
    """A pause."""

    starts_at = TimeField(lazy("Pause von"), [Optional()])
    ends_at = TimeField(lazy("bis"), [Optional()])

    def validate_ends_at(self, field: TimeField) -> None:
        """Asks for times in order."""
        if not self.starts_at.data or (field.data or time.min) <= self.starts_at.data:
            raise ValidationError(_("Die Pause endet nach ihrem Beginn."))


class SupervisorFields(FieldGroup):
    """Who looks after the young people; without a first name it is nobody."""

    first_name = StringField(lazy("Vorname"), [Length(max=60)])
    surname = StringField(lazy("Nachname"), [Length(max=60)])
    function = StringField(lazy("Funktion im Betrieb"), [Length(max=120)])
    declared_on = DateField(lazy("Erklärung nach § 25 JArbSchG vom"), [Optional()])


class InternshipForm(PostingForm):
    """All that an internship says. Only the title is needed for a draft."""

    title = StringField(lazy("Titel"), [InputRequired(), Length(max=80)])
    description = TextAreaField(lazy("Was die Jugendlichen tun"), [Length(max=1200)])
    learn = TextAreaField(lazy("Was sie dabei lernen"), [Length(max=600)])
    topics = EnumSetField(lazy("Themen"), kinds=Topic)
    occupations = FieldList(
        SelectField(lazy("Beruf"), coerce=_number),
        min_entries=MOST_OCCUPATIONS,
        max_entries=MOST_OCCUPATIONS,
    )

    site_id = SelectField(lazy("Standort"), coerce=_number)
    way_there = StringField(lazy("So kommt man hin"), [Length(max=300)])

    shape = EnumField(lazy("Form"), kinds=Shape, empty=None)
    periods = FieldList(FormField(PeriodFields), max_entries=MOST_PERIODS)
    day_starts_at = TimeField(lazy("Beginn des Tages"), [Optional()])
    day_ends_at = TimeField(lazy("Ende des Tages"), [Optional()])
    breaks = FieldList(FormField(BreakFields), max_entries=MOST_BREAKS)

    bases = EnumSetField(lazy("Art"), kinds=Basis)
    grade_from = SelectField(lazy("Ab Klasse"), coerce=_number, choices=GRADES)
    grade_to = SelectField(lazy("Bis Klasse"), coerce=_number, choices=GRADES)
    minimum_age = IntegerField(lazy("Mindestalter"), [Optional(), Between(13, 27)])

    bring = StringField(lazy("Kleidung und Mitbringen"), [Length(max=300)])
    papers = StringField(lazy("Nötige Papiere"), [Length(max=300)])
    pay = StringField(lazy("Vergütung"), [Length(max=300)])
    insurer = StringField(lazy("Unfallversicherung"), [Length(max=300)])
    liability = StringField(lazy("Haftpflicht"), [Length(max=300)])

    branch = EnumField(lazy("Branche"), kinds=Branch, empty=None)
    is_multi_shift = BooleanField(lazy("Der Betrieb arbeitet in mehreren Schichten."))
    dangers = EnumSetField(lazy("Gehört etwas davon zur Arbeit?"), kinds=Danger)
    risks_assessed_on = DateField(lazy("Gefährdung beurteilt am"), [Optional()])
    supervisors = FieldList(FormField(SupervisorFields), max_entries=MOST_SUPERVISORS)

    def __init__(
        self, *, sites: Sequence[Site], occupations: Sequence[Occupation], **rest: Any
    ) -> None:
        super().__init__(**rest)
        self.site_id.choices = [
            SelectChoice("", NONE),
            *(SelectChoice(str(site.id), _address(site)) for site in sites),
        ]
        named = [SelectChoice(str(job.id), job.title) for job in occupations]
        for field in self.occupations:
            field.choices = [SelectChoice("", NONE), *named]

    def validate_topics(self, field: EnumSetField) -> None:
        """Asks for a choice."""
        if len(field.data or ()) > MOST_TOPICS:
            raise ValidationError(_("Wählen Sie höchstens fünf Themen."))

    def validate_grade_to(self, field: SelectField) -> None:
        """Asks for grades in order."""
        if field.data and field.data < (self.grade_from.data or 0):
            raise ValidationError(_("Die letzte Klasse liegt vor der ersten."))

    def validate_minimum_age(self, field: IntegerField) -> None:
        """Asks for an age that somebody in the classes named can have."""
        last = self.grade_to.data or self.grade_from.data
        if field.errors or not field.data or not last:
            return
        if field.data > last + OLDEST_IN_GRADE:
            raise ValidationError(
                _(
                    "In Klasse %(grade)s ist niemand %(age)s Jahre alt. "
                    "Ändern Sie Alter oder Klassen.",
                    grade=last,
                    age=field.data,
                )
            )

    def validate_day_ends_at(self, field: TimeField) -> None:
        """Asks for a day that ends after it began."""
        if (field.data or time.max) <= (self.day_starts_at.data or time.min):
            raise ValidationError(_("Der Tag endet nach seinem Beginn."))

    def validate(self, *args: Any, **rest: Any) -> bool:
        """Asks for the days themselves where they are single ones."""
        is_valid = super().validate(*args, **rest)
        is_single = self.shape.data is Shape.SINGLE_DAYS
        wrong = [
            line.form.days
            for line in self.periods
            if bool(line.form.days.data) != is_single and line.form.first_day
        ]
        for field in wrong:
            field.errors = [
                _("Nennen Sie hier jeden Tag, durch Komma getrennt.")
                if is_single
                else _("Wählen Sie dazu die Form „einzelne Tage“.")
            ]
        if wrong:
            self.periods.errors = [line.errors for line in self.periods]
        return is_valid and not wrong

    @property
    def entry(self) -> InternshipEntry:
        """What was entered, once it is accepted."""
        periods = [line.form.entry(self.shape.data) for line in self.periods]
        people = [line.form for line in self.supervisors]
        return InternshipEntry(
            **{name: _entered(self[name]) for name in SINGLE},
            occupation_ids=tuple(f.data for f in self.occupations if f.data),
            periods=tuple(period for period in periods if period),
            breaks=tuple(
                (line.form.starts_at.data, line.form.ends_at.data)
                for line in self.breaks
                if line.form.starts_at.data and line.form.ends_at.data
            ),
            supervisors=tuple(
                SupervisorEntry(
                    **{field.short_name: _entered(field) for field in person}
                )
                for person in people
                if person.first_name.data
            ),
        )


# The fields whose one value goes over as it is.
SINGLE = (
    *("title", "description", "learn", "topics", "site_id", "way_there", "shape"),
    *("day_starts_at", "day_ends_at", "bases", "grade_from", "grade_to"),
    *("minimum_age", "bring", "papers", "pay", "insurer", "liability"),
    *("branch", "is_multi_shift", "dangers", "risks_assessed_on"),
)


def first_entries(sites: Sequence[Site]) -> dict[str, Any]:
    """What a new internship begins with: a usual day at the first site."""
    site = next(iter(sites), None)
    return {
        "site_id": site.id if site else None,
        "way_there": site.way_there if site else "",
        "shape": Shape.BLOCK,
        "bases": {Basis.SCHOOL},
        "branch": Branch.NONE,
        "periods": [{}],
        "day_starts_at": time(8),
        "day_ends_at": time(14, 30),
        "breaks": [{"starts_at": time(11), "ends_at": time(11, 30)}],
        "papers": "Keine.",
        "pay": "Keine Vergütung.",
        "supervisors": [{}],
    }


def entries_of(internship: Internship) -> dict[str, Any]:
    """What is stored, for the fields; with one empty line to add to each list."""
    values = {name: getattr(internship, name) for name in SINGLE}
    return values | {
        "version": internship.version,
        "occupations": [glimpse.occupation_id for glimpse in internship.occupations],
        "periods": [
            *(
                _period_entries(period)
                for period in internship.periods
                if period.is_open
            ),
            {},
        ],
        "breaks": [
            *(_named(pause, "starts_at", "ends_at") for pause in internship.breaks),
            {},
        ][:MOST_BREAKS],
        "supervisors": [
            *(
                _named(person, "first_name", "surname", "function", "declared_on")
                for person in internship.supervisors
            ),
            {},
        ][:MOST_SUPERVISORS],
    }


def _period_entries(period: Period) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "place_count", "apply_until")
    days = [date.fromisoformat(day) for day in period.days]
    return _named(period, *names) | {"key": period.public_id, "days": days}


def _named(thing: object, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _entered(field: Field) -> Any:
    """The entry of a field; text without blanks around it, never missing."""
    return (field.data or "").strip() if isinstance(field, StringField) else field.data


def _address(site: Site) -> str:
    return ", ".join(part for part in (site.street, site.place_name) if part)
