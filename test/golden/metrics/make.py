"""Metrics of binary classifiers: `python test/golden/metrics/make.py` writes metrics.json beside it.

One case per regime: usual, rare positives, ties, tiny, and certain probabilities (0 and 1). The expected calibration error and the
shares of flagged rows and of positives in the top tenth are NumPy over the rows themselves; all else is scikit-learn.
"""

import json
import pathlib
import platform

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

random = np.random.default_rng(20262)


def drawn(n, shift, decimals):
    y = (random.random(n) < shift).astype(int)
    y[:2] = [0, 1]
    score = 1 / (1 + np.exp(-(random.normal(0, 1, n) + 1.3 * y - 1)))
    return y, np.round(score, decimals)


def calibration_error(y, score, n_bins=10):
    edges = np.linspace(0, 1, n_bins + 1)
    in_bin = np.maximum(np.searchsorted(edges, score, side="left") - 1, 0)
    parts = [np.mean(in_bin == b) * abs(score[in_bin == b].mean() - y[in_bin == b].mean()) for b in set(in_bin)]
    return float(sum(parts))


def case(name, y, score, threshold):
    flagged = (score >= threshold).astype(int)
    fpr, tpr, _ = metrics.roc_curve(y, score, drop_intermediate=False)
    distinct = np.sort(np.unique(score))[::-1]
    rows = np.array([0, *[(score >= t).sum() for t in distinct]])
    positives = np.array([0, *[y[score >= t].sum() for t in distinct]])
    is_split = 0 < flagged.sum() < len(y)
    rate, mean = calibration_curve(y, score, n_bins=10, strategy="uniform")
    nan = {"zero_division": np.nan}
    values = {
        "rocAuc": metrics.roc_auc_score(y, score),
        "prAuc": metrics.average_precision_score(y, score),
        "logLoss": metrics.log_loss(y, score),
        "brier": metrics.brier_score_loss(y, score),
        "expectedCalibrationError": calibration_error(y, score),
        "ks": max(tpr - fpr),
        "topDecileLift": np.interp(0.1 * len(y), rows, positives) / y.sum() / 0.1,
        "balancedAccuracy": metrics.balanced_accuracy_score(y, flagged),
        "matthews": metrics.matthews_corrcoef(y, flagged) if is_split else np.nan,
        "accuracy": metrics.accuracy_score(y, flagged),
        "precision": metrics.precision_score(y, flagged, **nan),
        "recall": metrics.recall_score(y, flagged, **nan),
        "f1": metrics.f1_score(y, flagged, **nan),
        "selectionRate": flagged.mean(),
    }
    tn, fp, fn, tp = metrics.confusion_matrix(y, flagged).ravel().tolist()
    return {
        "name": name,
        "y": y.tolist(),
        "score": score.tolist(),
        "threshold": threshold,
        "metrics": {key: None if np.isnan(value) else float(value) for key, value in values.items()},
        "confusion": {"truePositives": tp, "falsePositives": fp, "falseNegatives": fn, "trueNegatives": tn},
        "calibration": {"meanScore": mean.tolist(), "positiveRate": rate.tolist()},
    }


certain = (np.array([0, 0, 1, 1, 1, 0]), np.array([0.0, 1.0, 1.0, 0.0, 0.5, 0.5]))
cases = [
    case("usual", *drawn(150, 0.3, 6), 0.5),
    case("rare positives", *drawn(200, 0.03, 6), 0.4),
    case("ties", *drawn(120, 0.4, 1), 0.3),
    case("tiny", np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]), 0.35),
    case("nothing flagged", np.array([1, 0]), np.array([0.2, 0.3]), 0.9),
    case("certain", *certain, 0.5),
]
tool = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {platform.python_version()}"
pathlib.Path(__file__).with_name("metrics.json").write_text(json.dumps({"tool": tool, "cases": cases}) + "\n")
