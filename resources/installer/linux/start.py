"""The first lines of the frozen program; all else lies beside it as byte code of its own.

PyInstaller's start points LD_LIBRARY_PATH at this program's libraries. The loader has read it by now, and the
programs that this one opens (a viewer, LibreOffice) must find their own libraries: back to what it was.
"""

import os
import sys

before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = before

from cchc_desktop.__main__ import main  # noqa: E402

sys.exit(main())
