from flask import Blueprint

blueprint = Blueprint("rounds", __name__)
