"""Cases made from the description itself, sent in; who answers must keep it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
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
VALID, BROKEN = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
CALM = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@dataclass(frozen=True)
class Attack:
    """Who sends the cases, how many to each operation, about which things.

    `ids` stand in every second address that names a thing; half of the cases break
    the description.
    """

    headers: Mapping[str, str]
    cases: int
    ids: Sequence[str] = ()
    number: int = 0

    def on(self, app):
        """Sends them to every operation; counts the answers by operation and status."""
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
        answers = Counter()
        for operation in operations_of(schema):
            _send_to(operation, VALID, self, answers)
            try:
                _send_to(operation, BROKEN, self, answers)
            except Unsatisfiable:  # nothing in it can be broken
                _send_to(operation, VALID, self, answers)
        return answers


def operations_of(schema):
    return [found.ok() for found in schema.get_all_operations()]


def _send_to(operation, mode, attack, answers):
    ids = st.none() | st.sampled_from(attack.ids) if attack.ids else st.none()
    headers = {"Accept-Encoding": "identity", **attack.headers}

    @seed(attack.number)
    @settings(
        max_examples=max(1, attack.cases // 2),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=CALM,
    )
    @given(case=operation.as_strategy(generation_mode=mode), chosen=ids)
    def send(case, chosen):
        if chosen and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = chosen
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)
        answers[operation.label, response.status_code] += 1

    send()
