"""Scoring on one thread: LightGBM's trees in ONNX Runtime (codes of categories as numbers, which suits it better than sets), or
scikit-learn's forest. All rows held out at once, and some of them one by one. Prints one JSON object."""

import json
import sys

try:
    import lightgbm
    import numpy as np
    import onnxruntime
    import sklearn
    from onnxmltools.convert import convert_lightgbm
    from onnxmltools.convert.common.data_types import FloatTensorType
    from sklearn.ensemble import RandomForestClassifier

    import tables
    from measure import best_of
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

given = json.loads(sys.argv[1])
x, y, _, n_train = tables.read(given["folder"])
train, labels, held = x[:n_train], y[:n_train], x[n_train:].astype(np.float32)
if given["algorithm"] == "gradient_boosting":
    parameters = {"objective": "binary", "num_leaves": given["maxLeaves"], "num_threads": 1, "verbose": -1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(train, labels), given["nTrees"])
    wanted = [("x", FloatTensorType([None, x.shape[1]]))]
    converted = convert_lightgbm(booster, initial_types=wanted, zipmap=False, target_opset=15)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(converted.SerializeToString(), options, providers=["CPUExecutionProvider"])
    name = f"ONNX Runtime {onnxruntime.__version__}"
    n_single = 2000

    def score(rows):
        return session.run(["probabilities"], {"x": rows})[0][:, 1]

    worst = np.abs(score(held[:1000]) - booster.predict(held[:1000])).max()
    assert worst < 1e-4, f"the converted model differs by {worst}"
else:
    kind = RandomForestClassifier(given["nTrees"], min_samples_leaf=given["minSamplesLeaf"], n_jobs=1, random_state=1)
    forest = kind.fit(train, labels)
    name = f"scikit-learn {sklearn.__version__}"
    n_single = 20

    def score(rows):
        return forest.predict_proba(rows)[:, 1]


def one_by_one():
    for row in range(n_single):
        score(held[row : row + 1])


batch, _ = best_of(given["repetitions"], lambda: score(held))
single, _ = best_of(given["repetitions"], one_by_one)
print(json.dumps({"name": name, "batch": batch, "single": single, "nSingle": n_single}))
