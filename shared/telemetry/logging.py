"""Structured logs: a constant event and fields, JSON for machines or columns."""

import logging
import sys

import structlog


def configure_logging(*, as_json: bool, level: str = "INFO") -> None:
    """Set up the whole process; call once, before anything logs.

    Everything goes to stderr, so that stdout stays for a command's answer.
    Libraries that log by the standard library are quiet below WARNING.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
