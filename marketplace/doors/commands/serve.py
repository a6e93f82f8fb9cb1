"""Serves the site with gunicorn."""

import os
import sys

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes.")
@click.option("--reload", is_flag=True, help="Start anew when code changes.")
def serve(host: str, port: int, workers: int, *, reload: bool) -> None:
    """Serve the site.

    Links lead to this address, unless MARKET_BASE_URL names another one.

    Example: market serve --port 8000 --workers 4
    """
    arguments = [
        sys.executable,
        *gunicorn("marketplace:create_app()", host, port, workers),
    ]
    # This process becomes the server, so whoever started it can end it.
    os.execve(  # noqa: S606 - our own arguments
        sys.executable,
        [*arguments, *(["--reload"] if reload else [])],
        environment_of(host, port),
    )


def environment_of(host: str, port: int) -> dict[str, str]:
    """The environment of the server; an address that the operator named stands."""
    return {"MARKET_BASE_URL": address_of(host, port)} | os.environ


def address_of(host: str, port: int) -> str:
    """Where one opens what is served here; on this machine, if on all its addresses."""
    if host in {"0.0.0.0", "::", "[::]", ""}:  # noqa: S104 - asked for by the caller
        host = "127.0.0.1"
    bracketed = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{bracketed}:{port}"


def gunicorn(app: str, host: str, port: int, workers: int) -> list[str]:
    """The arguments with which Python serves an application."""
    return [
        *("-m", "gunicorn", app),
        *("--config", "python:marketplace.doors.commands.warming"),
        *("--bind", f"{host}:{port}"),
        *("--workers", str(workers)),
        *("--worker-class", "gthread", "--threads", "4"),
        *("--timeout", "30", "--graceful-timeout", "20"),
        # It would lie in the home folder, one for all servers of a person.
        "--no-control-socket",
    ]
