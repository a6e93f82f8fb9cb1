"""Texts that people write with a few signs, turned into HTML that can do no harm."""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# No pictures, tables or code: what an information page needs and no more.
BLOCKS = {"h2", "h3", "p", "ul", "ol", "li", "blockquote", "br", "hr"}
TAGS = BLOCKS | {"a", "strong", "em"}
SCHEMES = {"http", "https", "mailto", "tel"}
# A page has its own heading, so that of a text begins one step below.
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}


def html_of(text: str) -> Markup:
    """Gives the HTML of a text: headings, lists, links, emphasis.

    HTML in the text is shown as it was typed; links lead to the web, to mail and
    telephones, and within the site.
    """
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    html = parser.renderer.render(_without_pictures(tokens), parser.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return Markup(clean)  # noqa: S704 - nh3 has taken out what could act


@cache
def _parser() -> MarkdownIt:
    # Its strict preset: HTML in the text stays text.
    return MarkdownIt("js-default").disable(["table", "code", "fence", "backticks"])


def _without_pictures(tokens: list[Token]) -> list[Token]:
    """Leaves of a picture the words that stand for it."""
    for token in tokens:
        for child in token.children or []:
            if child.type == "image":
                child.type, child.tag = "text", ""
    return tokens
