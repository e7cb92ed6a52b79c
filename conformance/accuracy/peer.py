"""The peer's accuracy: `python conformance/accuracy/peer.py <folder of the data sets> [--seeds 10] [--sets a,b]` writes peer.json.

For each set, algorithm, seed and given fold: scikit-learn's ROC-AUC, PR-AUC, log-loss and Brier loss on the fold, after training on
the other folds. Encoding: missing numbers are the median of the training rows (scaled for the linear model), categories are
one-hot with missing as a level of its own, and of more than 200 levels all but the 200 most frequent are one. It goes on where a
run before it stopped. Logistic regression draws nothing, so it has one seed.
"""

import argparse
import json
import pathlib
import platform

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

here = pathlib.Path(__file__).parent
sets = json.loads((here / "sets.json").read_text())
OPTIONS = {
    "logistic_regression": {"C": 1.0, "solver": "newton-cholesky", "tol": 1e-8},
    "random_forest": {"n_estimators": 500, "min_samples_leaf": 5, "max_features": "sqrt"},
}
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


def scores(algorithm, frame, spec, y, train, seed):
    x = encode(frame, spec, train, algorithm == "logistic_regression")
    if algorithm == "logistic_regression":
        model = LogisticRegression(**OPTIONS[algorithm])
    else:
        model = RandomForestClassifier(**OPTIONS[algorithm], random_state=seed, n_jobs=1)
    p = model.fit(x[train], y[train]).predict_proba(x[~train])[:, 1]
    truth = y[~train]
    values = [roc_auc_score(truth, p), average_precision_score(truth, p), log_loss(truth, p), brier_score_loss(truth, p)]
    return dict(zip(["rocAuc", "prAuc", "logLoss", "brier"], (round(float(v), 9) for v in values)))


parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--seeds", type=int, default=10)
parser.add_argument("--sets", default=",".join(sets))
arguments = parser.parse_args()
target = here / "peer.json"
tool = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, pandas {pd.__version__}, Python {platform.python_version()}"
out = json.loads(target.read_text()) if target.exists() else {"tool": tool, "options": OPTIONS, "sets": {}}
for name in arguments.sets.split(","):
    frame, fold, y = read(arguments.folder, name)
    done = out["sets"].setdefault(name, {"logistic_regression": [], "random_forest": []})
    for algorithm, by_seed in done.items():
        for seed in range(len(by_seed), 1 if algorithm == "logistic_regression" else arguments.seeds):
            by_seed.append([scores(algorithm, frame, sets[name], y, fold != k, seed) for k in range(fold.max() + 1)])
            target.write_text(json.dumps(out) + "\n")
            print(name, algorithm, seed, np.mean([list(f.values()) for f in by_seed[-1]], axis=0).round(4), flush=True)
