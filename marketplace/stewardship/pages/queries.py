from collections.abc import Sequence

from sqlalchemy import Select, select

from marketplace.foundation.database import db
from marketplace.stewardship.pages.enums import Duty
from marketplace.stewardship.pages.models import Revision, TextPage


def page_by_slug(slug: str) -> TextPage | None:
    """The page of this address, with the text that holds."""
    return db.session.scalar(select(TextPage).where(TextPage.slug == slug))


def all_pages() -> Sequence[TextPage]:
    """Every page that was written, by its address."""
    return db.session.scalars(select(TextPage).order_by(TextPage.slug)).all()


def public_pages() -> Sequence[tuple[str, str]]:
    """Address and title of each free page that everybody may read."""
    pages = [p for p in all_pages() if p.is_public and p.slug not in set(Duty)]
    return [(page.slug, page.present.title) for page in pages]


def revision_of(page: TextPage, number: int) -> Revision | None:
    """The revision of this number."""
    return db.session.scalar(revisions_of(page).where(Revision.number == number))


def revisions_of(page: TextPage) -> Select[Revision]:
    """Every text of a page, the newest first."""
    query = select(Revision).where(Revision.page_id == page.id)
    return query.order_by(Revision.number.desc())
