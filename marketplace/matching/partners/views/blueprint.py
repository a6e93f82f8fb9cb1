from flask import Blueprint

blueprint = Blueprint("partners", __name__, url_prefix="/partner")
