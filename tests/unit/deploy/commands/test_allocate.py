"""`komek allocate`: problems in, awards out, and a sentence for what is wrong."""

import copy
import json
from random import Random  # noqa: TID251  always with a seed

import pytest
from click.testing import CliRunner

from deploy.commands.allocate import allocate_command
from deploy.commands.allocate_words import LANGUAGES, speaker
from services.distribution.domain.allocation import Reason, ReasonCode
from tests.bench.allocating import document

PROBLEM = {
    "product_code": "MEN-PAD",
    "handover_on": "2026-11-20",
    "lots": [
        {
            "id": "L2",
            "quantity": 5,
            "expires_on": "2027-03-01",
            "received_on": "2026-09-02",
            "earmark": None,
        },
        {
            "id": "L1",
            "quantity": 2,
            "expires_on": None,
            "received_on": "2026-09-01",
            "earmark": ["children"],
        },
    ],
    "claims": [
        {
            "id": "B",
            "entitlement": 10,
            "received": 0,
            "requested": 12,
            "weight": "1",
            "class": 1,
            "min_days": 60,
            "groups": ["women"],
            "last_served_on": "2026-10-20",
        },
        {
            "id": "A",
            "entitlement": 4,
            "received": 1,
            "requested": 3,
            "weight": "3/2",
            "class": 1,
            "min_days": 0,
            "groups": ["children", "women"],
            "last_served_on": None,
        },
    ],
}


def run(document, *options):
    text = document if isinstance(document, bytes) else json.dumps(document)
    return CliRunner().invoke(allocate_command, options, input=text)


def changed(path, value):
    """Return the input with one field set, or taken out where it is `...`."""
    document = {"problems": [copy.deepcopy(PROBLEM)]}
    *way, last = path
    place = document["problems"][0]
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


def test_answers_one_award_per_claim_with_lots_and_reasons():
    result = run({"problems": [PROBLEM]})

    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "results": [
            {
                "product_code": "MEN-PAD",
                "awards": [
                    {
                        "claim": "A",
                        "quantity": 2,
                        "lots": [{"lot": "L1", "quantity": 2}],
                        "reasons": [
                            {
                                "code": "SCARCE",
                                "entitlement": 4,
                                "received": 1,
                                "quantity": 2,
                                "share_numerator": 3,
                                "share_denominator": 4,
                                "share_percent": "75",
                                "covered_percent": "57",
                                "units": 2,
                            }
                        ],
                    },
                    {
                        "claim": "B",
                        "quantity": 5,
                        "lots": [{"lot": "L2", "quantity": 5}],
                        "reasons": [
                            {
                                "code": "SCARCE",
                                "entitlement": 10,
                                "received": 0,
                                "quantity": 5,
                                "share_numerator": 5,
                                "share_denominator": 10,
                                "share_percent": "50",
                                "covered_percent": "57",
                                "units": 2,
                            },
                            {"code": "EARMARK", "quantity": 2},
                            {
                                "code": "CAP",
                                "requested": 12,
                                "entitlement": 10,
                                "received": 0,
                                "due": 10,
                            },
                        ],
                    },
                ],
            }
        ]
    }


def test_the_order_of_lots_and_claims_leaves_the_same_bytes():
    turned = copy.deepcopy(PROBLEM)
    for name in ("lots", "claims"):
        turned[name].reverse()
    turned["claims"][0]["groups"].reverse()

    assert run({"problems": [turned]}).stdout == run({"problems": [PROBLEM]}).stdout


def test_problems_are_answered_in_their_order():
    other = {**PROBLEM, "product_code": "AAA", "lots": [], "claims": []}

    answer = json.loads(run({"problems": [PROBLEM, other]}).stdout)

    assert [each["product_code"] for each in answer["results"]] == ["MEN-PAD", "AAA"]
    assert answer["results"][1]["awards"] == []
    assert json.loads(run({"problems": []}).stdout) == {"results": []}


def test_what_has_a_default_may_be_left_out():
    for name in ("weight", "class", "last_served_on"):
        assert run(changed(["claims", 1, name], ...)).exit_code == 0


def test_fields_of_tomorrow_are_passed_over():
    assert run(changed(["claims", 1, "colour"], "blue")).exit_code == 0


def test_explains_in_words_beside_the_answer():
    result = run({"problems": [PROBLEM]}, "--explain")

    assert result.stdout == run({"problems": [PROBLEM]}).stdout
    assert "MEN-PAD, B: 5. Due 10" in result.stderr
    assert "50 %" in result.stderr


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Due 10, already received 0"), ("ru", "доля 50 %"), ("kk", "үлесі 50 %")],
)
def test_explains_every_reason_in_the_language_asked_for(language, words):
    gone = {**PROBLEM["lots"][0], "id": "L3", "expires_on": "2026-11-01"}
    nothing = {**PROBLEM["claims"][0], "id": "C", "entitlement": 0}
    served = {**PROBLEM["claims"][0], "id": "D", "requested": 0}
    problem = {
        **PROBLEM,
        "lots": [*PROBLEM["lots"], gone],
        "claims": [*PROBLEM["claims"], nothing, served],
    }

    result = run({"problems": [problem]}, "--explain", "--language", language)

    assert words in result.stderr
    assert result.stderr.count("\n") == 4
    assert "%(" not in result.stderr


def test_a_language_nobody_translated_is_refused():
    result = run({"problems": []}, "--language", "fr")

    assert (result.exit_code, result.stdout) == (2, "")


