from flask import Blueprint

blueprint = Blueprint("watchlist", __name__, url_prefix="/merkliste")
