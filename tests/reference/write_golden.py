"""Writes fixtures/golden: small random GPT-2s and what PyTorch computes with them, continuous thoughts included.

    OMP_NUM_THREADS=1 /usr/bin/python3 tests/reference/write_golden.py            writes
    OMP_NUM_THREADS=1 /usr/bin/python3 tests/reference/write_golden.py --check    computes anew and compares

Everything is computed in float32 and in float64. Per model:

    config.json, model.safetensors   the checkpoint (the English one is left out, too large: portable_weights.py makes it)
    reference/                       the float32 run as `coconut-lens verify --reference` reads it
    rounding.safetensors             float64 minus float32, for every tensor of reference/: small numbers, so that float32
                                     holds them, and with them the float64 result, to far below float32's rounding
    loss.json, loss.safetensors      the loss and its gradients in float32, and their rounding in the same sense
"""

import argparse
import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import torch

sys.dont_write_bytecode = True

import coconut  # noqa: E402
import dump  # noqa: E402
import portable_weights  # noqa: E402
import safetensors_file  # noqa: E402
from gpt2 import Gpt2  # noqa: E402
from hooked_module import HookedModule  # noqa: E402
from module_gpt2 import ModuleGpt2  # noqa: E402

GOLDEN = Path(__file__).resolve().parents[2] / "fixtures" / "golden"
SHARED = {
    "activation_function": "gelu_new",
    "architectures": ["GPT2LMHeadModel"],
    "layer_norm_epsilon": 1e-05,
    "model_type": "gpt2",
    "n_positions": 48,
}
# Twice the tolerance of logits: with a smaller gap between the two highest, the token would hang on rounding.
SMALLEST_GAP = 2e-4

# Vocabulary and prompts as reasoning-by-superposition has them: `<eos> s t | s t ... [Q] a b [R] root`, then `[A]`.
SYMBOLIC = {
    "config": {**SHARED, "n_embd": 16, "n_head": 2, "n_inner": 64, "n_layer": 2, "tie_word_embeddings": False, "vocab_size": 40},
    "prompts": [
        [38, 3, 17, 34, 17, 5, 35, 5, 8, 36, 3],
        [38, 0, 30, 35, 30, 1, 36, 0],
        [38, 9, 2, 34, 9, 11, 34, 2, 21, 35, 21, 11, 36, 9],
    ],
    "suffix": [37],
    "new_tokens": 4,
    # Two items with everything, the others with the residual stream and the patterns.
    "whole": [0, 7],
    "losses": [
        {"thoughts": 0, "lengths": [8, 8]},
        {"thoughts": 3, "lengths": [6, 6, 6]},
        {"thoughts": 6, "lengths": [5, 9]},
    ],
}
# "Every ... is a ... <|start-latent|>" over the whole vocabulary of a Coconut GPT-2, then `<|end-latent|> ###`.
ENGLISH = {
    "config": {**SHARED, "n_embd": 8, "n_head": 2, "n_inner": 32, "n_layer": 3, "tie_word_embeddings": True, "vocab_size": 50260},
    "prompts": [
        [6109, 331, 47108, 385, 318, 257, 4416, 385, 13, 198, 50257],
        [10462, 318, 257, 1376, 385, 30, 50257],
        [6109, 49996, 0, 50256, 198, 50257],
    ],
    "suffix": [50258, 21017],
    "new_tokens": 4,
    "whole": [],
    "losses": [{"thoughts": 2, "lengths": [7, 7]}, {"thoughts": 6, "lengths": [4, 8]}],
    "logit_ids": 80,
}
MODELS = {"symbolic": SYMBOLIC, "english": ENGLISH}
RESIDUALS = re.compile(r"blocks\.0\.hook_resid_pre$|hook_resid_(mid|post)$|hook_pattern$|ln_final|^thoughts|^logits$")


def items_of(plan):
    """Every prompt after 0 .. 6 thoughts; items of one number of thoughts stand together."""
    return [
        {"prompt": prompt, "thoughts": thoughts, "suffix": plan["suffix"], "new_tokens": plan["new_tokens"]}
        for thoughts in range(7)
        for prompt in plan["prompts"]
    ]


