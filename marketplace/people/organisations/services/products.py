"""What is made here, with pictures, and the logo: members show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.pictures import redrawn
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation, Picture, Product
from marketplace.people.organisations.queries import products_of
from marketplace.people.organisations.services.allowing import require_member
from marketplace.people.organisations.services.indexing import index_organisation
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.files.services import drop_file, keep_file

MOST_PRODUCTS = 5
PRODUCT_EDGES, LOGO_EDGES = (1200, 480), (480, 160)


@dataclass(frozen=True, kw_only=True)
class ProductEntry:
    """What is told of a product; `alt` says what its picture shows."""

    title: str
    description: str = ""
    alt: str = ""


def add_product(
    organisation: Organisation,
    entry: ProductEntry,
    picture: bytes | None = None,
    *,
    actor: User,
    at: datetime,
) -> Product:
    """Shows another product; refuses a sixth, and a file that is no picture."""
    require_member(organisation, actor)
    there = products_of(locked(organisation))
    if len(there) >= MOST_PRODUCTS:
        raise Refusal(_("Mehr als fünf Dinge zeigt eine Organisation nicht."))
    product = Product(
        organisation=organisation,
        title=entry.title,
        description=entry.description,
        rank=there[-1].rank + 1 if there else 0,
    )
    db.session.add(product)
    db.session.flush()  # its picture points to it
    _show(product, entry.alt, picture, at=at)

    record("organisation.product_added", product, actor=actor, at=at)
    index_organisation(organisation)
    return product


def revise_product(
    product: Product,
    entry: ProductEntry,
    picture: bytes | None = None,
    *,
    actor: User,
    at: datetime,
) -> None:
    """Changes what is told of a product; without a new picture the old one stays."""
    require_member(product.organisation, actor)
    product.title, product.description = entry.title, entry.description
    _show(product, entry.alt, picture, at=at)

    record("organisation.product_revised", product, actor=actor, at=at)
    index_organisation(product.organisation)


def move_product(
    product: Product, *, is_forward: bool, actor: User, at: datetime
) -> tuple[int, int]:
    """Lets a product change places with the next; gives its place, and of how many.

    Refuses at either end. Who writes about one of them meanwhile is not disturbed.
    """
    organisation = locked(product.organisation)
    require_member(organisation, actor)
    order = list(products_of(organisation))
    here = order.index(product)
    there = here - 1 if is_forward else here + 1
    if not 0 <= there < len(order):
        raise Refusal(_("„%(title)s“ steht schon am Rand.", title=product.title))
    order[here], order[there] = order[there], order[here]
    for rank, one in enumerate(order):
        db.session.execute(
            update(Product).where(Product.id == one.id).values(rank=rank)
        )
    db.session.expire(organisation, ["products"])

    record("organisation.product_moved", product, actor=actor, at=at)
    return there + 1, len(order)


def remove_product(product: Product, *, actor: User, at: datetime) -> None:
    """Shows a product no longer, nor its picture."""
    organisation = product.organisation
    require_member(organisation, actor)
    record("organisation.product_removed", product, actor=actor, at=at)
    if product.picture:
        drop_picture(product.picture)
    organisation.products.remove(product)
    db.session.flush()  # the index is made of those that are left
    index_organisation(organisation)


def show_logo(
    organisation: Organisation, picture: bytes, *, actor: User, at: datetime
) -> None:
    """Shows a logo, instead of the one before; its words are the name."""
    require_member(organisation, actor)
    locked(organisation)  # of two at once, the second finds the first
    if organisation.logo:
        drop_picture(organisation.logo)
    _keep(picture, LOGO_EDGES, alt=organisation.name, at=at, organisation=organisation)
    record("organisation.logo_shown", organisation, actor=actor, at=at)


def remove_logo(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Shows no logo any more."""
    require_member(organisation, actor)
    if organisation.logo:
        drop_picture(organisation.logo)
    record("organisation.logo_removed", organisation, actor=actor, at=at)


def drop_picture(picture: Picture) -> None:
    """Takes a picture away in both sizes."""
    files = (picture.large, picture.small)
    db.session.delete(picture)
    db.session.flush()  # it points to the files
    for stored in files:
        drop_file(stored)
    db.session.expire_all()


def _show(product: Product, alt: str, picture: bytes | None, *, at: datetime) -> None:
    """Draws a new picture, or says anew what the old one shows."""
    old = product.picture
    if (picture is not None or old) and not alt.strip():
        raise Refusal(_("Sagen Sie, was auf dem Bild zu sehen ist."))
    if picture is None:
        if old:
            old.alt = alt
        return
    organisation = product.organisation
    if old:
        drop_picture(old)
    _keep(
        picture,
        PRODUCT_EDGES,
        alt=alt,
        at=at,
        organisation=organisation,
        product=product,
    )


def _keep(
    content: bytes,
    edges: Sequence[int],
    *,
    alt: str,
    at: datetime,
    organisation: Organisation,
    product: Product | None = None,
) -> None:
    large, small = redrawn(content, edges)
    files = [
        keep_file(
            size.content,
            name=f"{size.width}.webp",
            content_type="image/webp",
            kind="picture",
            at=at,
        )
        for size in (large, small)
    ]
    db.session.add(
        Picture(
            organisation=organisation,
            product=product,
            alt=alt,
            width=large.width,
            height=large.height,
            large=files[0],
            small=files[1],
        )
    )
    db.session.flush()
    db.session.expire(organisation, ["logo"])
