from flask import Blueprint

blueprint = Blueprint("maps", __name__, url_prefix="/karte")
