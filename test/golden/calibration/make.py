"""Calibration: `python test/golden/calibration/make.py` writes calibration.json beside it.

Platt's two parameters are scikit-learn's LogisticRegression without a penalty, each row there twice with his targets as weights;
isotonic curves are scikit-learn's IsotonicRegression. One case per regime: overconfident scores, ties with exact 0 and 1, few rows,
scores that say nothing.
"""

import json
import pathlib
import platform

import numpy as np
import sklearn
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(20265)
AT = [0.0, 0.01, 0.2, 0.25, 0.5, 0.77, 0.99, 1.0]


def shrunken_logit(score, n):
    inside = (np.asarray(score) * (n - 1) + 0.5) / n
    return np.log(inside / (1 - inside)).reshape(-1, 1)


def case(name, y, score):
    n, positives = len(y), int(y.sum())
    target = np.where(y == 1, (positives + 1) / (positives + 2), 1 / (n - positives + 2))
    x = shrunken_logit(score, n)
    fit = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    fit.fit(np.vstack([x, x]), np.repeat([1, 0], n), sample_weight=np.concatenate([target, 1 - target]))
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(score, y)
    return {
        "name": name,
        "y": y.tolist(),
        "score": score.tolist(),
        "platt": {"slope": float(fit.coef_[0, 0]), "intercept": float(fit.intercept_[0])},
        "plattAt": fit.predict_proba(shrunken_logit(AT, n))[:, 1].tolist(),
        "isotonicAt": isotonic.predict(AT).tolist(),
    }


truth = random.random(300)
drawn = (random.random(300) < truth).astype(int)
sharp = 1 / (1 + np.exp(-3 * np.log(truth / (1 - truth))))
cases = [
    case("overconfident", drawn, np.round(sharp, 8)),
    case("ties, 0 and 1", (random.random(200) < 0.3 + 0.4 * truth[:200]).astype(int), np.round(truth[:200], 1)),
    case("few", np.array([0, 0, 1, 0, 1, 1]), np.array([0.1, 0.2, 0.3, 0.4, 0.6, 0.9])),
    case("nearly nothing", (random.random(150) < 0.2 + 0.1 * truth[:150]).astype(int), np.round(truth[:150], 4)),
]
tool = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {platform.python_version()}"
pathlib.Path(__file__).with_name("calibration.json").write_text(json.dumps({"tool": tool, "at": AT, "cases": cases}) + "\n")
