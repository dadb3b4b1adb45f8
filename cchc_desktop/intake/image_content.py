"""Pictures that would fill the memory when they are drawn: told by their headers, without drawing them."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from typing import BinaryIO

from cchc_desktop.message import Message, message

STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
# An A0 sheet scanned at 300 dpi has 140 million.
MOST_PIXELS = 150_000_000
MOST_FRAMES = 100
logging.getLogger("PIL").addHandler(logging.NullHandler())


def look(file: BinaryIO) -> Iterator[Message]:
    """Each picture of the file (a TIFF may hold several), up to `MOST_FRAMES`."""
    from PIL import Image

    # What Pillow says of damage and of size is told here in a sentence, not on standard error.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    file.seek(0)
    try:
        with Image.open(file, formats=("JPEG", "PNG", "TIFF")) as picture:
            for number in range(MOST_FRAMES):
                if number:
                    picture.seek(number)
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    yield message("active_content.image_huge", width=width, height=height)
                    return
    except Image.DecompressionBombError:
        yield message("active_content.image_enormous")
    except EOFError:
        return  # no further picture
    except Exception:  # bytes from anyone: the library has many ways to say no
        yield message("active_content.image_damaged")
