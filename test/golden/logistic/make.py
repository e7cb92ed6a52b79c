"""Logistic regressions: `python test/golden/logistic/make.py` writes logistic.json beside it.

One table with what real ones have: missing numbers and categories, a rare level, a constant column, a number far from 0 (epoch
milliseconds). Its preparation is NumPy's and pandas' by the definitions of docs/algorithms/logistic-regression.md; the fits are
scikit-learn's, newton-cholesky for pure L2 (its lbfgs stops by the change of the value, 1e-5 too early) and saga for
the others, run until nothing moves. `new` are rows it was not fitted on: an unseen
level, missing values, numbers beyond the range.
"""

import json
import pathlib
import platform
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(20264)
N = 240
MIN_LEVEL_ROWS = 5


def table():
    amount = np.round(np.exp(random.normal(6, 1, N)), 1)
    age = np.where(random.random(N) < 0.1, np.nan, random.integers(18, 90, N))
    at = 1_700_000_000_000 + np.round(random.random(N) * 1e10)
    region = random.choice(["a", "b", "c", "d"], N, p=[0.5, 0.3, 0.15, 0.05]).astype(object)
    region[random.random(N) < 0.08] = None
    region[:3] = ["rare", "rare", "rarer"]
    return pd.DataFrame({"amount": amount, "age": age, "at": at, "region": region, "same": 7.0})


train = table()
new = table().head(6)
new.loc[0, "region"] = "never seen"
new.loc[1, ["age", "amount"]] = np.nan
new.loc[2, "amount"] = 1e6
risk = np.log(train["amount"]) - 6 + (train["region"] == "b") * 1.2 + train["age"].isna() * 0.8
y = (risk + random.logistic(0, 1, N) > 0.6).astype(int).to_numpy()
weights = random.integers(1, 4, N).astype(float)


def terms(weight):
    """Names of the terms, and the function from a frame to the matrix, fitted on the training rows."""
    w = np.ones(N) if weight is None else weight
    names, makers = [], []
    for name in ["amount", "age", "at"]:
        x = train[name].to_numpy()
        median = np.median(np.repeat(x, w.astype(int))[~np.isnan(np.repeat(x, w.astype(int)))])
        filled = np.where(np.isnan(x), median, x)
        mean = np.average(filled, weights=w)
        deviation = np.sqrt(np.average((filled - mean) ** 2, weights=w))
        names.append([name, "value"])
        makers.append(lambda f, n=name, m=median, c=mean, d=deviation: (f[n].fillna(m).to_numpy(float) - c) / d)
        if np.isnan(x).any():
            names.append([name, "missing"])
            makers.append(lambda f, n=name: f[n].isna().to_numpy(float))
    counts = pd.Series(w).groupby(train["region"].to_numpy()).sum()
    kept = sorted(counts[counts >= MIN_LEVEL_ROWS].index, key=lambda level: (-counts[level], level))
    for level in kept:
        names.append(["region", f"= {level}"])
        makers.append(lambda f, v=level: (f["region"] == v).to_numpy(float))
    names.append(["region", "others"])
    makers.append(lambda f: (f["region"].notna() & ~f["region"].isin(kept)).to_numpy(float))
    names.append(["region", "missing"])
    makers.append(lambda f: f["region"].isna().to_numpy(float))
    return names, lambda frame: np.column_stack([make(frame) for make in makers])


def case(name, options, weight=None):
    names, matrix = terms(weight)
    ratio = options.get("l1Ratio", 0)
    fit = LogisticRegression(
        C=options.get("c", 1),
        l1_ratio=ratio,
        solver="newton-cholesky" if ratio == 0 else "saga",
        class_weight="balanced" if options.get("classWeight") == "balanced" else None,
        tol=1e-12,
        max_iter=1_000_000,
        random_state=0,
    )
    fit.fit(matrix(train), y, sample_weight=weight)
    return {
        "name": name,
        "options": options,
        "weights": None if weight is None else weight.tolist(),
        "terms": names,
        "coefficients": fit.coef_[0].tolist(),
        "intercept": float(fit.intercept_[0]),
        "scores": fit.predict_proba(matrix(new))[:, 1].tolist(),
    }


warnings.simplefilter("ignore")
cases = [
    case("usual", {}),
    case("strict", {"c": 0.01}),
    case("lax", {"c": 100}),
    case("balanced", {"classWeight": "balanced"}),
    case("weights", {}, weights),
    case("elastic net", {"c": 0.2, "l1Ratio": 0.5}),
    case("lasso", {"c": 0.1, "l1Ratio": 1}),
]


def columns(frame):
    return {name: [None if pd.isna(value) else value for value in frame[name]] for name in frame}


tool = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, pandas {pd.__version__}, Python {platform.python_version()}"
out = {"tool": tool, "train": columns(train), "new": columns(new), "y": y.tolist(), "cases": cases}
pathlib.Path(__file__).with_name("logistic.json").write_text(json.dumps(out) + "\n")
