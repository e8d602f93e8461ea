"""Caveat: a Discord bot that answers from a curated base of attributed claims."""

import os

os.putenv("OPENBLAS_NUM_THREADS", "1")
"""Before numpy is loaded: what is multiplied here is small, and threads that wait for each other cost a bot CPU."""

__version__ = "0.1.0"
