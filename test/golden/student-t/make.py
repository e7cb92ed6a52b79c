"""Two-sided quantiles of Student's t: `python test/golden/student-t/make.py` writes quantiles.json beside it."""

import json
import pathlib
import platform

import scipy
from scipy.stats import t

quantiles = [
    {"level": level, "df": df, "t": t.ppf((1 + level) / 2, df)}
    for level in (0.5, 0.9, 0.95, 0.99)
    for df in (1, 2, 3, 4, 5, 9, 10, 29, 30, 100, 999)
]
golden = {"tool": f"SciPy {scipy.__version__}, Python {platform.python_version()}", "quantiles": quantiles}
pathlib.Path(__file__).with_name("quantiles.json").write_text(json.dumps(golden, indent=1) + "\n")
