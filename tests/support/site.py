"""The whole site of a service, built once and met by every test as on its first day."""

from functools import cached_property
from typing import Any

from prometheus_client import CollectorRegistry
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from deploy.sites import build_site, navigation_of
from shared.web.account import build_account_app
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts
from tests.support.people import People


class Site:
    """What answers under `/inventory`, `/distribution` or `/donors`, and its people."""

    def __init__(self, service: Any, people: People) -> None:
        self.people = people
        self.parts = WebParts(
            identity=people.identity,
            clock=service.clock,
            ids=service.ids,
            metrics=HttpMetrics(CollectorRegistry()),
            navigation=navigation_of([service.service]),
        )
        self._name = service.service
        self.app = build_site(service.service, service, self.parts)

    @cached_property
    def wsgi(self) -> DispatcherMiddleware:
        """The same with the pages of accounts at the root, as a process serves it."""
        return DispatcherMiddleware(
            build_account_app(self.parts), {f"/{self._name}": self.app}
        )

    def begin_again(self) -> None:
        """Forget who was signed in and which pages were open."""
        self.people.begin_again()
        for stream in list(self.parts.streams._open):
            stream.close()
            self.parts.streams.forget(stream)
