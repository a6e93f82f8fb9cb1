from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    Regexp,
    ValidationError,
)

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _, lazy
from marketplace.people.organisations.models import Site
from marketplace.postings.lives.forms import PostingForm
from marketplace.postings.rolemodels.enums import ConsentWay
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.rolemodels.rules import MOST_ANSWERS
from marketplace.postings.rolemodels.services.writing import RoleModelEntry
from marketplace.region.occupations.models import Occupation
from marketplace.region.topics.enums import Topic
from marketplace.web.fields import Between, EnumField, EnumSetField
from marketplace.web.forms import Form

# What one may begin with.
QUESTIONS = (
    lazy("Was machst du den ganzen Tag?"),
    lazy("Wie bist du dazu gekommen?"),
    lazy("Was war am Anfang schwer?"),
    lazy("Was soll man mitbringen?"),
)
SPARE = 1


def _number(value: str) -> int | None:
    return int(value) if value else None


class AnswerFields(Form):
    """One question and its answer; without an answer it is left out."""

    class Meta:
        csrf = False

    question = StringField(lazy("Frage"), [Length(max=120)])
    words = TextAreaField(lazy("Antwort"), [Optional(), Length(max=600)])

    def validate_question(self, field: StringField) -> None:
        """Asks for the question an answer belongs to."""
        if (self.words.data or "").strip() and not (field.data or "").strip():
            raise ValidationError(_("Zu dieser Antwort fehlt die Frage."))


class RoleModelForm(PostingForm):
    """What a person tells of her work; `sites` are where she can work."""

    title = StringField(lazy("Vorname und Beruf"), [DataRequired(), Length(max=80)])
    description = TextAreaField(
        lazy("Worum es geht"), [InputRequired(), Length(max=600)]
    )
    occupation_id = SelectField(lazy("Beruf"), [Optional()], coerce=_number)
    topics = EnumSetField(lazy("Themen"), kinds=Topic)
    site_id = SelectField(lazy("Ort"), [InputRequired()], coerce=int)
    answers = FieldList(FormField(AnswerFields), max_entries=MOST_ANSWERS)
    consented_on = DateField(lazy("Zugestimmt am"), [Optional()])
    consent_way = EnumField(
        lazy("Wie zugestimmt wurde"), [Optional()], kinds=ConsentWay
    )
    film_link = URLField(
        lazy("Adresse eines Films"),
        [
            Optional(),
            Length(max=300),
            Regexp(
                r"https://[^/\s]+\.[^/\s]+",
                message=lazy("Bitte mit https:// am Anfang."),
            ),
        ],
    )
    film_minutes = IntegerField(lazy("Länge in Minuten"), [Optional(), Between(1, 60)])
    transcript = TextAreaField(
        lazy("Was im Film gesagt wird"), [Optional(), Length(max=6000)]
    )

    def __init__(
        self,
        *,
        sites: Iterable[Site],
        occupations: Iterable[Occupation],
        rolemodel: RoleModel | None = None,
        **rest: Any,
    ) -> None:
        stored = rolemodel.answers if rolemodel else []
        answers = [{"question": a.question, "words": a.words} for a in stored]
        answers += [
            {"question": str(question)} for question in QUESTIONS[len(stored) :]
        ]
        answers += [{}] * min(SPARE, MOST_ANSWERS - len(answers))
        super().__init__(data=self.stored(rolemodel) | {"answers": answers}, **rest)
        self.site_id.choices = [
            SelectChoice(str(site.id), f"{site.place_name} {site.street}".strip())
            for site in sites
        ]
        self.occupation_id.choices = [
            SelectChoice("", lazy("keiner davon")),
            *(SelectChoice(str(one.id), one.title) for one in occupations),
        ]

    def validate_consented_on(self, field: DateField) -> None:
        """Refuses a day that is still to come."""
        if field.data and field.data > day_of(now()):
            raise ValidationError(_("Dieser Tag liegt in der Zukunft."))

    @property
    def entry(self) -> RoleModelEntry:
        """What was entered, once it is accepted."""
        values = self.values
        values.pop("version", None)
        told = [(one.form.question.data, one.form.words.data) for one in self.answers]
        values["answers"] = tuple(
            (question.strip(), words.strip())
            for question, words in told
            if question and words and words.strip()
        )
        for name in ("film_link", "transcript"):
            values[name] = values[name] or ""
        return RoleModelEntry(**values)


class PortraitForm(Form):
    """A picture, and what it shows."""

    picture = FileField(
        lazy("Bild"),
        [FileRequired()],
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    alt = StringField(
        lazy("Was ist auf dem Bild zu sehen?"), [DataRequired(), Length(max=200)]
    )

    @property
    def content(self) -> bytes:
        """The bytes of the picture."""
        return bytes(self.picture.data.read())


class FilmForm(Form):
    """A film and its subtitles."""

    video = FileField(
        lazy("Film"), [FileRequired()], render_kw={"accept": "video/mp4,video/webm"}
    )
    subtitles = FileField(
        lazy("Untertitel"), [FileRequired()], render_kw={"accept": ".vtt,text/vtt"}
    )
