"""Partial dependence: `python test/golden/partial-dependence/make.py` writes partial-dependence.json beside it.

The means and single curves are those of scikit-learn's `partial_dependence(method='brute', kind='both')` on a function of three
columns that both sides can write down; it has interactions, a step, a category and missing numbers, so that a value put into the
wrong column or row shows. The grid of `age` is scikit-learn's own (few distinct values); that of `amount` is NumPy's
nearest-rank quantiles and, between two that are more than two even steps apart, points at equal distances; that of `region` its
levels by frequency.
"""

import json
import pathlib
import platform

import numpy as np
import pandas as pd
import sklearn
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.inspection import partial_dependence

N = 120
N_POINTS = 20
random = np.random.default_rng(20266)
region = random.choice(["b", "a", "d", "c"], N, p=[0.5, 0.3, 0.15, 0.05])
table = pd.DataFrame(
    {
        "amount": np.where(random.random(N) < 0.1, np.nan, np.round(np.exp(random.normal(6, 1, N)), 2)),
        "age": random.integers(30, 42, N).astype(float),
        "region": region,
    }
)


class Known(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        self.is_fitted_ = True
        return self

    def predict_proba(self, X):
        amount = X["amount"].to_numpy(float)
        known = np.where(np.isnan(amount), 4.5, np.log(np.where(np.isnan(amount), 1, amount)))
        age = X["age"].to_numpy(float)
        is_b = (X["region"] == "b").to_numpy(float)
        is_d = (X["region"] == "d").to_numpy(float)
        margin = 0.7 * (known - 6) * (1 + is_b) - 0.08 * (age - 35) * is_d + 0.9 * (age > 36) - 0.3
        p = 1 / (1 + np.exp(-margin))
        return np.stack([1 - p, p], axis=1)

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)


model = Known().fit(table, None)


def curves(feature, grid=None):
    options = {} if grid is None else {"custom_values": {feature: np.asarray(grid)}}
    found = partial_dependence(
        model,
        table,
        [feature],
        method="brute",
        kind="both",
        response_method="predict_proba",
        grid_resolution=N_POINTS,
        percentiles=(0, 1),
        categorical_features=["region"],
        **options,
    )
    return {
        "grid": found["grid_values"][0].tolist(),
        "mean": found["average"][0].tolist(),
        "ice": found["individual"][0].tolist(),
    }


present = table["amount"].dropna().to_numpy()
ranked = np.unique(np.quantile(present, np.linspace(0, 1, N_POINTS), method="nearest"))
widest = 2 * (ranked[-1] - ranked[0]) / (N_POINTS - 1)
between = [
    np.linspace(low, high, int(np.ceil((high - low) / widest)), endpoint=False)
    for low, high in zip(ranked[:-1], ranked[1:])
]
filled = np.concatenate([*between, ranked[-1:]])
levels = table["region"].value_counts().index.to_list()
missing = model.predict_proba(table.assign(amount=np.nan))[:, 1]
out = {
    "versions": {"python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "nPoints": N_POINTS,
    "table": {name: [None if v != v else v for v in table[name].tolist()] for name in table},
    "scores": model.predict_proba(table)[:, 1].tolist(),
    "features": {"amount": curves("amount", filled), "age": curves("age"), "region": curves("region", levels)},
    "missing": {"mean": float(missing.mean()), "ice": missing.tolist(), "share": float(table["amount"].isna().mean())},
}
pathlib.Path(__file__).with_name("partial-dependence.json").write_text(json.dumps(out) + "\n")
