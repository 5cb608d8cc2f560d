"""What every service's web application stands on.

How a service uses it (``services/<name>/entrypoints/api/`` and ``pages/``)::

    from shared.web.api import ApiBlueprint, Page
    from shared.web.auth import EVERYONE, SIGNED_IN, allow, current_principal
    from shared.web.paging import decode_cursor, encode_cursor, PagingSchema
    from shared.web.streams import StreamEvent, event_stream
    from shared.web.navigation import entry  # entry(path, _l("Stock"), *roles)
    from shared.web.words import _, _l, ngettext

    api = ApiBlueprint("stock", "stock", url_prefix="/api/v1")

    @api.route("/stock")                      # the route is the topmost decorator
    @api.arguments(StockQuery, location="query")
    @api.response(200, StockPage)
    @allow("volunteer", "reviewer", "coordinator")
    def stock(query): ...

    pages = flask.Blueprint("pages", __name__, template_folder="../../templates")

    @pages.get("/stock")
    @allow("volunteer", "reviewer", "coordinator")
    def stock_page():
        return render_template("inventory/stock.html", counted_at=clock.now())

Permissions
    Deny by default. ``allow(*roles)`` names the roles; the auditor is let into
    every GET that any role may make; ``allow(SIGNED_IN)`` and ``allow(EVERYONE)``
    are the other two answers. ``build_app`` refuses to start with a view that
    declares nothing, and ``shared.web.auth.undeclared_routes(app)`` lists them.
    ``current_principal()`` gives ``Principal(account_id, email, display_name,
    roles, units, donor_code, language)``; ``current_principal_or_none()`` on
    pages for everyone. Not signed in: 401 for programs, the sign-in page for people.

The application
    ``build_app("inventory", title="Inventory", blueprints=[...], web=parts,
    checks={"database": says_true_when_ready}, refusal_texts={code: _l(..)})``
    gives a Flask application to mount under ``/inventory``: API with OpenAPI 3.1 at
    ``/api/openapi.json``, ``/metrics``, ``/healthz``, ``/readyz``. ``parts`` is one
    ``shared.web.parts.WebParts`` for the whole process.
    Views raise ``DomainError`` and never catch it: ``shared/web/problems.py`` holds
    the one table of codes and makes the problem body (API) or the error page (HTML).
    ``refusal_texts`` translates the sentence of a code; ``%(fact)s`` takes its facts.
    Pages that show a form again with its error: ``problem_text(error)``.
    Links: ``url_for`` inside a service, plain ``/distribution/...`` to another.

Lists
    ``PagingSchema`` reads ``limit`` (1 to 500, default 100) and ``cursor``; give
    ``Page.of(StockItem)`` as response schema and return ``{"items": rows, "next":
    encode_cursor([last.key, ...]) or None}``; ``decode_cursor(cursor, str, UUID)``
    gives the values back and refuses with 422 what this list did not make.

Live pages
    ``return event_stream(streams, topics=["donor:ORCHARD"], produce=lambda: [
    StreamEvent(html, name="summary")])`` sends what ``produce`` gives at once and
    again after each ``streams.wake("donor:ORCHARD")`` (``wake()`` alone: everybody);
    a comment every 15 s keeps the line open. In the page:
    ``<div data-live="{{ url_for('pages.stream') }}">`` around elements with
    ``data-live-part="summary"``, which are replaced; or, simplest, elements with
    ``hx-get=... hx-trigger="live:summary from:body"``.

Pages
    ``{% extends "shared/layout.html" %}`` (signed in) or ``"shared/public.html"``.
    Blocks: ``title``, ``here`` (second word in the bar), ``body_class``, ``head``,
    ``heading`` (page head), ``content``, ``after_main`` (action bar), ``scripts``.
    Give ``counted_at`` (aware datetime) to every page with numbers.
    The macros are there as ``ui``: ``ui.icon("truck")``,
    ``ui.badge("ok"|"warn"|"stop"|"hold"|"info"|"", icon, word)``,
    ``ui.stepper(name, value, label, min=0, max=none)``,
    ``ui.bar(parts=[("v1", 60), ("vhold", 12)], total=100, label=..., mark=none,
    size="")``, ``ui.legend([("v1", word, number)])``,
    ``ui.fold_table(caption, columns=[(label, css)], rows=[[cell, ...]])``,
    ``ui.empty(title, text, link, link_text)``,
    ``ui.figures([(label, value, note)])``, ``ui.pager(next_cursor)``,
    ``ui.field(name, label, type="text", value="", hint="", error="")``,
    ``ui.choice(name, label, options=[(value, label)], value="", hint="", error="")``,
    ``ui.banner(kind, title, text)``, ``ui.steps([(word, "did"|"now"|"")])``,
    ``ui.masked(word)``, ``ui.csrf()`` (inside every ``<form method=post>``).
    Filters: ``n|num``, ``date|day``, ``instant|moment``, ``fraction|percent``.
    ``asset("komek.css")``, ``asset("inventory/scan.js")`` give hashed addresses;
    ``_()`` and ``ngettext()`` are gettext's.
    After an action that can be undone: ``toast(text, undo_url=url_for(...),
    undo_fields={...})`` from ``shared.web.pages``, then redirect.
    No inline script, no ``style`` attribute: the Content-Security-Policy forbids
    both. A page that runs WebAssembly calls ``shared.web.security.allow_wasm()``.

Browser sources
    ``services/<name>/static/*.js|css`` are bundled by ``python -m
    shared.web.build_assets`` (imports from npm are resolved) and served as
    ``asset("<name>/<file>")``. htmx and our behaviours are in every page already:
    ``hx-*`` (no eval), ``.stepper`` buttons, toasts, ``data-live``.

Words
    ``python -m shared.web.catalogues extract`` after writing texts, then fill
    ``shared/web/translations/{ru,kk}/LC_MESSAGES/messages.po``; ``check`` fails while
    one is empty.
"""
