from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.foundation.database import db
from marketplace.stewardship.pages.enums import Duty
from marketplace.stewardship.pages.models import Revision, TextPage


def page_by_slug(slug: str) -> TextPage | None:
    """The page of this address, with its revisions, the newest first."""
    query = select(TextPage).where(TextPage.slug == slug)
    return db.session.scalar(query.options(selectinload(TextPage.revisions)))


def all_pages() -> Sequence[TextPage]:
    """Every page that was written, by its address."""
    query = select(TextPage).order_by(TextPage.slug)
    return db.session.scalars(query.options(selectinload(TextPage.revisions))).all()


def public_pages() -> Sequence[tuple[str, str]]:
    """Address and title of each free page that everybody may read."""
    pages = [p for p in all_pages() if p.is_public and p.slug not in set(Duty)]
    return [(page.slug, page.present.title) for page in pages]


def revision_of(page: TextPage, number: int) -> Revision | None:
    """The revision of this number."""
    return next((one for one in page.revisions if one.number == number), None)
