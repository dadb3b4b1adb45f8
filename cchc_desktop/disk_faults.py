"""Which of the system's error numbers mean a full disk, and which one that may not be written to.

Each room says it with its own advice. `delivery/folder.py` tells more kinds apart: on a stick a file that is
too large for FAT is no full disk, and a folder that is forbidden is no locked stick.
"""

from __future__ import annotations

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
