"""How letters are hashed, four in a row at a time: the constants that both back ends share."""

from __future__ import annotations

from typing import Final

import numpy as np

BITS: Final = 18  #: of a hash: few heads share one, and the table stays in a cache
SHIFT: Final = np.uint32(32 - BITS)
#: Odd multipliers: of the first look at four letters, of a head's first four and of its next.
GRAM: Final = np.uint32(0x9E3779B1)
HEAD: Final = np.uint32(0x85EBCA6B)
NEXT: Final = np.uint32(0xC2B2AE35)
