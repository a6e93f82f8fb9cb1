"""Who asks and how, where proxies stand in front; none is believed unasked."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def init_app(app: Flask) -> None:
    """Takes address and scheme from the last `PROXIES` proxies, never the host."""
    count: int = app.config["PROXIES"]
    if count:
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)
        app.wsgi_app = proxied  # type: ignore[method-assign]
