"""The addresses that every kind of posting has, and to whom each is open."""

from functools import partial, update_wrapper

from flask import Blueprint

from marketplace.people.accounts.enums import Role
from marketplace.postings.lives.views import acts, writing
from marketplace.postings.lives.views.kinds import Kind, P
from marketplace.web.access import EVERYONE, open_to

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")
ONE = "/<public:key>"
# Address, endpoint, view, methods, audience.
ROUTES = (
    ("", "index", writing.index, GET, (EVERYONE,)),
    ("/meine", "mine", writing.mine, GET, (Role.MEMBER,)),
    ("/neu", "new", writing.new, BOTH, (Role.MEMBER,)),
    (ONE, "show", acts.show, GET, (EVERYONE,)),
    (f"{ONE}/bearbeiten", "edit", writing.edit, BOTH, (Role.MEMBER,)),
    (f"{ONE}/bestaetigen", "confirm", acts.confirm, POST, (Role.MEMBER,)),
    (
        *(f"{ONE}/schritt/<act>", "move", acts.move, BOTH),
        (Role.MEMBER, Role.COORDINATOR),
    ),
)


def serve(blueprint: Blueprint, kind: Kind[P]) -> None:
    """Gives a kind of posting all its pages."""
    for address, endpoint, view, methods, audience in ROUTES:
        # A name is what the guard of forms asks of a view; a partial has none.
        shared = open_to(*audience)(update_wrapper(partial(view, kind), view))
        blueprint.add_url_rule(address, endpoint, shared, methods=methods)
