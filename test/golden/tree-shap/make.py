"""Writes lightgbm.json, xgboost.json and scikit-learn.json: models, rows, and what the libraries and shap say about them.

    pip install shap lightgbm xgboost scikit-learn
    python test/golden/tree-shap/make.py

Values of leaves are rounded to float32 before anything is computed, as our trees hold them; values of rows are float32 numbers.
"""

import json
import pathlib
import re
import warnings

import lightgbm
import numpy as np
import shap
import sklearn
import xgboost
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).parent
N_TRAIN, N_ROWS, N_BACKGROUND, N_INTERACTIONS = 1500, 20, 12, 4
LEVELS = {4: 6, 5: 40}


def make_rows(categories, missing):
    random = np.random.default_rng(7)
    # Multiples of 1/64: shap holds thresholds in float32 where there is a background, and would round others across values.
    x = (np.round(64 * random.normal(size=(N_TRAIN, 6))) / 64).astype(np.float32)
    if categories:
        for feature, n in LEVELS.items():
            x[:, feature] = random.integers(0, n, N_TRAIN)
    signal = x[:, 0] + x[:, 1] * x[:, 2] + np.sin(3 * x[:, 3])
    signal += (x[:, 4] % 3 == 1) + 0.05 * ((7 * x[:, 5]) % 11) if categories else x[:, 4] * (x[:, 5] > 0)
    y = signal + 0.3 * random.normal(size=N_TRAIN)
    if missing:
        x[random.random(x.shape) < 0.1] = np.nan
    return x, y


def listed(values):
    """NaN as null, everything else in full precision."""
    return [None if v != v else v for v in np.asarray(values, float).ravel().tolist()]


def write(name, library, cases):
    made_by = {"shap": shap.__version__, library.__name__: library.__version__, "numpy": np.__version__}
    golden = {"madeBy": made_by, "nFeatures": 6, "cases": cases}
    (HERE / f"{name}.json").write_text(json.dumps(golden) + "\n")


def rounded_leaves(match):
    values = [repr(float(np.float32(v))) for v in match.group(1).split(" ")]
    return "leaf_value=" + " ".join(values)


def own_extension(model, **options):
    """shap's own extension, also for libraries whose contributions it would otherwise ask for."""
    explainer = shap.TreeExplainer(model, **options)
    explainer.model.model_type = "internal"
    return explainer


def from_shap(model, x):
    """Path-dependent values and interactions, and values against a background."""
    rows, background = x[:N_ROWS].astype(float), x[-N_BACKGROUND:].astype(float)
    paths = own_extension(model)
    against = shap.TreeExplainer(model, data=background)
    return {
        "values": listed(paths.shap_values(rows, check_additivity=False)),
        "interactions": listed(paths.shap_interaction_values(rows[:N_INTERACTIONS])),
        "background": listed(background),
        "interventional": listed(against.shap_values(rows, check_additivity=False)),
    }


def lightgbm_case(name, categories, missing, **options):
    x, y = make_rows(categories, missing)
    data = lightgbm.Dataset(x, (y > y.mean()).astype(int), categorical_feature=list(LEVELS) if categories else [])
    settings = {"objective": "binary", "num_leaves": 15, "verbose": -1, "num_threads": 1, "min_data_per_group": 5}
    trained = lightgbm.train({**settings, **options}, data, 8)
    text = re.sub(r"leaf_value=(.*)", rounded_leaves, trained.model_to_string())
    # The sizes of the trees' texts are no longer right; without them the trees are read one after another.
    model = lightgbm.Booster(model_str=re.sub(r"tree_sizes=.*\n", "", text))
    text = text[text.index("Tree=0") : text.index("end of trees")]
    text = re.sub(r"\n(split_gain|leaf_weight|internal_value|internal_weight|shrinkage|is_linear)=.*", "", text)
    rows = x[:N_ROWS].astype(float)
    own = model.predict(rows, pred_contrib=True)
    case = {"name": name, "model": text, "levels": LEVELS if categories else {}, "rows": listed(rows)}
    case |= {"raw": listed(model.predict(rows, raw_score=True)), "values": listed(own[:, :-1]), "baseValue": own[0, -1]}
    return case | ({} if categories else from_shap(model, x))


def xgboost_case(name, categories):
    x, y = make_rows(categories, missing=True)
    types = ["c" if categories and f in LEVELS else "q" for f in range(6)]
    data = xgboost.DMatrix(x, y, feature_types=types, enable_categorical=categories)
    # With squared error the sum of second derivatives in a node is its number of rows.
    settings = {"objective": "reg:squarederror", "max_depth": 5, "tree_method": "hist", "nthread": 1, "base_score": 0.25}
    model = xgboost.train(settings, data, 8)
    learner = json.loads(model.save_raw("json"))["learner"]
    kept = ["left_children", "right_children", "split_indices", "split_conditions", "default_left", "split_type"]
    kept += ["sum_hessian", "categories", "categories_nodes", "categories_segments", "categories_sizes"]
    trees = [{key: tree[key] for key in kept} for tree in learner["gradient_booster"]["model"]["trees"]]
    rows = xgboost.DMatrix(x[:N_ROWS], feature_types=types, enable_categorical=categories)
    own = model.predict(rows, pred_contribs=True)
    case = {"name": name, "model": trees, "levels": LEVELS if categories else {}, "rows": listed(x[:N_ROWS])}
    case |= {"raw": listed(model.predict(rows, output_margin=True)), "own": listed(own[:, :-1]), "baseValue": float(own[0, -1])}
    return case | ({} if categories else from_shap(model, x))


def scikit_learn_case(name, estimator):
    x, y = make_rows(categories=False, missing=False)
    model = estimator.fit(x, y)
    trees = []
    for fitted in model.estimators_:
        tree = fitted.tree_
        tree.value[:] = tree.value.astype(np.float32)
        keys = ["children_left", "children_right", "feature", "threshold", "weighted_n_node_samples"]
        trees.append({key: getattr(tree, key).tolist() for key in keys} | {"value": tree.value.ravel().tolist()})
    rows = x[:N_ROWS]
    case = {"name": name, "model": trees, "rows": listed(rows), "raw": listed(model.predict(rows))}
    return case | from_shap(model, x)


write(
    "lightgbm",
    lightgbm,
    [
        lightgbm_case("numbers with missing values", categories=False, missing=True),
        lightgbm_case("numbers without", categories=False, missing=False, num_leaves=31, min_data_in_leaf=5),
        lightgbm_case("categories and missing values", categories=True, missing=True),
        lightgbm_case("categories, one level a split", categories=True, missing=False, max_cat_to_onehot=64),
    ],
)
write("xgboost", xgboost, [xgboost_case("numbers", False), xgboost_case("categories", True)])
forest = {"n_estimators": 6, "random_state": 1, "n_jobs": 1}
write(
    "scikit-learn",
    sklearn,
    [
        scikit_learn_case("random forest", RandomForestRegressor(min_samples_leaf=20, max_features=3, **forest)),
        scikit_learn_case("extra trees", ExtraTreesRegressor(max_depth=5, bootstrap=True, **forest)),
    ],
)
