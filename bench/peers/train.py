"""LightGBM's training time in milliseconds, binning included, median of three after one that does not count. Prints one JSON object."""

import json
import sys
import time

try:
    import lightgbm
    import numpy as np
    import pandas as pd
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

options = json.loads(sys.argv[1])
n = options["nRows"]
random = np.random.default_rng(1)


def with_missing(values):
    values = values.astype(float)
    values[random.random(n) < options["missingShare"]] = np.nan
    return values


columns = {f"x{c}": with_missing(random.standard_normal(n)) for c in range(options["nNumbers"])}
for c in range(options["nCategories"]):
    columns[f"c{c}"] = with_missing(random.integers(0, 5 + 5 * c, n))
x = np.nan_to_num(np.column_stack(list(columns.values())))
d = x[:, options["nNumbers"]] % 3 - 1 if options["nCategories"] else 0
y = (x[:, 0] + x[:, 1] * x[:, 2] + np.sin(2 * x[:, 1]) + d + random.standard_normal(n) > 0.5).astype(int)

names = [f"c{c}" for c in range(options["nCategories"])]
if names:
    data = pd.DataFrame(columns)
    for name in names:
        data[name] = data[name].astype("Int64").astype("category")
else:
    data = np.ascontiguousarray(np.column_stack(list(columns.values())))
parameters = {"objective": "binary", "num_leaves": 31, "num_threads": options["nThreads"], "verbose": -1}

times = []
for _ in range(4):
    start = time.perf_counter()
    lightgbm.train(parameters, lightgbm.Dataset(data, y), options["nTrees"])
    times.append(time.perf_counter() - start)
print(json.dumps({"name": f"LightGBM {lightgbm.__version__}", "milliseconds": 1000 * sorted(times[1:])[1]}))
