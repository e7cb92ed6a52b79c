"""Reads what bench/tables/table-file.ts wrote: the same rows for both sides."""

import json
import pathlib

import numpy as np


def read(folder):
    """A row-major float64 matrix (codes of categories as numbers, NaN for missing), labels, indices of categories, and nTrain."""
    folder = pathlib.Path(folder)
    header = json.loads((folder / "header.json").read_text())
    categories = [c for c, column in enumerate(header["columns"]) if column["kind"] == "category"]
    n_rows = header["nTrain"] + header["nHeld"]
    x = np.empty((n_rows, len(header["columns"])))
    for c in range(x.shape[1]):
        if c in categories:
            codes = np.fromfile(folder / str(c), np.int32)
            x[:, c] = np.where(codes < 0, np.nan, codes)
        else:
            x[:, c] = np.fromfile(folder / str(c), np.float64)
    return x, np.fromfile(folder / "y", np.uint8).astype(int), categories, header["nTrain"]
