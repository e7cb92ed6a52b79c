"""Group rates and their differences: `python test/golden/fairness/make.py` writes fairness.json beside it."""

import json
import pathlib
import platform

import fairlearn
import numpy as np
from fairlearn import metrics

random = np.random.default_rng(20264)


def case(name, n, groups, threshold):
    group = random.choice(groups, n)
    y = (random.random(n) < 0.2 + 0.1 * (group == groups[0])).astype(int)
    score = np.round(np.clip(random.normal(0.35, 0.2, n) + 0.2 * y + 0.05 * (group == groups[-1]), 0, 1), 3)
    flagged = (score >= threshold).astype(int)
    rates = {
        "selectionRate": metrics.selection_rate,
        "tpr": metrics.true_positive_rate,
        "fpr": metrics.false_positive_rate,
        "n": metrics.count,
    }
    frame = metrics.MetricFrame(metrics=rates, y_true=y, y_pred=flagged, sensitive_features=group).by_group
    by_group = {"sensitive_features": group}
    return {
        "name": name,
        "threshold": threshold,
        "y": y.tolist(),
        "score": score.tolist(),
        "group": group.tolist(),
        "groups": {level: {key: float(value) for key, value in row.items()} for level, row in frame.iterrows()},
        "demographicParityDifference": float(metrics.demographic_parity_difference(y, flagged, **by_group)),
        "disparateImpact": float(metrics.demographic_parity_ratio(y, flagged, **by_group)),
        "equalOpportunityDifference": float(metrics.equal_opportunity_difference(y, flagged, **by_group)),
        "equalizedOddsDifference": float(metrics.equalized_odds_difference(y, flagged, **by_group)),
    }


golden = {
    "tool": f"fairlearn {fairlearn.__version__}, numpy {np.__version__}, Python {platform.python_version()}",
    "cases": [
        case("two groups", 200, ["female", "male"], 0.5),
        case("four groups", 320, ["a", "b", "c", "d"], 0.4),
        case("all flagged", 90, ["a", "b"], 0.0),
    ],
}
pathlib.Path(__file__).with_name("fairness.json").write_text(json.dumps(golden) + "\n")
