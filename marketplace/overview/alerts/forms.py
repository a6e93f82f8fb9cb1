from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from marketplace.foundation.language import NamedEnum, _, lazy
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.tables import GROUNDS, KINDS, NARROWING
from marketplace.overview.finding.enums import Kind
from marketplace.postings.lives.forms import ListFilters
from marketplace.web.fields import EnumField
from marketplace.web.forms import Form

NEEDED = InputRequired(lazy("Hier fehlt noch etwas."))


class SaveForm(Form):
    """How soon a new search tells of something."""

    rhythm = RadioField(
        lazy("Wann sollen Briefe kommen?"),
        [NEEDED],
        choices=[SelectChoice(one.value, one.label) for one in Rhythm],
        coerce=lambda value: Rhythm(value) if value else None,  # type: ignore[call-arg]
        default=Rhythm.DAILY,
    )


class RhythmForm(Form):
    """Another rhythm for a search that is there."""

    rhythm = EnumField(lazy("Briefe"), [NEEDED], kinds=Rhythm, empty=None)


class KeptFilters(ListFilters):
    """What of the address of a list is kept: what narrows there, and a letter obeys."""

    def __init__(self, scope: Scope, entries: MultiDict[str, Any]) -> None:
        ground = GROUNDS[scope]
        kept = [(k, v) for k, v in entries.items(multi=True) if k in ground.kept]
        super().__init__(MultiDict(kept), kinds=_choices(scope))

    @property
    def address(self) -> dict[str, list[str]]:
        """The entries as they stand in an address; of hints that they are shown."""
        shown = {"hinweise": ["1"]} if self.hinweise.data else {}
        return self.query | shown


def scope_in(entries: Mapping[str, Any]) -> Scope:
    """Where somebody looked, as the address says it; the internships by default."""
    said = entries.get("liste", "")
    return next((scope for scope in Scope if scope == said), Scope.INTERNSHIPS)


def left_out_of(scope: Scope, entries: MultiDict[str, Any]) -> list[str]:
    """What of an address cannot be kept, in the words of its fields."""
    whole = ListFilters(entries, kinds=Kind if scope is Scope.EVERYTHING else ())
    names = NARROWING - GROUNDS[scope].kept - {"art"}
    words = [str(whole[name].label.text) for name in whole.values if name in names]
    art = whole.values.get("art", "")
    if scope is Scope.EVERYTHING and art and art not in KINDS:
        words.append(_("nur %(kind)s", kind=whole.kinds[art]))
    return words


def _choices(scope: Scope) -> list[NamedEnum]:
    """What `art` chooses from; of what search finds only what letters tell of."""
    choices = list(GROUNDS[scope].choices or ())
    is_search = scope is Scope.EVERYTHING
    return [one for one in choices if one.value in KINDS or not is_search]
