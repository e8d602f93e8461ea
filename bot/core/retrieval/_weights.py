"""Fitted by benchmarks/fit_retrieval.py; change that, not this."""

RANKING: tuple[float, ...] = (
    4.25,
    0.75,
    2.7,
    5.01,
    -0.83,
    -2.27,
    1.9,
    1.11,
    2.74,
    3.4,
    2.42,
    4.29,
    -1.37,
    -0.21,
    0.67,
    -6.53,
    7.53,
)
CONFIDENCE: tuple[float, ...] = (0.0,) * 15
INTERCEPT = 0.0
