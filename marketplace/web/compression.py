"""Smaller answers, where no secret of a person stands in them."""

from flask import Flask, Response, g
from flask_compress import Compress

SETTINGS = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_ALGORITHM_STREAMING": ["br", "gzip"],
    "COMPRESS_REGISTER": False,
}


def init_app(app: Flask) -> None:
    """Compresses pages, but none that holds the token of a form.

    The length of such a page would tell something of the token to who may choose
    other words of the page and watch the line (BREACH).
    """
    app.config.from_mapping(SETTINGS)
    compress = Compress(app)
    token = app.config["WTF_CSRF_FIELD_NAME"]

    @app.after_request
    def make_smaller(response: Response) -> Response:
        return response if token in g else compress.after_request(response)