def loss_rows(plan, lengths):
    """Scattered tokens; a suffix of 3, of which the first label of the first row is not trained."""
    ids = iter(portable_weights.token_ids(plan["config"]["vocab_size"], sum(lengths) + 6 * len(lengths)))
    draw = lambda n: [next(ids) for _ in range(n)]
    rows = [{"prompt": draw(length), "suffix": draw(3), "labels": draw(3)} for length in lengths]
    rows[0]["labels"][0] = -1
    return rows


def dump_all(plan, dtype, logit_ids):
    """`dump.dump`, in which the items of `whole` keep everything and the others the residual stream and patterns."""
    model = Gpt2(plan["config"], portable_weights.weights(plan["config"], dtype))
    tensors, described, smallest = {}, [], float("inf")
    for index, item in enumerate(items_of(plan)):
        wanted = lambda name: index in plan["whole"] or RESIDUALS.search(name) is not None
        found, (meta,), gap = dump.dump(model, [item], wanted, logit_ids)
        tensors.update({f"{index}.{name[2:]}": tensor for name, tensor in found.items()})
        described.append(meta)
        smallest = min(smallest, gap)
    return model, tensors, described, smallest


def losses(plan, dtype, rows_of, vocabulary_rows):
    """`{case}.loss` and `{case}.gradient.{parameter}`; of wte only the rows of some tokens where it is large."""
    tensors = {}
    for case, (thoughts, rows) in enumerate(rows_of):
        parameters = portable_weights.weights(plan["config"], dtype)
        for parameter in parameters.values():
            parameter.requires_grad_()
        loss = coconut.loss(Gpt2(plan["config"], parameters), rows, thoughts)
        loss.backward()
        tensors[f"{case}.loss"] = loss.detach()
        for name, parameter in parameters.items():
            cut = vocabulary_rows is not None and name == "wte.weight"
            tensors[f"{case}.gradient.{name}"] = parameter.grad[vocabulary_rows] if cut else parameter.grad
    return tensors


def rounding(exact, single):
    """Where both are minus infinity (masked scores) there is none."""
    return {
        name: torch.where(exact[name] == tensor.double(), 0.0, exact[name] - tensor.double())
        for name, tensor in single.items()
    }


