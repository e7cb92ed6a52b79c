"""LightGBM on every loss: `python test/golden/boosting-losses/make.py` writes peer.json beside it.

One generated set of claims with numbers of few values (so that both libraries cut them into the same bins), missing values, a
category and weights; a target for each loss. Leaves are limited by their hessian, to some 30 rows, and not by their rows, which
LightGBM estimates and rounds bin by bin; so the trees can be the same but for gains that are nearly equal. For each case the JSON holds LightGBM's
predictions on the rows it learned from: elsewhere, values that a leaf has not seen may go either way.
"""

import json
import pathlib
import platform

import lightgbm
import numpy as np
import pandas as pd

N_ROWS = 1000
N_TREES = 40
OPTIONS = {"num_leaves": 15, "learning_rate": 0.1, "min_data_in_leaf": 1}
FIXED = {"verbose": -1, "num_threads": 1, "deterministic": True, "force_col_wise": True}

random = np.random.default_rng(20263)
age = random.integers(0, 60, N_ROWS).astype(float)
distance = random.integers(0, 40, N_ROWS).astype(float)
visits = random.integers(0, 12, N_ROWS).astype(float)
visits[random.random(N_ROWS) < 0.1] = np.nan
region = random.integers(0, 6, N_ROWS)
weight = random.integers(1, 4, N_ROWS).astype(float)
effect = 0.02 * age + 0.5 * np.sin(distance / 6) + 0.6 * np.isnan(visits) + 0.15 * np.nan_to_num(visits) * (region == 2)

mean = np.exp(effect - 0.5)
count = random.poisson(mean)
severity = np.round(random.gamma(2, 50 * mean), 2) + 0.01
targets = {
    "amount": np.round(100 * effect + 30 * random.standard_t(3, N_ROWS), 2),
    "count": count.astype(float),
    "severity": severity,
    "cost": np.round(np.where(count > 0, severity, 0), 2),
    "isDenied": (effect + random.logistic(0, 0.5, N_ROWS) > 1).astype(float),
    "outcome": np.digitize(effect + random.logistic(0, 0.3, N_ROWS), [0.6, 1.3]).astype(float),
}
columns = {"age": age, "distance": distance, "visits": visits, "region": region.astype(float)}
monotone = {"age": "increasing", "distance": "decreasing"}

cases = [
    {"loss": "squared", "minHessian": 60.5, "target": "amount", "objective": {"objective": "regression"}},
    {"loss": "squared", "minHessian": 60.5, "target": "amount", "objective": {"objective": "regression"}, "hasCategory": True, "isWeighted": False},
    {"loss": "squared", "minHessian": 60.5, "target": "amount", "objective": {"objective": "regression"}, "monotone": monotone},
    {"loss": "absolute", "minHessian": 60.5, "target": "amount", "objective": {"objective": "regression_l1"}, "isWeighted": False},
    {"loss": "poisson", "minHessian": 200, "target": "count", "objective": {"objective": "poisson"}},
    {"loss": "poisson", "minHessian": 200, "target": "count", "objective": {"objective": "poisson"}, "monotone": monotone},
    {"loss": "gamma", "minHessian": 60, "target": "severity", "objective": {"objective": "gamma"}},
    {"loss": "tweedie", "minHessian": 600, "target": "cost", "objective": {"objective": "tweedie", "tweedie_variance_power": 1.5}},
    {"loss": "logistic", "minHessian": 12, "target": "isDenied", "objective": {"objective": "binary"}},
    {"loss": "logistic", "minHessian": 12, "target": "isDenied", "objective": {"objective": "binary"}, "monotone": monotone},
    {"loss": "softmax", "minHessian": 18, "target": "outcome", "objective": {"objective": "multiclass", "num_class": 3}},
]

x = pd.DataFrame(columns).astype({"region": "category"})
for case in cases:
    y = targets[case["target"]]
    directions = {"increasing": 1, "decreasing": -1}
    used = [name for name in columns if name != "region" or "hasCategory" in case]
    constraints = [directions.get(case.get("monotone", {}).get(name), 0) for name in used]
    params = {**OPTIONS, **FIXED, **case.pop("objective"), "min_sum_hessian_in_leaf": case["minHessian"]}
    if "monotone" in case:
        params |= {"monotone_constraints": constraints, "monotone_constraints_method": "basic"}
    data = lightgbm.Dataset(x[used], y, weight=weight if case.get("isWeighted", True) else None)
    booster = lightgbm.train(params, data, N_TREES)
    case["predictions"] = [float(f"{value:.6g}") for value in booster.predict(x[used]).ravel()]


def listed(values):
    return [None if value != value else int(value) if value == int(value) else value for value in values.tolist()]


golden = {
    "tool": f"LightGBM {lightgbm.__version__}, numpy {np.__version__}, Python {platform.python_version()}",
    "options": {**OPTIONS, "nTrees": N_TREES},
    "columns": {name: listed(values) for name, values in columns.items()},
    "weights": listed(weight),
    "targets": {name: listed(values) for name, values in targets.items()},
    "cases": cases,
}
pathlib.Path(__file__).with_name("peer.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
