"""The list of partners as a table to take away."""

from collections.abc import Sequence

from marketplace.foundation.language import _
from marketplace.foundation.spreadsheets_writing import Table, csv_of, xlsx_of
from marketplace.matching.partners.services.explaining import PartRow
from marketplace.matching.partners.services.finding import Finding, Partner


def list_as_csv(finding: Finding) -> bytes:
    """The partners of a list as CSV; nothing that is not published."""
    return csv_of(_headings(finding), _rows(finding))


def list_as_xlsx(finding: Finding) -> bytes:
    """The same as a workbook."""
    return xlsx_of(Table(_("Partner"), _headings(finding), _rows(finding)))


def _headings(finding: Finding) -> Sequence[str]:
    parts = [row.name for row in _parts(finding)]
    return [
        _("Platz"),
        _("Organisation"),
        _("Eintrag"),
        _("Ort"),
        _("km"),
        _("Ihre Sicht"),
        *parts,
        _("gegenseitig"),
        _("Nachfrage"),
        _("Reihung"),
        _("deckt"),
        _("fehlt"),
        _("Angaben"),
    ]


def _parts(finding: Finding) -> Sequence[PartRow]:
    first = next(iter(finding.partners), None)
    return first.explanation.parts if first else []


def _rows(finding: Finding) -> Sequence[Sequence[str]]:
    return [_row(partner) for partner in finding.partners]


def _row(partner: Partner) -> Sequence[str]:
    why, thing = partner.explanation, partner.thing
    covers = [f"{name}: {amount}" for name, amount in why.covers]
    return [
        str(partner.rank),
        partner.organisation.name,
        thing.title,
        thing.place_name or "",
        str(why.km),
        why.exact,
        *(part.exact for part in why.parts),
        why.mutual_exact,
        partner.demand,
        partner.order,
        "; ".join(covers),
        "; ".join(why.missing),
        why.completeness,
    ]
