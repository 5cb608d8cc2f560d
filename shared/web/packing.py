"""Answers that travel compressed."""

import gzip

from flask import Response, request

LEVEL = 6


def packed(text: str) -> Response:
    """Answer with a page, compressed where that is read.

    Only for answers in which nothing stands that a caller chose: beside a secret,
    compressed lengths would tell it letter by letter (BREACH).
    """
    response = Response(text)
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(text.encode(), LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response
