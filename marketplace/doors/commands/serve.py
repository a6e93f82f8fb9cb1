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

    Example: market serve --port 8000 --workers 4
    """
    arguments = [
        sys.executable,
        *gunicorn("marketplace:create_app()", host, port, workers),
    ]
    # This process becomes the server, so whoever started it can end it.
    os.execv(sys.executable, [*arguments, *(["--reload"] if reload else [])])  # noqa: S606 - our own arguments


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
