"""A mail server that keeps what it takes, and what a test does with letters."""

import asyncio
import re
from email import message_from_bytes, policy

from services.donors.entrypoints.words.letters import GiftLetters

OURS = "https://komek.example"


class Mailbox:
    """Takes letters and answers as a test says."""

    def __init__(self):
        self.taken = []
        self.answer = "250 OK"
        self.breaks_off = False

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        if self.answer.startswith("250"):
            self.taken.append(
                message_from_bytes(envelope.content, policy=policy.default)
            )
        if self.breaks_off:
            server.transport.abort()
            await asyncio.sleep(0)
        return self.answer


def writes(donors):
    return donors.letters.write_due(GiftLetters())


def sends(donors):
    return donors.letters.send_mail(lambda call, *rest: call(*rest))


def text_of(letter):
    return letter.get_body(["plain"]).get_content()


def path_in(letter):
    """Where the link of a letter leads that asks about an address."""
    return re.search(rf"{OURS}(/donors/address/[^\s?]+)", text_of(letter))[1]


def token_in(path):
    return path.rpartition("/")[2]
