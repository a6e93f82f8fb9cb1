"""Cases made from the description itself, sent in; who answers must keep it."""

from collections import Counter

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# A case may be turned down while it is made; that is no finding.
CALM = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def attack(app, cases, headers=None, number=0):
    """Sends some cases to every operation; counts the answers by status."""
    headers = {"Accept-Encoding": "identity", **(headers or {})}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    answers = Counter()
    for operation in operations_of(schema):
        _attack_one(operation, cases, headers, answers, number)
    return answers


def operations_of(schema):
    return [found.ok() for found in schema.get_all_operations()]


def _attack_one(operation, cases, headers, answers, number):
    @seed(number)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=CALM,
    )
    @given(case=operation.as_strategy())
    def send(case):
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)
        answers[response.status_code] += 1

    send()
