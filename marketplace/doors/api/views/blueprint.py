from flask import Blueprint, Response, request

from marketplace.web.problems import CORS, PREFIX

blueprint = Blueprint("api", __name__, url_prefix=PREFIX.rstrip("/"))
# What a page of another site may send here; a token, but never a cookie.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "86400",
}


@blueprint.after_request
def open_to_other_sites(response: Response) -> Response:
    response.headers.update(CORS)
    if request.method == "OPTIONS":
        response.headers.update(PREFLIGHT)
    return response
