"""LightGBM's or scikit-learn's training on the rows of a folder, binning included. Prints one JSON object."""

import json
import sys

try:
    import lightgbm
    import numpy as np
    import sklearn
    from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
    from sklearn.metrics import roc_auc_score

    import tables
    from measure import best_of, growth_mb
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

given = json.loads(sys.argv[1])
x, y, categories, n_train = tables.read(given["folder"])
# Views: the rows to learn from come first.
train, held = x[:n_train], x[n_train:]
labels = y[:n_train]


def boost():
    parameters = {
        "objective": "binary",
        "num_leaves": given["maxLeaves"],
        "num_threads": given["nThreads"],
        "verbose": -1,
    }
    data = lightgbm.Dataset(train, labels, categorical_feature=categories or "auto")
    return lightgbm.train(parameters, data, given["nTrees"])


def grow():
    kind = RandomForestClassifier if given["algorithm"] == "random_forest" else ExtraTreesClassifier
    forest = kind(given["nTrees"], min_samples_leaf=given["minSamplesLeaf"], n_jobs=given["nThreads"], random_state=1)
    return forest.fit(train, labels)


def score(model):
    return model.predict(held) if is_boosting else model.predict_proba(held)[:, 1]


is_boosting = given["algorithm"] == "gradient_boosting"
name, work = f"LightGBM {lightgbm.__version__}", boost
if not is_boosting:
    # Categories as ordinal codes, missing ones as a code of their own: scikit-learn's fastest encoding.
    x[:, categories] = np.nan_to_num(x[:, categories], nan=-1)
    name, work = f"scikit-learn {sklearn.__version__}", grow
growth = []


def measured():
    if growth:
        return work()
    megabytes, model = growth_mb(work)
    growth.append(megabytes)
    return model


timing, model = best_of(given["repetitions"], measured)
auc = roc_auc_score(y[n_train:], score(model))
print(json.dumps({"name": name, "timing": timing, "growthMb": growth[0], "rocAuc": auc}))
