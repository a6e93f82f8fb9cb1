"""Smaller answers. That this gives no secret away, `form_tokens` sees to."""

from flask import Flask
from flask_compress import Compress

SETTINGS = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_ALGORITHM_STREAMING": ["br", "gzip"],
}


def init_app(app: Flask) -> None:
    """Compresses every answer that gets smaller by it."""
    app.config.from_mapping(SETTINGS)
    Compress(app)
