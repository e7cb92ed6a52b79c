"""Metrics of numbers and of several classes: `python test/golden/regression-metrics/make.py` writes metrics.json beside it.

One case per regime: usual, counts with zeros and ties, huge amounts, tiny; each without and with weights. All is scikit-learn but
for the Gini coefficient, which is the area between Lorenz curve and diagonal (rows that are tied share the mean of their targets).
"""

import json
import pathlib
import platform

import numpy as np
import sklearn
from sklearn import metrics

random = np.random.default_rng(20264)


def lorenz_area(y, by, weight):
    order = np.argsort(by, kind="stable")
    y, by, weight = y[order], by[order], weight[order]
    for value in np.unique(by):
        tied = by == value
        y[tied] = np.average(y[tied], weights=weight[tied])
    x = np.concatenate([[0], np.cumsum(weight) / weight.sum()])
    share = np.concatenate([[0], np.cumsum(weight * y) / (weight * y).sum()])
    return 0.5 - np.trapezoid(share, x)


def numbers(name, y, predicted, weight, powers):
    cases = []
    for label, weights in (("", None), (", weighted", weight)):
        ones = np.ones(len(y)) if weights is None else weights
        values = {
            "rootMeanSquaredError": metrics.root_mean_squared_error(y, predicted, sample_weight=weights),
            "meanAbsoluteError": metrics.mean_absolute_error(y, predicted, sample_weight=weights),
            "r2": metrics.r2_score(y, predicted, sample_weight=weights),
            "gini": lorenz_area(y.copy(), predicted, ones) / lorenz_area(y.copy(), y, ones),
        }
        deviances = [
            {"power": power, "value": metrics.mean_tweedie_deviance(y, predicted, sample_weight=weights, power=power)}
            for power in powers
        ]
        cases.append(
            {
                "name": name + label,
                "y": y.tolist(),
                "predicted": predicted.tolist(),
                "weights": None if weights is None else weights.tolist(),
                "metrics": {key: float(value) for key, value in values.items()},
                "deviances": deviances,
            }
        )
    return cases


def classes(name, y, p):
    labels = list(range(p.shape[1]))
    return {
        "name": name,
        "y": y.tolist(),
        "probabilities": p.ravel().tolist(),
        "logLoss": metrics.log_loss(y, p, labels=labels),
        "accuracy": metrics.accuracy_score(y, p.argmax(axis=1)),
    }


n = 80
mean = np.round(np.exp(random.normal(0, 0.7, n)), 3)
weight = random.integers(1, 5, n).astype(float)
cases = [
    *numbers("usual", np.round(random.gamma(2, mean / 2) + 0.01, 3), mean, weight, [1, 1.3, 1.9, 2]),
    *numbers("counts with ties", random.poisson(mean).astype(float), np.round(mean, 0) + 0.5, weight, [1, 1.5]),
    *numbers("huge", 1e12 + 1e6 * mean, 1e12 + 1e6 * np.round(mean + random.normal(0, 0.3, n), 2), weight, [1, 2]),
    *numbers("tiny", np.array([1.0, 3.0]), np.array([2.0, 2.5]), np.array([1.0, 2.0]), [1, 1.5, 2]),
]
score = np.round(random.random(n), 1)
label = (random.random(n) < score).astype(int)
p = random.dirichlet([0.5, 1, 2], n)
several = [
    classes("usual", random.integers(0, 3, n), p),
    classes("ties and certainties", np.array([0, 1, 2, 1]), np.array([[0.5, 0.5, 0], [0.5, 0.5, 0], [1, 0, 0], [0, 1, 0]])),
]
golden = {
    "tool": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {platform.python_version()}",
    "numbers": cases,
    "binary": {"y": label.tolist(), "score": score.tolist(), "rocAuc": metrics.roc_auc_score(label, score)},
    "classes": several,
}
pathlib.Path(__file__).with_name("metrics.json").write_text(json.dumps(golden) + "\n")
