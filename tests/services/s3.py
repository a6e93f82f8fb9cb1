"""An S3 over real HTTP on the loopback: moto's server, an emulator."""

from contextlib import contextmanager
from urllib.request import Request, urlopen

from moto.server import ThreadedMotoServer

BUCKET = "market-files"


@contextmanager
def bucket_server():
    """Serves one empty bucket; gives the variables that lead to it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    try:
        urlopen(Request(f"{address}/{BUCKET}", method="PUT")).close()  # noqa: S310
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-central-1",
        }
    finally:
        server.stop()


def empty(variables):
    """Forgets what all tests before have kept."""
    address = variables["AWS_ENDPOINT_URL"]
    urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()  # noqa: S310
    urlopen(Request(f"{address}/{BUCKET}", method="PUT")).close()  # noqa: S310
