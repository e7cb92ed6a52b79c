"""scikit-learn's random forest on one thread: rows a second at once, and milliseconds for one row. Prints one JSON object."""

import json
import sys
import time

try:
    import numpy as np
    import sklearn
    from sklearn.ensemble import RandomForestClassifier
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

options = json.loads(sys.argv[1])


def make(n_rows, seed):
    random = np.random.default_rng(seed)
    x = random.standard_normal((n_rows, options["nFeatures"]))
    y = x[:, 0] + x[:, 1] + x[:, 0] * x[:, 1] + random.standard_normal(n_rows) > 0.5
    return x, y


def median_seconds(repetitions, work):
    work()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


x, y = make(options["nTrain"], 1)
forest = RandomForestClassifier(
    n_estimators=options["nTrees"], min_samples_leaf=options["minSamplesLeaf"], n_jobs=1, random_state=1
).fit(x, y)
rows, _ = make(options["nRows"], 2)
batch = median_seconds(3, lambda: forest.predict_proba(rows))
one = median_seconds(20, lambda: forest.predict_proba(rows[:1]))
print(
    json.dumps(
        {
            "name": f"scikit-learn {sklearn.__version__}",
            "rowsPerSecond": len(rows) / batch,
            "rowMs": 1000 * one,
        }
    )
)
