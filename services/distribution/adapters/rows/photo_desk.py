"""Photographs on their way in and out: drawn anew, locked, looked at."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

from services.distribution.adapters.rows.photo_box import PhotoBox
from services.distribution.application.ports import DistributionWork
from services.distribution.application.waybill_photos import (
    WaybillPhoto,
    keep_photo,
    look_at_photo,
)
from services.distribution.domain.places import Scope
from shared.documents import pictures


class PhotoDesk:
    """Opens pictures in a child process and never in a transaction."""

    def __init__(
        self,
        working: Callable[[], AbstractContextManager[DistributionWork]],
        box: PhotoBox,
    ) -> None:
        self._working = working
        self._box = box

    def keep(
        self,
        photo_id: UUID,
        consignment_number: str,
        picture: bytes,
        *,
        scope: Scope,
        account: str,
    ) -> None:
        """Keep a picture without metadata; raises NotAPhotoError as ``keep_photo``."""
        jpeg = pictures.jpeg_of(picture)
        sealed = self._box.seal(photo_id, consignment_number, jpeg)
        photo = WaybillPhoto(photo_id, consignment_number, sealed)
        with self._working() as work:
            keep_photo(photo, work, scope=scope, account=account)

    def look_at(
        self, photo_id: UUID, consignment_number: str, *, scope: Scope, account: str
    ) -> bytes:
        """Give a JPEG and note who looked at it; raises UnknownPhotoError."""
        with self._working() as work:
            sealed = look_at_photo(
                photo_id, consignment_number, work, scope=scope, account=account
            )
        return self._box.open(photo_id, consignment_number, sealed)
