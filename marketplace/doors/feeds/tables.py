from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel.speaklater import LazyString

from marketplace.doors.feeds.enums import Form
from marketplace.foundation.language import lazy
from marketplace.people.organisations.models import Organisation
from marketplace.postings.actions.models import Action
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.offers.models import Offer
from marketplace.postings.programmes.models import Programme
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.sponsorships.models import Sponsorship

EVERY = tuple(Form)
WITHOUT_PLACE = (Form.CSV, Form.ATOM)


@dataclass(frozen=True)
class Kept:
    """One list: what it is called, what stands in it, and in which forms it is given.

    `endpoint` is the page of one of its things; programmes have none.
    """

    label: LazyString
    model: type[Any]
    forms: Sequence[Form]
    index: str
    endpoint: str | None


# What one thing of a list is called.
SINGLE: Mapping[str, LazyString] = {
    "praktika": lazy("Praktikum"),
    "angebote": lazy("Angebot"),
    "foerderungen": lazy("Förderung"),
    "veranstaltungen": lazy("Veranstaltung"),
    "aktionen": lazy("Aktion"),
    "organisationen": lazy("Organisation"),
    "vorbilder": lazy("Vorbild"),
}
# What hangs on walls: no people, and organisations have a page in print of their own.
POSTERS = ("praktika", "angebote", "foerderungen", "veranstaltungen", "aktionen")
# What is in each list, for who does not know it.
WORDS: Mapping[str, LazyString] = {
    "praktika": lazy("Wochen und Tage, an denen Jugendliche in einen Beruf sehen."),
    "angebote": lazy("Was Labore, Museen und Vereine mit Jugendlichen tun."),
    "foerderungen": lazy("Was Unternehmen geben: Geld, Material, Räume, Zeit."),
    "veranstaltungen": lazy("Tage und Abende, zu denen alle kommen können."),
    "aktionen": lazy("Ideen zum Übernehmen, mit Aufwand und Finanzierung."),
    "foerderprogramme": lazy("Wo man Geld beantragen kann, und bis wann."),
    "organisationen": lazy("Geprüfte Unternehmen, Anbieter, Vereine und Hochschulen."),
}
# What is handed on as data, by the address of the list.
LISTS: Mapping[str, Kept] = {
    "praktika": Kept(
        lazy("Praktika"), Internship, EVERY, "internships.index", "internships.show"
    ),
    "angebote": Kept(lazy("Angebote"), Offer, EVERY, "offers.index", "offers.show"),
    "foerderungen": Kept(
        *(lazy("Förderungen"), Sponsorship, (Form.CSV, Form.GEOJSON, Form.ATOM)),
        *("sponsorships.index", "sponsorships.show"),
    ),
    "veranstaltungen": Kept(
        lazy("Veranstaltungen"), Event, EVERY, "events.index", "events.show"
    ),
    "aktionen": Kept(
        lazy("Aktionen"), Action, WITHOUT_PLACE, "actions.index", "actions.show"
    ),
    "foerderprogramme": Kept(
        *(lazy("Förderprogramme"), Programme, (Form.CSV, Form.ICS, Form.ATOM)),
        *("programmes.index", None),
    ),
    "organisationen": Kept(
        *(lazy("Organisationen"), Organisation, (Form.CSV, Form.GEOJSON, Form.ATOM)),
        *("organisations.index", "organisations.show"),
    ),
}
# What has a page of its own to tell others of and to be found by. Role models are
# people: they are shown and never handed on, so that one who withdraws is gone.
PAGES: Mapping[str, Kept] = {
    **{name: kept for name, kept in LISTS.items() if kept.endpoint},
    "vorbilder": Kept(
        lazy("Vorbilder"), RoleModel, (), "rolemodels.index", "rolemodels.show"
    ),
}