def token_sample(plan, rows_of, described):
    """Some tokens of a large vocabulary: all that occur, and others evenly over the rest."""
    count, vocabulary = plan["logit_ids"], plan["config"]["vocab_size"]
    occurring = {0, vocabulary - 1}
    for _, rows in rows_of:
        occurring |= {i for row in rows for i in [*row["prompt"], *row["suffix"], *row["labels"]] if i >= 0}
    for item in described:
        occurring |= {*item["prompt"], *item["suffix"], *item["generated"]}
    return sorted(occurring | set(range(0, vocabulary, vocabulary // max(1, count - len(occurring)))))


def check_hooks(plan, tensors):
    """A module built like Hugging Face's, seen through forward hooks, must give what the plain functions give."""
    module = HookedModule(ModuleGpt2(plan["config"], portable_weights.weights(plan["config"])))
    for index in plan["whole"]:
        found, _, _ = dump.dump(module, [items_of(plan)[index]])
        for name, tensor in found.items():
            difference = (tensor - tensors[f"{index}.{name[2:]}"]).abs().max()
            assert difference < 1e-5, f"through hooks: {name} differs by {difference}"
        unseen = {name.split(".", 1)[1] for name in tensors if name.startswith(f"{index}.")} - {n[2:] for n in found}
        assert all(name.endswith(("scores", "pattern")) for name in unseen), f"not seen through hooks: {unseen}"


def write_golden(folder, name, plan):
    config = plan["config"]
    rows_of = [(case["thoughts"], loss_rows(plan, case["lengths"])) for case in plan["losses"]]
    logit_ids = None
    if "logit_ids" in plan:
        logit_ids = token_sample(plan, rows_of, dump_all(plan, torch.float32, None)[2])
    model, single, described, gap = dump_all(plan, torch.float32, logit_ids)
    _, exact, same, _ = dump_all(plan, torch.float64, logit_ids)
    assert described == same, f"{name}: float32 and float64 generate different tokens"
    assert gap > SMALLEST_GAP, f"{name}: a generated token hangs on rounding (gap {gap}): choose other prompts"
    check_hooks(plan, single)

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    if name == "symbolic":
        prefixed = {n if n == "lm_head.weight" else f"transformer.{n}": t for n, t in model.parameters.items()}
        safetensors_file.write(folder / "model.safetensors", prefixed)
    dump.write(folder / "reference", dump.describe(model, described, "float32", logit_ids), single)
    safetensors_file.write(folder / "rounding.safetensors", rounding(exact, single))

    single = losses(plan, torch.float32, rows_of, logit_ids)
    exact = losses(plan, torch.float64, rows_of, logit_ids)
    safetensors_file.write(
        folder / "loss.safetensors",
        {**single, **{f"rounding.{n}": t for n, t in rounding(exact, single).items()}},
    )
    digest = hashlib.sha256()
    for tensor in model.parameters.values():
        digest.update(tensor.numpy().tobytes())
    cases = [{"thoughts": thoughts, "rows": rows} for thoughts, rows in rows_of]
    text = {"weights_sha256": digest.hexdigest(), "cases": cases}
    (folder / "loss.json").write_text(json.dumps(text, separators=(",", ":")) + "\n")


def compare(fresh, committed):
    """Text files must be equal but for torch's version. Of tensors the float64 results must be equal, and the float32
    results as near as two machines' sums in different orders are."""
    problems = []
    files = sorted(path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file())
    if files != sorted(path.relative_to(committed) for path in committed.rglob("*") if path.is_file()):
        problems.append(f"other files than {[str(file) for file in files]}")
    for file in files:
        new, old = fresh / file, committed / file
        if not old.exists() or new.read_bytes() == old.read_bytes():
            continue
        if file.suffix == ".json":
            texts = [json.loads(path.read_text()) for path in (new, old)]
            if {**texts[0], "torch": None} != {**texts[1], "torch": None}:
                problems.append(f"{file} differs")
        elif file.name == "model.safetensors":
            problems.append(f"{file} differs")
        else:
            print(f"{committed.name}/{file}: same to rounding, other bytes")
    exact, single = (worst_differences(fresh, committed, part) for part in ("exact", "single"))
    # float64 rounds at 1e-16, which 10 passes amplify; the difference is kept in float32, to 1e-7 of itself.
    if exact > 1e-11:
        problems.append(f"float64 results differ by {exact}")
    if single > 1e-4:
        problems.append(f"float32 results differ by {single}")
    print(f"{committed.name}: float64 within {exact:.1e}, float32 within {single:.1e} of the committed files")
    return [f"{committed.name}: {problem}" for problem in problems]


def worst_differences(fresh, committed, part):
    """The largest difference relative to a tensor's largest element, or to 1 if that is smaller."""
    worst = 0.0
    results = [golden_tensors(folder, part) for folder in (fresh, committed)]
    assert results[0].keys() == results[1].keys(), "other tensors"
    for name, tensor in results[0].items():
        finite = tensor.isfinite()
        other = results[1][name]
        assert tensor.shape == other.shape and bool((finite == other.isfinite()).all()), f"{name}: another shape or mask"
        scale = max(1.0, float(tensor[finite].abs().max()))
        worst = max(worst, float((tensor - other)[finite].abs().max()) / scale)
    return worst


def golden_tensors(folder, part):
    tensors = safetensors_file.read(folder / "reference" / "activations.safetensors")
    roundings = safetensors_file.read(folder / "rounding.safetensors")
    for name, tensor in safetensors_file.read(folder / "loss.safetensors").items():
        if name.startswith("rounding."):
            roundings[name[len("rounding.") :]] = tensor
        else:
            tensors[name] = tensor
    return {n: t.double() + (roundings[n].double() if part == "exact" else 0.0) for n, t in tensors.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    problems = []
    for name, plan in MODELS.items():
        if check:
            with tempfile.TemporaryDirectory() as folder:
                write_golden(Path(folder) / name, name, plan)
                problems += compare(Path(folder) / name, GOLDEN / name)
        else:
            shutil.rmtree(GOLDEN / name, ignore_errors=True)
            write_golden(GOLDEN / name, name, plan)
            sizes = {str(f.relative_to(GOLDEN)): f.stat().st_size for f in (GOLDEN / name).rglob("*") if f.is_file()}
            print("\n".join(f"{size:8} {file}" for file, size in sizes.items()))
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