def test_every_reason_has_its_sentence_in_every_language():
    facts = dict.fromkeys(
        (
            *("requested", "entitlement", "received", "quantity", "share_percent"),
            *("covered_percent", "units", "rule", "due", "days_left", "days_needed"),
            "unused",
        ),
        7,
    )
    said = {
        language: [speaker(language)(Reason(code, facts)) for code in ReasonCode]
        for language in LANGUAGES
    }

    assert len({tuple(sentences) for sentences in said.values()}) == len(LANGUAGES)


@pytest.mark.parametrize("weights", [("1/3", "2/3"), ("999999999999999999", "1/9")])
def test_no_weight_is_too_odd_to_be_exact(weights):
    claims = [
        {**PROBLEM["claims"][0], "id": name, "weight": weight, "min_days": 0}
        for name, weight in zip("AB", weights, strict=True)
    ]
    lots = [{**PROBLEM["lots"][0], "quantity": 9}]
    problem = {**PROBLEM, "lots": lots, "claims": claims}

    awards = json.loads(run({"problems": [problem]}).stdout)["results"][0]["awards"]

    expected = {"1/3": [3, 6], "999999999999999999": [8, 1]}
    assert [award["quantity"] for award in awards] == expected[weights[0]]


@pytest.mark.parametrize(
    ("lots", "quantity", "codes"),
    [
        ([], 0, ["SCARCE"]),
        ([{"quantity": 0}], 0, ["SCARCE"]),
        ([{"expires_on": "2026-11-19"}], 0, ["SHELF_LIFE", "SCARCE"]),
        ([{"expires_on": "2026-11-20"}], 5, ["SCARCE"]),
        ([{"earmark": []}], 0, ["EARMARK", "SCARCE"]),
    ],
)
def test_stock_that_cannot_be_used_is_said_and_stays(lots, quantity, codes):
    claim = {**PROBLEM["claims"][0], "min_days": 0, "requested": 10}
    lots = [{**PROBLEM["lots"][0], **lot} for lot in lots]
    problem = {**PROBLEM, "lots": lots, "claims": [claim]}

    (award,) = json.loads(run({"problems": [problem]}).stdout)["results"][0]["awards"]

    assert award["quantity"] == quantity
    assert [reason["code"] for reason in award["reasons"]] == codes


@pytest.mark.parametrize("seed", range(20))
def test_no_shuffling_of_a_random_problem_changes_a_byte(seed):
    some = Random(seed)  # noqa: S311  no secret
    problem = document(40, products=1, seed=seed)["problems"][0]
    turned = copy.deepcopy(problem)
    for name in ("lots", "claims"):
        some.shuffle(turned[name])
        turned[name] = [
            dict(some.sample(list(each.items()), len(each))) for each in turned[name]
        ]

    first, second = run({"problems": [problem]}), run({"problems": [turned]})

    assert first.exit_code == 0
    assert first.stdout == second.stdout


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["product_code"], ""),
        (["product_code"], 7),
        (["product_code"], "x" * 201),
        (["product_code"], "\ud800"),
        (["handover_on"], "2026-11-31"),
        (["handover_on"], "20261120"),
        (["handover_on"], None),
        (["lots"], {}),
        (["claims"], ...),
        (["lots", 1, "id"], "L2"),
        (["claims", 1, "id"], "B"),
        (["lots", 0, "quantity"], -1),
        (["lots", 0, "quantity"], 2.0),
        (["lots", 0, "quantity"], True),
        (["lots", 0, "quantity"], "6"),
        (["lots", 0, "quantity"], 10**13),
        (["lots", 0, "quantity"], float("nan")),
        (["lots", 0, "expires_on"], ...),
        (["lots", 0, "expires_on"], "soon"),
        (["lots", 0, "received_on"], None),
        (["lots", 0, "earmark"], ...),
        (["lots", 0, "earmark"], "children"),
        (["lots", 0, "earmark", 0], 3),
        (["claims", 1, "entitlement"], None),
        (["claims", 1, "received"], ...),
        (["claims", 1, "requested"], -3),
        (["claims", 1, "weight"], "0"),
        (["claims", 1, "weight"], "1/0"),
        (["claims", 1, "weight"], "-1"),
        (["claims", 1, "weight"], 1.5),
        (["claims", 1, "weight"], "1e3"),
        (["claims", 1, "weight"], "\u0661"),
        (["claims", 1, "class"], False),
        (["claims", 1, "min_days"], 1.5),
        (["claims", 1, "groups"], None),
        (["claims", 1, "last_served_on"], 20261020),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_answered(path, value):
    in_list = path[-1] == 0
    result = run(changed(path[:-1], [value]) if in_list else changed(path, value))

    named = "problems[0]" + "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in path
    )
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"{named} ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'"problems"',
        b"{}",
        b'{"problems": {}}',
        b'{"problems": [[]]}',
        b'{"problems": [], "problems": []}',
        b"\xff\xfe\xff",
        b"[" * 100_000,
        b'{"problems": [' + b"1" * 5_000 + b"]}",
    ],
)
def test_what_is_no_list_of_problems_is_refused_in_one_sentence(text):
    result = run(text)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_weights_may_be_fractions_or_decimals():
    answers = {
        text: run(changed(["claims", 1, "weight"], text)).stdout
        for text in ("3/2", "1.5", "6/4", "1")
    }

    assert answers["3/2"] == answers["1.5"] == answers["6/4"]
