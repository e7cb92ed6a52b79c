"""The peer's accuracy: `python conformance/accuracy/peer.py <folder of the data sets> [--seeds 10] [--sets a,b]` writes peer.json.

For each set, algorithm, seed and given fold: ROC-AUC, PR-AUC, log-loss and Brier loss of scikit-learn or LightGBM on the fold, after
training on the other folds. Encoding for scikit-learn: missing numbers are the median of the training rows (scaled for the linear
model), categories are one-hot with missing as a level of its own, and of more than 200 levels all but the 200 most frequent are one.
LightGBM takes missing values and the training rows' categories as they are. It goes on where a run before it stopped. Logistic
regression and boosting from all rows and columns draw nothing, so they have one seed.
"""

import argparse
import json
import pathlib
import platform

import lightgbm
import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

here = pathlib.Path(__file__).parent
sets = json.loads((here / "sets.json").read_text())
OPTIONS = {
    "logistic_regression": {"C": 1.0, "solver": "newton-cholesky", "tol": 1e-8},
    "random_forest": {"n_estimators": 500, "min_samples_leaf": 5, "max_features": "sqrt"},
    "extra_trees": {"n_estimators": 500, "min_samples_leaf": 5, "max_features": "sqrt"},
    "gradient_boosting": {"objective": "binary", "num_boost_round": 100, "num_leaves": 31, "learning_rate": 0.1},
    "gradient_boosting_sampled": {
        "objective": "binary",
        "num_boost_round": 100,
        "num_leaves": 31,
        "learning_rate": 0.1,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "feature_fraction": 0.8,
    },
}
DRAWS_NOTHING = ["logistic_regression", "gradient_boosting"]
MAX_LEVELS = 200


def read(folder, name):
    spec = sets[name]
    path = pathlib.Path(folder) / spec["file"]
    if "header" in spec:
        frame = pd.read_csv(path, sep=r"\s+", header=None, names=spec["header"], dtype=str, keep_default_na=False)
    else:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    folds = pd.read_csv(pathlib.Path(folder) / name / "folds.csv.gz")
    return frame, folds["fold"].to_numpy(), folds["y"].to_numpy()


def encode(frame, spec, train, scale):
    columns = []
    for name in spec["numbers"]:
        x = pd.to_numeric(frame[name], errors="coerce")
        x = x.fillna(x[train].median()).to_numpy(float)
        if scale:
            x = (x - x[train].mean()) / (x[train].std() or 1)
        columns.append(x)
    for name in spec["categories"]:
        x = frame[name].replace({"": "(missing)", "NA": "(missing)"})
        levels = list(x[train].value_counts().index)
        if len(levels) > MAX_LEVELS:
            x = x.where(x.isin(levels[:MAX_LEVELS]), "(others)")
            levels = [*levels[:MAX_LEVELS], "(others)"]
        columns.extend((x == level).to_numpy(float) for level in levels)
    return np.column_stack(columns)


def native(frame, spec, train):
    numbers = {name: pd.to_numeric(frame[name], errors="coerce") for name in spec["numbers"]}
    categories = {}
    for name in spec["categories"]:
        levels = sorted(set(frame[name][train]) - {"", "NA"})
        categories[name] = pd.Categorical(frame[name].where(frame[name].isin(levels)), categories=levels)
    return pd.DataFrame({**numbers, **categories})


def probabilities(algorithm, frame, spec, y, train, seed):
    options = OPTIONS[algorithm]
    if algorithm.startswith("gradient_boosting"):
        x = native(frame, spec, train)
        fixed = {"seed": seed, "num_threads": 1, "deterministic": True, "force_col_wise": True, "verbose": -1}
        return lightgbm.train({**options, **fixed}, lightgbm.Dataset(x[train], y[train])).predict(x[~train])
    x = encode(frame, spec, train, algorithm == "logistic_regression")
    if algorithm == "logistic_regression":
        model = LogisticRegression(**options)
    else:
        forest = RandomForestClassifier if algorithm == "random_forest" else ExtraTreesClassifier
        model = forest(**options, random_state=seed, n_jobs=1)
    return model.fit(x[train], y[train]).predict_proba(x[~train])[:, 1]


def scores(algorithm, frame, spec, y, train, seed):
    p = probabilities(algorithm, frame, spec, y, train, seed)
    truth = y[~train]
    values = [roc_auc_score(truth, p), average_precision_score(truth, p), log_loss(truth, p), brier_score_loss(truth, p)]
    return dict(zip(["rocAuc", "prAuc", "logLoss", "brier"], (round(float(v), 9) for v in values)))


parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--seeds", type=int, default=10)
parser.add_argument("--sets", default=",".join(sets))
parser.add_argument("--algorithms", default=",".join(OPTIONS))
arguments = parser.parse_args()
target = here / "peer.json"
tool = (
    f"scikit-learn {sklearn.__version__}, LightGBM {lightgbm.__version__}, numpy {np.__version__}, pandas {pd.__version__}, "
    f"Python {platform.python_version()}"
)
out = json.loads(target.read_text()) if target.exists() else {"sets": {}}
out = {"tool": tool, "options": OPTIONS, "sets": out["sets"]}
for algorithm in arguments.algorithms.split(","):
    for name in arguments.sets.split(","):
        frame, fold, y = read(arguments.folder, name)
        by_seed = out["sets"].setdefault(name, {}).setdefault(algorithm, [])
        for seed in range(len(by_seed), 1 if algorithm in DRAWS_NOTHING else arguments.seeds):
            folds = range(fold.max() + 1)
            by_seed.append([scores(algorithm, frame, sets[name], y, fold != k, seed) for k in folds])
            target.write_text(json.dumps(out) + "\n")
            print(name, algorithm, seed, np.mean([list(f.values()) for f in by_seed[-1]], axis=0).round(4), flush=True)
