"""SciPy's exact two-sample KS and NumPy's histogram on ten quantile bins. Prints one JSON object."""

import json
import sys
import time

try:
    import numpy as np
    import scipy
    from scipy.stats import ks_2samp
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

n = json.loads(sys.argv[1])["n"]
random = np.random.default_rng(1)
reference = random.random(n) + random.random(n)
current = random.random(n) + random.random(n) + 0.1
edges = np.quantile(reference, np.linspace(0, 1, 11))
edges[0], edges[-1] = -np.inf, np.inf


def median_ms(work):
    work()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * sorted(times)[1]


print(
    json.dumps(
        {
            "name": f"SciPy {scipy.__version__}",
            "ksMs": median_ms(lambda: ks_2samp(reference, current, method="asymp")),
            "histogramMs": median_ms(lambda: np.histogram(current, edges)),
        }
    )
)
