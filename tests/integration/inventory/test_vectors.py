"""Every vector, read by the command line and by the warehouse's API."""

import json

from click.testing import CliRunner

from deploy.commands.decode import decode_command
from tests.support.vectors import PINNED, SUBSTITUTED, scan_of, vectors


def promised(vector):
    verdict = vector["expected_json_or_error"]
    if verdict.startswith("ERROR:"):
        return {"error": verdict.removeprefix("ERROR:")}
    return json.loads(verdict)


def test_the_command_line_reads_every_vector():
    scans = "".join(f"{json.dumps(scan_of(vector))}\n" for vector in vectors())
    options = ["--today", PINNED, "--substitute", "{GS}"]

    lines = CliRunner().invoke(decode_command, options, scans).stdout.splitlines()

    assert [json.loads(line) for line in lines] == [promised(one) for one in vectors()]


def answered(call, vector):
    """Give what the API says, in the words of the vectors."""
    answer = call["volunteer"].post("/scans/decode", {"raw": scan_of(vector)})
    if answer.status_code == 422:
        return {"error": answer.json["code"]}
    return {
        name: fact
        for name, fact in answer.json.items()
        if name not in ("product", "missing")
    }


def test_the_api_reads_every_vector(call, warehouse):
    assert warehouse.clock.now().date().isoformat() == PINNED
    asked = [one for one in vectors() if one["id"] != SUBSTITUTED]

    wrong = {
        one["id"]: said
        for one in asked
        if (said := answered(call, one)) != promised(one)
    }

    assert wrong == {}
    assert len(asked) == len(vectors()) - 1
