"""What every test stands on: no screen, fixed words, a fresh folder."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
