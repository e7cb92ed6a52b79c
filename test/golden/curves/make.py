"""Curves of binary classifiers: `python test/golden/curves/make.py` writes curves.json beside it.

One case per regime: usual, ties, rare positives, tiny. ROC and precision-recall are scikit-learn's, without its dropping of
points and without the invented end of the latter; gains are NumPy's interpolation between the ends of runs of equal scores,
which is their mean over all orders of the tied rows; the intervals are statsmodels' Wilson intervals.
"""

import json
import pathlib
import platform

import numpy as np
import sklearn
import statsmodels
from sklearn import metrics
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(20263)


def drawn(n, rate, decimals):
    y = (random.random(n) < rate).astype(int)
    y[:2] = [0, 1]
    score = 1 / (1 + np.exp(-(random.normal(0, 1, n) + 1.3 * y - 1)))
    return y, np.round(score, decimals)


def case(name, y, score):
    fpr, tpr, threshold = metrics.roc_curve(y, score, drop_intermediate=False)
    precision, recall, at = metrics.precision_recall_curve(y, score)
    distinct = np.sort(np.unique(score))[::-1]
    rows = np.array([0, *[(score >= t).sum() for t in distinct]])
    positives = np.array([0, *[y[score >= t].sum() for t in distinct]])
    share = np.arange(1, 21) / 20
    k = int(y.sum())
    return {
        "name": name,
        "y": y.tolist(),
        "score": score.tolist(),
        "roc": {"falsePositiveRate": fpr.tolist(), "truePositiveRate": tpr.tolist(), "threshold": threshold[1:].tolist()},
        "pr": {"recall": recall[-2::-1].tolist(), "precision": precision[-2::-1].tolist(), "threshold": at[::-1].tolist()},
        "gain": (np.interp(share * len(y), rows, positives) / k).tolist(),
        "wilson": list(map(float, proportion_confint(k, len(y), 0.05, "wilson"))),
    }


cases = [
    case("usual", *drawn(150, 0.3, 6)),
    case("ties", *drawn(120, 0.4, 1)),
    case("rare positives", *drawn(200, 0.03, 6)),
    case("tiny", np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8])),
]
tool = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, statsmodels {statsmodels.__version__}, Python {platform.python_version()}"
pathlib.Path(__file__).with_name("curves.json").write_text(json.dumps({"tool": tool, "cases": cases}) + "\n")
