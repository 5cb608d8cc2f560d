"""Every page of distribution."""

from collections.abc import Sequence

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from services.distribution.entrypoints.pages.approving import approving
from services.distribution.entrypoints.pages.authorisations import authorising
from services.distribution.entrypoints.pages.calendar import calendar
from services.distribution.entrypoints.pages.calendar_move import moving
from services.distribution.entrypoints.pages.consignments import consignments
from services.distribution.entrypoints.pages.forms import SERVICE
from services.distribution.entrypoints.pages.gate import gate
from services.distribution.entrypoints.pages.gates import gates
from services.distribution.entrypoints.pages.handover import handovers
from services.distribution.entrypoints.pages.home import home
from services.distribution.entrypoints.pages.loading import loading
from services.distribution.entrypoints.pages.need_words import FILTERS as NEED_FILTERS
from services.distribution.entrypoints.pages.overrides import overrides
from services.distribution.entrypoints.pages.papers import SHOWN, papers
from services.distribution.entrypoints.pages.places import places
from services.distribution.entrypoints.pages.quota import quota
from services.distribution.entrypoints.pages.quota_new import new_norm
from services.distribution.entrypoints.pages.receipt import receipts
from services.distribution.entrypoints.pages.registering import registering
from services.distribution.entrypoints.pages.requisition_form import asking
from services.distribution.entrypoints.pages.requisitions import requisitions
from services.distribution.entrypoints.pages.reserves import reserves
from services.distribution.entrypoints.pages.run_since import since
from services.distribution.entrypoints.pages.run_substitute import instead
from services.distribution.entrypoints.pages.runs import runs
from services.distribution.entrypoints.pages.seals import seals
from services.distribution.entrypoints.pages.show import FILTERS
from services.distribution.entrypoints.pages.tables import tables
from services.distribution.entrypoints.pages.unit_closing import closing
from services.distribution.entrypoints.pages.what_if import what_if
from services.distribution.wiring import Distribution


def page_blueprints(service: Distribution) -> Sequence[Blueprint]:
    """Give the pages, and what brings the service and the templates to them."""
    frame = Blueprint("pages", __name__, template_folder="../../templates")

    @frame.record
    def bring(state: BlueprintSetupState) -> None:
        state.app.extensions[SERVICE] = service
        state.app.jinja_env.filters.update({**FILTERS, **SHOWN})
        state.app.jinja_env.filters.update(NEED_FILTERS)

    return [
        frame,
        home,
        places,
        registering,
        closing,
        quota,
        new_norm,
        calendar,
        moving,
        authorising,
        asking,
        requisitions,
        approving,
        runs,
        since,
        overrides,
        instead,
        what_if,
        reserves,
        consignments,
        handovers,
        gate,
        papers,
        loading,
        seals,
        receipts,
        gates,
        tables,
    ]
