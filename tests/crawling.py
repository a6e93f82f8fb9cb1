"""Every address that can be read, and what an answer says as text."""

from io import BytesIO
from itertools import product
from zipfile import ZipFile

from flask import url_for
from werkzeug.routing import AnyConverter

from tests.papers import Paper

# Words that stand in addresses, where no thing and no choice of a rule does.
WORDS = {
    "name": ["praktika", "angebote", "organisationen"],
    "kind": ["internships", "offers", "organisations"],
    "slug": ["datenschutz", "hilfe"],
    "number": [1],
}
LEFT_OUT = {"static", "accounts.sign_out"}


def addresses_of(app, things, also=None):
    """The addresses of every route that answers GET, each thing put wherever it fits.

    `also` are further values by the name of the argument, such as tokens of letters. A
    route that has another argument is not asked.
    """
    keys = [thing.public_id for thing in things]
    ids = [thing.id for thing in things]
    words = {**WORDS, "key": keys, "other": keys, **(also or {})}
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in LEFT_OUT:
            continue
        values = [_values(rule, name, words, ids) for name in sorted(rule.arguments)]
        for chosen in product(*values):
            arguments = dict(zip(sorted(rule.arguments), chosen, strict=True))
            found.add(url_for(rule.endpoint, **arguments, _external=False))
    return sorted(found)


def routes_asked(app, paths):
    """The endpoints to which some addresses lead."""
    adapter = app.url_map.bind("localhost")
    return {adapter.match(path.partition("?")[0])[0] for path in paths}


def said_in(response):
    """What an answer says: its text, that of a PDF, or of all parts of an archive."""
    content = response.get_data()
    if content.startswith(b"%PDF-"):
        return Paper(content).text
    if content.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        return "\n".join(part.decode(errors="replace") for part in parts)
    return content.decode(errors="replace")


def _values(rule, name, words, ids):
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    if name in words:
        return words[name]
    return ids if name.endswith("_id") else []
