"""scikit-learn's forests on a small generated set: `python test/golden/forest/make.py` writes peer.json beside it.

The set has numbers, an ordinal, categories and missing values. scikit-learn gets the documented encoding of this project's
comparisons: numbers as they are (NaN natively), categories one-hot with missing as a level of its own.
For each of 10 seeds and 5 given folds the JSON holds the ROC-AUC for two classes, the mean squared error for a number and the
log-loss for three classes, of random forests and of extra trees.
"""

import json
import pathlib
import platform

import numpy as np
import sklearn
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.metrics import log_loss, mean_squared_error, roc_auc_score

N_ROWS, N_FOLDS, N_SEEDS = 600, 5, 10
OPTIONS = {"n_estimators": 100, "min_samples_leaf": 5, "max_features": "sqrt"}

random = np.random.default_rng(20261)
amount = np.round(np.exp(random.normal(6, 1, N_ROWS)), 1)
age = random.integers(18, 80, N_ROWS).astype(float)
age[random.random(N_ROWS) < 0.1] = np.nan
visits = random.poisson(2, N_ROWS).astype(float)
region = random.integers(0, 8, N_ROWS)
provider = random.integers(0, 25, N_ROWS)
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

one_hot = [region[:, None] == np.unique(region), provider[:, None] == np.unique(provider)]
x = np.hstack([amount[:, None], age[:, None], visits[:, None], *one_hot]).astype(np.float32)
number = np.round(100 * np.exp(0.5 * risk) + 20 * random.standard_normal(N_ROWS), 1)
noisy = risk + random.logistic(0, 0.4, N_ROWS)
kind = np.where(np.isin(region, [1, 2, 3]) & (noisy > 0), 2, (noisy > 0.8).astype(int))


def losses(create, target, loss, x=x):
    return [
        [
            loss(target[folds == fold], create(**OPTIONS, random_state=seed).fit(x[folds != fold], target[folds != fold]), x[folds == fold])
            for fold in range(N_FOLDS)
        ]
        for seed in range(N_SEEDS)
    ]


def auc_of(target, forest, rows):
    return roc_auc_score(target, forest.predict_proba(rows)[:, 1])


def error_of(target, forest, rows):
    return mean_squared_error(target, forest.predict(rows))


def log_loss_of(target, forest, rows):
    return log_loss(target, forest.predict_proba(rows))


# Extra trees part the codes of categories at random, which is nearer to this project's random sets of levels.
codes = np.column_stack([amount, age, visits, region, provider]).astype(np.float32)
auc = losses(RandomForestClassifier, y, auc_of)

golden = {
    "tool": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {platform.python_version()}",
    "options": OPTIONS,
    "columns": {
        "amount": amount.tolist(),
        "age": [None if np.isnan(v) else v for v in age],
        "visits": visits.tolist(),
        "region": [f"region {v}" for v in region],
        "provider": [f"provider {v}" for v in provider],
    },
    "y": y.tolist(),
    "folds": folds.tolist(),
    "auc": auc,
    "extraTreesAuc": losses(ExtraTreesClassifier, y, auc_of),
    "number": number.tolist(),
    "squaredError": losses(RandomForestRegressor, number, error_of),
    "extraTreesSquaredError": losses(ExtraTreesRegressor, number, error_of),
    "kind": kind.tolist(),
    "logLoss": losses(RandomForestClassifier, kind, log_loss_of),
    "extraTreesLogLoss": losses(ExtraTreesClassifier, kind, log_loss_of),
    "extraTreesCodesLogLoss": losses(ExtraTreesClassifier, kind, log_loss_of, codes),
}
pathlib.Path(__file__).with_name("peer.json").write_text(json.dumps(golden) + "\n")
print(golden["tool"], {name: np.mean(golden[name]) for name in golden if np.ndim(golden[name]) == 2}, np.bincount(kind))
