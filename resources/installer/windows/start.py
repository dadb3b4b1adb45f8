"""What start.dll runs: the installed program on Windows. Packed as start.pyc in the folder of its version."""

from __future__ import annotations

import os
import sys
from pathlib import Path

folder = Path(__file__).parent
sys.frozen = True  # type: ignore[attr-defined]
sys._MEIPASS = str(folder)  # type: ignore[attr-defined]  # where cchc_desktop.paths looks on all targets
sys.argv[0] = sys.executable
# Pictures drawn without a screen: Qt would look for fonts in a folder that it does not have, and say so.
os.environ.setdefault("QT_QPA_FONTDIR", str(folder / "resources" / "fonts"))

from cchc_desktop.__main__ import main  # noqa: E402

sys.exit(main())
