"""The addresses that every kind of posting has, and to whom each is open."""

from functools import partial, update_wrapper

from flask import Blueprint

from marketplace.people.accounts.enums import Role
from marketplace.postings.lives.views import acts, writing
from marketplace.postings.lives.views.history import history
from marketplace.postings.lives.views.kinds import Kind, P
from marketplace.web.access import EVERYONE, open_to

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")
ONE = "/<public:key>"
ALL, MEMBERS = (EVERYONE,), (Role.MEMBER,)
BOTH_SIDES = (Role.MEMBER, Role.COORDINATOR)
# Address, endpoint, view, methods, audience.
ROUTES = (
    ("", "index", writing.index, GET, ALL),
    ("/meine", "mine", writing.mine, GET, MEMBERS),
    ("/neu", "new", writing.new, BOTH, MEMBERS),
    (ONE, "show", acts.show, GET, ALL),
    (f"{ONE}/bearbeiten", "edit", writing.edit, BOTH, MEMBERS),
    (f"{ONE}/bestaetigen", "confirm", acts.confirm, POST, MEMBERS),
    (f"{ONE}/vorschau", "preview", acts.preview, GET, BOTH_SIDES),
    (f"{ONE}/verlauf", "history", history, GET, BOTH_SIDES),
    ("/bestaetigen/<token>", "confirm_by_letter", acts.confirm_by_letter, BOTH, ALL),
    (f"{ONE}/schritt/<act>", "move", acts.move, BOTH, BOTH_SIDES),
)


def serve(blueprint: Blueprint, kind: Kind[P]) -> None:
    """Gives a kind of posting all its pages."""
    for address, endpoint, view, methods, audience in ROUTES:
        # A name is what the guard of forms asks of a view; a partial has none.
        shared = open_to(*audience)(update_wrapper(partial(view, kind), view))
        blueprint.add_url_rule(address, endpoint, shared, methods=methods)
