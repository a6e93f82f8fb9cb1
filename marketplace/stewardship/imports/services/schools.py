"""Schools of a list of the ministries, with whatever else stands in it."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.text import plain
from marketplace.people.accounts.enums import SchoolKind
from marketplace.people.schools.models import School
from marketplace.people.schools.rules import SHARED_DOMAINS
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.imports.services.entries import Entry
from marketplace.stewardship.imports.services.gazetteer import Gazetteer
from marketplace.stewardship.imports.services.runs import Run, Take
from marketplace.stewardship.imports.services.texts import cut

# The first that occurs decides: "Berufliches Gymnasium" is vocational.
KINDS: Mapping[SchoolKind, re.Pattern[str]] = {
    kind: re.compile(words, re.IGNORECASE)
    for kind, words in {
        SchoolKind.VOCATIONAL: (
            r"beruf|fachschule|fachoberschule|\bbbs\b|\bbsz\b|ergänzungsschule"
        ),
        SchoolKind.SPECIAL: (
            r"förder|sonderschule|behindert|erziehungshilfe|sprachheil|klinik"
            r"|hörgeschädigt|blinde|landesbildungszentrum"
        ),
        SchoolKind.COMMUNITY: r"gemeinschaftsschule|gemeinschafts-|gesamtschule",
        SchoolKind.SEKUNDARSCHULE: r"sekundar",
        SchoolKind.REGELSCHULE: r"regelschule",
        SchoolKind.GYMNASIUM: r"gymnasium",
        # What was called Mittelschule in Saxony is an Oberschule today.
        SchoolKind.OBERSCHULE: r"oberschule|mittelschule",
    }.items()
}
# Authorities and centres stand in the lists, too; nobody goes to school there.
NO_SCHOOL = re.compile(
    r"schulaufsicht|ministerium|bildungsagentur|beratungsstelle|medienzentrum"
    r"|sportstätte|schwimmzentrum|fachzentrum|weiterbildungsstätte|strafvollzug"
    r"|schulen mit internat|schulamt",
    re.IGNORECASE,
)


def take_schools(_run: Run) -> Take:
    """Rows become schools; several kinds under one roof are several schools."""
    known = {school.key: school for school in db.session.scalars(select(School))}
    gazetteer = Gazetteer()

    def take(entry: Entry) -> Outcome:
        key = cut(entry.need("key", _("Schulnummer")), 40)
        values = _values(entry) | gazetteer.spot(entry).columns()
        school = known.get(key)
        if school is None:
            known[key] = School(key=key, **values)
            db.session.add(known[key])
            return Outcome.CREATED
        changed = {n: v for n, v in values.items() if getattr(school, n) != v}
        for name, value in changed.items():
            setattr(school, name, value)
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    return take


def kind_of_school(kind_text: str, name: str) -> tuple[SchoolKind, bool]:
    """Tells the kind by the words of the list, else by the name; and if one can go.

    Primary schools, evening classes and the like are `other`.
    """
    if NO_SCHOOL.search(kind_text) or NO_SCHOOL.search(name):
        return SchoolKind.OTHER, False
    words = kind_text or name
    found = (kind for kind, pattern in KINDS.items() if pattern.search(words))
    return next(found, SchoolKind.OTHER), True


def _values(entry: Entry) -> dict[str, Any]:
    name = cut(entry.need("name", "Name"), 200)
    kind, is_selectable = kind_of_school(entry.get("kind"), name)
    domain = cut(entry.get("mail_domain"), 120).lower().removeprefix("@")
    known = {
        "email": cut(entry.get("email"), 254).lower(),
        "mail_domain": "" if domain in SHARED_DOMAINS else domain,
    }
    # What the office has entered stays where a list does not tell it.
    return {n: value for n, value in known.items() if value} | {
        "name": name,
        "sort_name": plain(name)[:200],
        "kind": kind,
        "kind_text": cut(entry.get("kind"), 160),
        "street": cut(entry.get("street"), 120),
        "is_selectable": is_selectable,
        "source": cut(entry.get("source"), 300),
    }
