"""Tests, distributions and intervals: `python test/golden/stats/make.py` writes stats.json beside it.

The p-value of the two-sample Kolmogorov-Smirnov test is that of the limiting distribution, `scipy.special.kolmogorov` at
sqrt(n m / (n + m)) D; the "asymp" of `ks_2samp` takes the one-sample distribution instead.
"""

import json
import pathlib
import platform

import numpy as np
import scipy
from scipy import special, stats

random = np.random.default_rng(20263)


def ks(name, a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    d = float(stats.ks_2samp(a, b).statistic)
    p = float(special.kolmogorov(np.sqrt(len(a) * len(b) / (len(a) + len(b))) * d))
    return {"name": name, "a": a.tolist(), "b": b.tolist(), "statistic": d, "pValue": p}


def chi_square(name, a, b):
    table = np.array([a, b])
    result = stats.chi2_contingency(table[:, table.sum(axis=0) > 0], correction=False)
    return {"name": name, "a": a, "b": b, "statistic": float(result.statistic), "pValue": float(result.pvalue)}


def psi(name, reference, current):
    r, c = np.array(reference, float), np.array(current, float)
    used = (r + c) > 0
    r, c = np.maximum(r / r.sum(), 1e-4)[used], np.maximum(c / c.sum(), 1e-4)[used]
    return {"name": name, "reference": reference, "current": current, "psi": float(np.sum((c - r) * np.log(c / r)))}


def wilson(k, n, level):
    ci = stats.binomtest(k, n).proportion_ci(level, method="wilson")
    return {"successes": k, "n": n, "level": level, "lower": float(ci.low), "upper": float(ci.high)}


def adjusted(name, p):
    p = np.asarray(p, float)
    return {"name": name, "p": p.tolist(), "adjusted": stats.false_discovery_control(p).tolist()}


golden = {
    "tool": f"SciPy {scipy.__version__}, numpy {np.__version__}, Python {platform.python_version()}",
    "ks": [
        ks("usual", np.round(random.normal(0, 1, 80), 4), np.round(random.normal(0.4, 1, 60), 4)),
        ks("ties", random.integers(0, 6, 90), random.integers(0, 7, 70)),
        ks("the same values", [1, 2, 3, 3], [1, 2, 3, 3]),
        ks("apart", range(30), range(30, 70)),
        ks("tiny", [0.5], [0.1, 0.7]),
    ],
    "chiSquare": [
        chi_square("usual", [120, 80, 40], [100, 95, 60]),
        chi_square("two categories", [30, 12], [15, 22]),
        chi_square("empty in both", [10, 0, 20, 5], [12, 0, 9, 8]),
        chi_square("empty in one", [10, 4, 20], [12, 0, 9]),
        chi_square("huge", [100_000, 250_000, 9_000], [101_000, 248_000, 9_900]),
    ],
    "psi": [
        psi("usual", [100, 200, 300], [150, 180, 240]),
        psi("a bin empties", [50, 50, 100], [0, 80, 90]),
        psi("a bin appears", [500, 0, 500], [450, 20, 400]),
        psi("empty in both", [10, 0, 30], [30, 0, 10]),
    ],
    "benjaminiHochberg": [
        adjusted("usual", [0.01, 0.2, 0.03, 0.04, 0.5, 0.001]),
        adjusted("ties", [0.05, 0.05, 0.01, 1, 0.01]),
        adjusted("one", [0.3]),
        adjusted("many", np.round(random.random(40) ** 3, 6)),
    ],
    "normalCdf": [{"z": z, "p": float(stats.norm.cdf(z))} for z in (-6, -3, -1.96, -0.5, 0, 0.3, 1, 2.5, 5)],
    "normalQuantile": [
        {"p": p, "z": float(stats.norm.ppf(p))} for p in (1e-8, 0.001, 0.02, 0.025, 0.3, 0.5, 0.8, 0.975, 0.98, 0.9999)
    ],
    "chiSquareSurvival": [
        {"x": x, "df": df, "p": float(stats.chi2.sf(x, df))}
        for df in (1, 2, 3, 10, 99, 1000)
        for x in (0.01 * df, 0.5 * df, float(df), 1.3 * df, 2.0 * df, df + 50.0)
    ],
    "wilson": [
        wilson(k, n, level)
        for k, n in ((0, 1), (1, 1), (0, 20), (3, 10), (50, 100), (997, 1000), (123, 40_000))
        for level in (0.9, 0.95, 0.99)
    ],
    "quantile": [
        {"values": values, "p": p, "q": float(np.quantile(values, p))}
        for values in ([3.0], [1.0, 2.0, 4.0], [1.0, 1.0, 2.0, 2.5, 9.0])
        for p in (0, 0.1, 0.25, 0.5, 0.75, 0.975, 1)
    ],
}
pathlib.Path(__file__).with_name("stats.json").write_text(json.dumps(golden, indent=1) + "\n")
