"""Linear SHAP: `python test/golden/linear-shap/make.py` writes linear-shap.json beside it.

A table with a number that may be missing, a date (whose month and weekday have terms beside the days) and a category with rare
levels is prepared by NumPy as docs/algorithms/logistic-regression.md says, fitted by scikit-learn and explained by
shap.LinearExplainer with an independent masker, term by term; contributions of a column are the sums over its terms.
`new` are rows it was not fitted on, with an unseen level and missing values.
"""

import json
import pathlib
import platform

import numpy as np
import pandas as pd
import shap
import sklearn
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(20267)
N = 300
N_BACKGROUND = 80
MIN_LEVEL_ROWS = 5
C = 0.1


def table(n):
    amount = np.where(random.random(n) < 0.1, np.nan, np.round(np.exp(random.normal(6, 1, n)), 1))
    at = 19_000 + random.integers(0, 700, n).astype(float)
    region = random.choice(["a", "b", "c", "d"], n, p=[0.5, 0.3, 0.15, 0.05]).astype(object)
    region[random.random(n) < 0.08] = None
    return pd.DataFrame({"amount": amount, "at": at, "region": region})


train = table(N)
train.loc[:2, "region"] = ["rare", "rare", "rarer"]
new = table(20)
new.loc[0, "region"] = "never seen"
new.loc[1, "amount"] = np.nan
new.loc[2, "amount"] = 1e5
risk = np.log(train["amount"].fillna(400)) - 6 + (train["region"] == "b") * 1.2 + train["amount"].isna() * 0.8
y = (risk + 0.002 * (train["at"] - 19_350) + random.logistic(0, 1, N) > 0.6).astype(int).to_numpy()

columns, makers = [], []
median = np.nanmedian(train["amount"])
for name, fill in [("amount", median), ("at", 0.0)]:
    filled = train[name].fillna(fill).to_numpy()
    columns.append(name)
    makers.append(lambda f, n=name, v=fill, m=filled.mean(), d=filled.std(): (f[n].fillna(v).to_numpy() - m) / d)
    if train[name].isna().any():
        columns.append(name)
        makers.append(lambda f, n=name: f[n].isna().to_numpy(float))
for month in range(1, 13):
    columns.append("at")
    makers.append(lambda f, m=month: (pd.to_datetime(f["at"], unit="D").dt.month == m).to_numpy(float))
for weekday in range(7):
    columns.append("at")
    makers.append(lambda f, w=weekday: (pd.to_datetime(f["at"], unit="D").dt.day_of_week == w).to_numpy(float))
counts = train["region"].value_counts()
kept = counts[counts >= MIN_LEVEL_ROWS].index.to_list()
for level in kept:
    columns.append("region")
    makers.append(lambda f, v=level: (f["region"] == v).to_numpy(float))
columns += ["region", "region"]
makers.append(lambda f: (f["region"].notna() & ~f["region"].isin(kept)).to_numpy(float))
makers.append(lambda f: f["region"].isna().to_numpy(float))


def matrix(frame):
    return np.column_stack([make(frame) for make in makers])


fit = LogisticRegression(C=C, solver="newton-cholesky", tol=1e-12, max_iter=10_000).fit(matrix(train), y)
masker = shap.maskers.Independent(matrix(train.head(N_BACKGROUND)), max_samples=N_BACKGROUND)
explainer = shap.LinearExplainer(fit, masker)
by_term = explainer.shap_values(matrix(new))
names = ["amount", "at", "region"]
values = np.column_stack([by_term[:, [c == name for c in columns]].sum(axis=1) for name in names])
raw = fit.decision_function(matrix(new))
assert np.allclose(explainer.expected_value + values.sum(axis=1), raw, atol=1e-12)


def columns_of(frame):
    return {name: [None if pd.isna(value) else value for value in frame[name]] for name in frame}


versions = {"shap": shap.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__, "pandas": pd.__version__}
out = {
    "versions": {**versions, "python": platform.python_version()},
    "c": C,
    "nBackground": N_BACKGROUND,
    "train": columns_of(train),
    "y": y.tolist(),
    "new": columns_of(new),
    "features": names,
    "baseValue": float(explainer.expected_value),
    "values": values.tolist(),
    "raw": raw.tolist(),
}
pathlib.Path(__file__).with_name("linear-shap.json").write_text(json.dumps(out) + "\n")
