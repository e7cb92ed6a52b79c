"""scikit-learn's decision trees: `python test/golden/forest/make-tree.py` writes tree.json beside it.

One tree of all rows and all features is a forest without anything random, so it can be compared node by node. The columns have
few values, each of which gets a bin of its own.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

N_ROWS = 400
OPTIONS = {"min_samples_leaf": 6, "max_depth": 5, "random_state": 0}

random = np.random.default_rng(20262)
columns = {
    "a": random.integers(0, 9, N_ROWS) ** 2,
    "b": random.integers(0, 30, N_ROWS) / 4,
    "c": random.integers(0, 2, N_ROWS),
    "d": np.round(random.normal(0, 2, N_ROWS)),
}
x = np.column_stack(list(columns.values())).astype(np.float32)
risk = x[:, 0] / 20 + np.sin(x[:, 1]) + x[:, 2] * x[:, 3]
label = (risk + random.normal(0, 1, N_ROWS) > 1.5).astype(int)
number = np.round(risk + random.normal(0, 0.5, N_ROWS), 3)
kind = (risk + random.normal(0, 1, N_ROWS) > 0.5).astype(int) + label
weight = random.integers(1, 5, N_ROWS)


def nodes(tree):
    """Depth first: feature and number of training rows on the left, or the value of a leaf."""
    t = tree.tree_

    def walk(node):
        if t.children_left[node] < 0:
            value = t.value[node][0]
            return {"nRows": int(t.n_node_samples[node]), "value": value.tolist()}
        return {
            "feature": int(t.feature[node]),
            "left": walk(t.children_left[node]),
            "right": walk(t.children_right[node]),
        }

    return walk(0)


golden = {
    "tool": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "columns": {name: values.tolist() for name, values in columns.items()},
    "label": label.tolist(),
    "number": number.tolist(),
    "kind": kind.tolist(),
    "weight": weight.tolist(),
    "classifier": nodes(DecisionTreeClassifier(**OPTIONS).fit(x, label)),
    "weightedClassifier": nodes(DecisionTreeClassifier(**OPTIONS).fit(x, label, sample_weight=weight)),
    "regressor": nodes(DecisionTreeRegressor(**OPTIONS).fit(x, number)),
    "weightedRegressor": nodes(DecisionTreeRegressor(**OPTIONS).fit(x, number, sample_weight=weight)),
    "multiclass": nodes(DecisionTreeClassifier(**OPTIONS).fit(x, kind)),
    "weightedMulticlass": nodes(DecisionTreeClassifier(**OPTIONS).fit(x, kind, sample_weight=weight)),
}
pathlib.Path(__file__).with_name("tree.json").write_text(json.dumps(golden) + "\n")
