from typing import Any

from wtforms import (
    BooleanField,
    FormField,
    RadioField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import URL, InputRequired, Length, Optional

from marketplace.foundation.language import lazy
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.services import ActionEntry, Check, Finding
from marketplace.postings.lives.forms import PostingForm
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic
from marketplace.region.topics.forms import ThemeField
from marketplace.web.fields import NO_CHOICE, EnumField, EnumSetField
from marketplace.web.forms import Filters, Form


class ActionFilters(Filters):
    """What narrows the list of actions."""

    q = StringField(lazy("Suchwort"), [Optional(), Length(max=100)])
    land = EnumField(lazy("Gibt es in"), kinds=FederalState, empty=NO_CHOICE)
    thema = ThemeField(lazy("Thema"))
    nach = StringField(lazy("Weiter ab"), [Optional(), Length(max=400)])


class ActionForm(PostingForm):
    """The words of an action; what is paid stands here and in the check."""

    title = StringField(lazy("Titel"), [InputRequired(), Length(max=160)])
    description = TextAreaField(
        lazy("Worum es geht"), [InputRequired(), Length(max=6000)]
    )
    initiator = StringField(lazy("Wer sie macht"), [Optional(), Length(max=160)])
    audiences = EnumSetField(lazy("Für wen"), [InputRequired()], kinds=Audience)
    topics = EnumSetField(lazy("Themen"), [InputRequired()], kinds=Topic)
    effort_text = StringField(lazy("Aufwand"), [Optional(), Length(max=300)])
    cost_text = StringField(lazy("Kosten"), [Optional(), Length(max=300)])
    material = TextAreaField(
        lazy("Was man dafür braucht"), [Optional(), Length(max=2000)]
    )
    advice = TextAreaField(
        lazy("Was andere dazu sagen"), [Optional(), Length(max=2000)]
    )
    funding = TextAreaField(
        lazy("Wie die Aktion bezahlt wird"), [Optional(), Length(max=1000)]
    )
    link = URLField(lazy("Link"), [Optional(), URL(), Length(max=300)])

    def __init__(self, *, action: Action | None = None, **rest: Any) -> None:
        super().__init__(data=self.stored(action), **rest)

    @property
    def entry(self) -> ActionEntry:
        """What was entered, once it is accepted."""
        values = self.values
        values.pop("version", None)
        values["link"] = values["link"] or ""
        return ActionEntry(**values)


class ExistenceFields(Form):
    """What was found about one state."""

    class Meta:
        csrf = False

    standing = RadioField(
        lazy("Gibt es die Aktion dort?"),
        coerce=Standing,  # type: ignore[arg-type]
        choices=[SelectChoice(one.value, one.label) for one in Standing],
        default=Standing.OPEN,
    )
    evidence = StringField(lazy("Woran man es sieht"), [Optional(), Length(max=300)])
    is_today = BooleanField(lazy("heute nachgesehen"))


class CheckForm(PostingForm):
    """Where an action exists and who pays for it, one group a state."""

    saxony = FormField(ExistenceFields, FederalState.SAXONY.label)
    saxony_anhalt = FormField(ExistenceFields, FederalState.SAXONY_ANHALT.label)
    thuringia = FormField(ExistenceFields, FederalState.THURINGIA.label)
    funding = TextAreaField(
        lazy("Wie die Aktion bezahlt wird"), [Optional(), Length(max=1000)]
    )

    def __init__(self, *, action: Action, **rest: Any) -> None:
        stored = {
            FederalState(one.state).name.lower(): {  # type: ignore[call-arg]
                "standing": one.standing,
                "evidence": one.evidence,
            }
            for one in action.existences
        }
        own = {"funding": action.funding, "version": action.version}
        super().__init__(data=stored | own, **rest)
        # Told apart where mistakes and differences stand in one list.
        for group in self.groups:
            for one in group.form:
                one.label.text = f"{group.label.text}: {one.label.text}"

    @property
    def groups(self) -> list[Any]:
        """The groups of the states, in their order."""
        return [self[state.name.lower()] for state in FederalState]

    @property
    def check(self) -> Check:
        """What was entered, once it is accepted."""
        findings = {
            state: Finding(
                standing=group.form.standing.data,
                evidence=group.form.evidence.data or "",
                is_today=group.form.is_today.data,
            )
            for state, group in zip(FederalState, self.groups, strict=True)
        }
        return Check(findings=findings, funding=self.funding.data or "")
