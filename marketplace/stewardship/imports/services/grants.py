"""Who funded whom, long ago or lately."""

import re
from hashlib import sha256

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.text import fold_name
from marketplace.postings.sponsorships.models import PastGrant
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.imports.services.entries import Entry, RejectedRow
from marketplace.stewardship.imports.services.runs import Run, Take
from marketplace.stewardship.imports.services.texts import cut


def take_sponsorships(_run: Run) -> Take:
    """Rows become history: who funded whom. Never a give line, never matched."""
    known = {grant.source_key: grant for grant in db.session.scalars(select(PastGrant))}

    def take(entry: Entry) -> Outcome:
        funder = entry.get("funder") or entry.need("funding", "Förderer")
        if not (entry.get("recipient") or entry.get("title")):
            raise RejectedRow(_("Wer oder was gefördert wurde, fehlt."))
        values = {
            "funder": cut(funder, 200),
            "recipient": cut(entry.get("recipient"), 300),
            "title": cut(entry.get("title"), 300),
            "place_name": cut(entry.get("place"), 120),
            "amount_eur": euros_from(entry.get("amount")),
            "amount_text": cut(entry.get("amount"), 120),
            "year": int(entry.get("year")) if entry.get("year").isdecimal() else None,
            "purpose": cut(entry.get("purpose"), 400),
            "source": cut(entry.need("source", "Quelle"), 400),
            "licence": cut(entry.get("licence"), 120),
        }
        names = ("recipient", "year", "amount", "title", "place")
        words = [fold_name(funder), *(fold_name(entry.get(name)) for name in names)]
        key = sha256("|".join(words).encode()).hexdigest()
        grant = known.get(key)
        if grant is None:
            known[key] = PastGrant(source_key=key, **values)
            db.session.add(known[key])
            return Outcome.CREATED
        changed = {n: v for n, v in values.items() if getattr(grant, n) != v}
        for column, value in changed.items():
            setattr(grant, column, value)
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    return take


def euros_from(text: str) -> int | None:
    """The amount, if the text is nothing but one."""
    bare = re.sub(r"(?i)[\s€]|euro|eur", "", text).replace(".", "").split(",")[0]
    return int(bare) if bare.isdecimal() and len(bare) < 10 else None
