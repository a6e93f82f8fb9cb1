"""A mail server on the loopback, speaking real SMTP."""

import asyncio
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.services.processes import free_port


@contextmanager
def mail_server(handler):
    """Hands every letter to `handler`; gives the address."""
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
        if not controller.loop.is_closed():
            asyncio.set_event_loop(None)
            controller.loop.close()
