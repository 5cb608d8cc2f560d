"""Two phones at one gate: on either database one handover counts, the other is told."""

import threading

import pytest

from shared.contracts.distribution_v1 import ConsignmentHandedOver
from tests.integration.distribution.field import named


@pytest.fixture
def travelling(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=50)
    field.on_the_way()
    return field


def at_once(caller, bodies):
    """Send handovers from as many phones at the same moment; give the answers."""
    answers = []

    def send(body):
        outreach = caller("outreach")
        answers.append(outreach.send("/consignments/C-2026-0001/handover", **body))

    threads = [threading.Thread(target=send, args=[body]) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def a_handover(field, name, short):
    return {
        "command_id": named(name),
        "occurred_at": "2026-11-20T11:00:00+05:00",
        "lines": field.gate_lines(short=short),
    }


def test_of_many_handovers_at_once_one_counts(travelling, caller):
    """INV-19: of several handovers one counts."""
    bodies = [a_handover(travelling, f"phone {n}", n % 2) for n in range(6)]

    answers = at_once(caller, bodies)

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    (told,) = travelling.said(ConsignmentHandedOver)
    others = [answer.json for answer in answers if answer.status_code == 409]
    assert {other["handover_id"] for other in others} == {str(told.handover_id)}
    same = [other["has_same_numbers"] for other in others]
    assert sorted(same) == [False] * 3 + [True] * 2
    assert not any(check["violations"] for check in travelling.app.verify())


def test_one_phone_that_sends_at_once_twice_is_one_handover(travelling, caller):
    body = a_handover(travelling, "impatient", 0)

    answers = at_once(caller, [body, body, body])

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(travelling.said(ConsignmentHandedOver)) == 1


def test_of_two_corrections_at_once_one_counts(travelling, caller):
    travelling.hands_over()
    bodies = [
        {**a_handover(travelling, f"fix {n}", n), "corrects": named("handover")}
        for n in (1, 2)
    ]

    answers = at_once(caller, bodies)

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json["code"] == "not_the_last_handover"
    assert not any(check["violations"] for check in travelling.app.verify())
