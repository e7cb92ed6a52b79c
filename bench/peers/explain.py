"""shap's TreeExplainer with its C extension, on LightGBM's trees or scikit-learn's forest (codes of categories as numbers, as the
extension knows no sets). Prints one JSON object."""

import json
import sys

try:
    import lightgbm
    import numpy as np
    import shap
    from sklearn.ensemble import RandomForestClassifier

    import tables
    from measure import best_of
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

given = json.loads(sys.argv[1])
x, y, _, n_train = tables.read(given["folder"])
train, labels = x[:n_train], y[:n_train]
rows = x[n_train : n_train + given["nRows"]]
if given["algorithm"] == "gradient_boosting":
    parameters = {"objective": "binary", "num_leaves": given["maxLeaves"], "num_threads": 1, "verbose": -1}
    model = lightgbm.train(parameters, lightgbm.Dataset(train, labels), given["nTrees"])
    n_leaves = sum(tree["num_leaves"] for tree in model.dump_model()["tree_info"])
    raw = model.predict(rows, raw_score=True)
else:
    forest = RandomForestClassifier(given["nTrees"], min_samples_leaf=given["minSamplesLeaf"], n_jobs=2, random_state=1)
    model = forest.fit(train, labels)
    n_leaves = sum(int(tree.tree_.n_leaves) for tree in model.estimators_)
    raw = model.predict_proba(rows)[:, 1]
if given["kind"] == "interventional":
    explainer = shap.TreeExplainer(model, train[: given["nBackground"]], feature_perturbation="interventional")
else:
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    # Else shap hands LightGBM's models to LightGBM's own code.
    explainer.model.model_type = "internal"


def work():
    if given["kind"] == "interactions":
        return explainer.shap_interaction_values(rows)
    return explainer.shap_values(rows, check_additivity=False)


timing, values = best_of(given["repetitions"], work)
values = values[1] if isinstance(values, list) else values
n_features = rows.shape[1]
# A forest has values of both classes, in the last place.
if values.ndim == (4 if given["kind"] == "interactions" else 3):
    values = values[..., 1]
base = float(np.ravel(explainer.expected_value)[-1])
worst = np.abs(values.reshape(len(rows), -1).sum(axis=1) + base - raw).max()
assert worst < 1e-2, f"shap's values do not add up: {worst}"
print(json.dumps({"name": f"shap {shap.__version__}", "timing": timing, "nLeaves": n_leaves}))
