"""Which site of an organisation an entry means."""

import re
from collections.abc import Sequence

from marketplace.foundation.language import _
from marketplace.foundation.text import fold_name
from marketplace.people.organisations.models import Organisation, Site
from marketplace.region.places.queries import address_of
from marketplace.stewardship.imports.services.entries import Entry, RejectedRow

_CODE = re.compile(r"\b\d{5}\b")


def site_for(entry: Entry, organisation: Organisation) -> tuple[Site | None, str]:
    """The site, and what is to be said where the words name none of them.

    Rejects a town where the organisation has no site: it would move the entry. Words
    without a town are no place; then one site alone is meant, if they are silent.
    """
    sites: Sequence[Site] = organisation.sites
    town = address_of(entry.get("city")).name
    words = entry.get("location")
    if town:
        there = [site for site in sites if _is_at(site, town)]
        if not there:
            raise RejectedRow(
                _("Sie haben keinen Standort in „%(town)s“.", town=town)
                + " "
                + _("Tragen Sie ihn zuerst bei Ihrer Organisation ein.")
            )
        return _by_street(there, entry.get("street")), ""
    if not words:
        return (sites[0] if len(sites) == 1 else None), ""
    return _named_in(words, sites)


def _named_in(words: str, sites: Sequence[Site]) -> tuple[Site | None, str]:
    folded = f" {fold_name(words)} "
    there = [
        site
        for site in sites
        if site.place_name and f" {fold_name(site.place_name)} " in folded
    ]
    if there:
        return _by_street(there, words), ""
    if _CODE.search(words):
        raise RejectedRow(
            _("Sie haben keinen Standort in „%(town)s“.", town=words[:80])
            + " "
            + _("Tragen Sie ihn zuerst bei Ihrer Organisation ein.")
        )
    return None, _("Der Ort „%(words)s“ ist keiner Ihrer Standorte.", words=words[:80])


def _is_at(site: Site, town: str) -> bool:
    return fold_name(site.place_name or "") == fold_name(town)


def _by_street(sites: Sequence[Site], words: str) -> Site:
    """Of several in one town the one whose street is named, else the first."""
    folded = fold_name(words)
    named = (site for site in sites if site.street and fold_name(site.street) in folded)
    return next(named, sites[0])
