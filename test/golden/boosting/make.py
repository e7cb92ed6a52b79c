"""LightGBM on a small generated set: `python test/golden/boosting/make.py` writes peer.json beside it.

The set has numbers, an ordinal, categories, missing values and weights. LightGBM gets numbers as they are (NaN natively) and
categories as its own kind of categories. For each of 10 draws of the rows and 5 folds the JSON holds ROC-AUC and log-loss.
"""

import json
import pathlib
import platform

import lightgbm
import numpy as np
import pandas as pd
from sklearn.metrics import log_loss, roc_auc_score

N_ROWS, N_FOLDS, N_DRAWS = 800, 5, 10
OPTIONS = {"num_leaves": 15, "learning_rate": 0.1, "min_data_in_leaf": 20}
N_TREES = 40


def draw(seed):
    random = np.random.default_rng(seed)
    amount = np.round(np.exp(random.normal(6, 1, N_ROWS)), 1)
    age = random.integers(18, 80, N_ROWS).astype(float)
    age[random.random(N_ROWS) < 0.1] = np.nan
    visits = random.poisson(2, N_ROWS).astype(float)
    region = random.integers(0, 8, N_ROWS)
    provider = random.integers(0, 25, N_ROWS)
    weight = random.integers(1, 4, N_ROWS).astype(float)
    risk = (
        0.8 * np.log(amount / 400)
        + 0.6 * np.isin(region, [2, 5])
        + 0.5 * (visits > 3)
        + 1.0 * np.isnan(age)
        + 0.9 * (provider % 6 == 0)
        - 0.7 * (np.nan_to_num(age, nan=50) > 60) * (visits < 2)
    )
    y = (risk + random.logistic(0, 0.7, N_ROWS) > 1.1).astype(int)
    folds = np.empty(N_ROWS, int)
    for label in (0, 1):
        rows = random.permutation(np.flatnonzero(y == label))
        folds[rows] = np.arange(len(rows)) % N_FOLDS
    columns = {"amount": amount, "age": age, "visits": visits, "region": region, "provider": provider}
    return columns, weight, y, folds


def listed(values):
    return [None if value != value else value for value in values.tolist()]


draws = []
for seed in range(N_DRAWS):
    columns, weight, y, folds = draw(20262 + seed)
    x = pd.DataFrame(columns).astype({"region": "category", "provider": "category"})
    scores = []
    for fold in range(N_FOLDS):
        train, test = folds != fold, folds == fold
        data = lightgbm.Dataset(x[train], y[train], weight=weight[train])
        booster = lightgbm.train({"objective": "binary", "verbose": -1, **OPTIONS}, data, N_TREES)
        p = booster.predict(x[test])
        scores.append({"auc": roc_auc_score(y[test], p), "logLoss": log_loss(y[test], p)})
    draws.append(
        {
            "columns": {name: listed(values) for name, values in columns.items()},
            "weights": weight.tolist(),
            "y": y.tolist(),
            "folds": folds.tolist(),
            "scores": scores,
        }
    )

golden = {
    "tool": f"LightGBM {lightgbm.__version__}, numpy {np.__version__}, Python {platform.python_version()}",
    "options": {**OPTIONS, "nTrees": N_TREES},
    "draws": draws,
}
pathlib.Path(__file__).with_name("peer.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
