"""pandera (pandas backend), lazily, with the rules of bench/data.ts. Prints one JSON object."""

import json
import resource
import sys
import time
from importlib.metadata import version

try:
    import pandas as pd
    import pandera.pandas as pa
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

given = json.loads(sys.argv[1])
schema = pa.DataFrameSchema(
    {
        "claim_id": pa.Column(int, unique=True, nullable=False),
        "member": pa.Column(str, pa.Check.str_matches(r"^M\d{7}$"), nullable=False),
        "day": pa.Column(nullable=False),
        "code": pa.Column(str, pa.Check.isin(given["codes"]), nullable=False),
        "state": pa.Column(str, pa.Check.isin(given["states"]), nullable=False),
        "age": pa.Column(checks=pa.Check.in_range(0, 120), nullable=False),
        "units": pa.Column(checks=pa.Check.in_range(1, 100), nullable=False),
        "billed": pa.Column(float, pa.Check.ge(0), nullable=False),
        "allowed": pa.Column(float, pa.Check.ge(0), nullable=False),
        "denied": pa.Column(checks=pa.Check.in_range(0, 1), nullable=False),
    },
    checks=pa.Check(lambda frame: frame["allowed"] <= frame["billed"]),
)
start = time.perf_counter()
frame = pd.read_parquet(given["path"])
broken = 0
try:
    schema.validate(frame, lazy=True)
except pa.errors.SchemaErrors as errors:
    broken = len(errors.failure_cases)
print(
    json.dumps(
        {
            "name": f"pandera {version('pandera')}",
            "ms": 1000 * (time.perf_counter() - start),
            "maxRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "nBroken": broken,
        }
    )
)
