"""Light or dark: what the reader chose, kept in a cookie that says nothing else."""

from flask import Flask, Response, g, request

from marketplace.foundation.language import lazy
from marketplace.web.navigation import Link, same_page

COOKIE = "farben"
# What the address says, what the stylesheet knows it by, what the reader reads.
THEMES = {
    "auto": ("", lazy("wie das Gerät")),
    "hell": ("light", lazy("hell")),
    "dunkel": ("dark", lazy("dunkel")),
}
KEPT_SECONDS = 31_536_000


def init_app(app: Flask) -> None:
    """Gives every template `theme` and `themes`, and keeps what was chosen."""
    app.add_template_global(theme)
    app.add_template_global(themes)
    app.before_request(_note_choice)
    app.after_request(_keep_choice)


def theme() -> str:
    """Gives `light` or `dark`, or nothing where the device decides."""
    return THEMES[_chosen()][0]


def themes() -> list[Link]:
    """Gives this page in each theme; the present one is marked."""
    present = _chosen()
    return [
        Link(str(label), same_page(farben=code), code == present)
        for code, (_theme, label) in THEMES.items()
    ]


def _chosen() -> str:
    code: str = g.get("theme") or request.cookies.get(COOKIE, "")
    return code if code in THEMES else "auto"


def _note_choice() -> None:
    asked = request.args.get(COOKIE, "")
    if asked in THEMES:
        g.theme = asked


def _keep_choice(response: Response) -> Response:
    if "theme" in g:
        response.set_cookie(
            COOKIE,
            g.theme,
            max_age=KEPT_SECONDS,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response
