"""Writes fixtures/golden/torch-files: small files of torch.save and what is in them (expected.json).

Run in the repository root: python3 tests/checkpoint/make-torch-files.py
The committed files were written by torch 1.13; the tests read them without Python.
"""

import argparse
import collections
import datetime
import enum
import json
import os
import pathlib
import random
import zipfile

import numpy
import torch

OUT = os.path.join("fixtures", "golden", "torch-files")


def described(tensor):
    """Dtype, shape and values, row-major; integers as text, because JSON has only doubles."""
    dtype = {
        torch.float32: "F32",
        torch.float16: "F16",
        torch.bfloat16: "BF16",
        torch.int64: "I64",
        torch.int32: "I32",
        torch.uint8: "U8",
        torch.bool: "BOOL",
    }[tensor.dtype]
    flat = tensor.detach().reshape(-1)
    wide = flat.float() if tensor.dtype.is_floating_point else flat.to(torch.int64)
    values = wide.tolist()
    if not tensor.dtype.is_floating_point:
        values = [str(value) for value in values]
    return {"dtype": dtype, "shape": list(tensor.shape), "values": values}


class Colour(enum.Enum):
    RED = 1


class Evil:
    def __init__(self, function, *args):
        self.function, self.args = function, args

    def __reduce__(self):
        return self.function, self.args


def main():
    os.makedirs(OUT, exist_ok=True)
    torch.manual_seed(0)
    expected = {}

    def save(name, value, state_dict=None, **options):
        torch.save(value, os.path.join(OUT, name), **options)
        if state_dict is not None:
            expected[name] = {key: described(tensor) for key, tensor in state_dict.items()}

    dtypes = {
        "f32": torch.randn(2, 3),
        "f16": torch.randn(5).half(),
        "bf16": torch.randn(2, 2).bfloat16(),
        "i64": torch.tensor([0, -1, 2**62, -(2**63)]),
        "i32": torch.tensor([[1], [-2]], dtype=torch.int32),
        "u8": torch.tensor([0, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]),
        "scalar": torch.tensor(0.1),
        "empty": torch.zeros(0, 4),
    }
    save("dtypes.pt", dtypes, dtypes)
    for protocol in (3, 4, 5):
        save(f"protocol-{protocol}.pt", dtypes, dtypes, pickle_protocol=protocol)

    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    half = torch.arange(12).half().reshape(3, 4)
    views = {
        "base": base,
        "transposed": base.t(),
        "column": base[:, 2],
        "every-other": base[1::2, ::3],
        "expanded": base[0, :2].unsqueeze(1).expand(2, 3),
        "middle": base[1:3],
        "scalar": base[3, 5],
        "permuted": torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1),
        "half": half.t(),
        "nothing": base[4:],
    }
    save("views.pt", views, views)

    embedding = torch.nn.Embedding(3, 2)
    tied = {"wte.weight": embedding.weight, "lm_head.weight": embedding.weight}
    save("tied.pt", tied, tied)

    module = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.LayerNorm(2))
    ordered = module.state_dict()
    save("ordered.pt", ordered, ordered)
    optimizer = torch.optim.AdamW(module.parameters())
    module(torch.randn(1, 2)).sum().backward()
    optimizer.step()
    nested = {
        "epoch": 3,
        "loss": 0.25,
        "big": 2**80,
        "flags": [True, None, (1, 2)],
        "best": torch.tensor(0.5),
        "shape": torch.Size([2, 3]),
        "optimizer": optimizer.state_dict(),
        "model_state_dict": module.state_dict(),
    }
    save("nested.pt", nested, nested["model_state_dict"])
    save("named.pt", {"step": 7, "policy": ordered}, ordered)
    # No extension, as facebookresearch/coconut writes its checkpoints.
    save("checkpoint_1", ordered, ordered)

    save("legacy.pt", ordered, _use_new_zipfile_serialization=False)
    save("module.pt", module)
    save("two.pt", {"a": ordered, "b": ordered})
    save("double.pt", {"x": torch.zeros(2, dtype=torch.float64)})
    save("tensor.pt", torch.zeros(2))
    save("config.pt", {"args": argparse.Namespace(lr=0.1), "model": ordered}, ordered)
    rare = torch.nn.Parameter(torch.ones(2))
    rare.note = "an attribute"
    beside = {
        "args": argparse.Namespace(lr=0.1, path=pathlib.PurePosixPath("a/b"), nested=argparse.Namespace(x=(1,))),
        "device": torch.device("cuda", 0),
        "dtypes": [torch.float32, torch.bfloat16, torch.int64],
        "layout": [torch.strided, torch.sparse_coo],
        "seen": {1, 2, 3},
        "frozen": frozenset("ab"),
        "best": numpy.float64(0.5),
        "steps": numpy.int64(7),
        "losses": numpy.arange(3.0),
        "numpy": numpy.random.RandomState(0).get_state(),
        "python": random.Random(0).getstate(),
        "torch": torch.Generator().manual_seed(0).get_state(),
        "counts": collections.Counter("aab"),
        "default": collections.defaultdict(list, a=[1]),
        "time": datetime.datetime(2025, 1, 2, tzinfo=datetime.timezone.utc),
        "duration": datetime.timedelta(1),
        "odd": [complex(1, 2), slice(1, 2), range(3), bytearray(b"x"), b"bytes", Ellipsis, int, torch.Size([2])],
        "colour": Colour.RED,
        "double": torch.zeros(2, dtype=torch.float64),
        "complex": torch.zeros(2, dtype=torch.complex64),
        "sparse": torch.eye(2).to_sparse(),
        "quantised": torch.quantize_per_tensor(torch.zeros(2), 0.1, 0, torch.qint8),
        "rare": rare,
        "scheduler": torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10).state_dict(),
        "optimizer": optimizer.state_dict(),
    }
    net = {"net.wte.weight": torch.randn(2, 3), "net.step": torch.tensor(3)}
    for protocol in (2, 4):
        save(f"beside-{protocol}.pt", {**beside, "net": net}, net, pickle_protocol=protocol)
        save(f"beside-named-{protocol}.pt", {**beside, "net": None, "model": ordered}, ordered, pickle_protocol=protocol)
    hostile = {
        "os-system": (os.system, "echo executed > executed-by-pickle"),
        "eval": (eval, "open('executed-by-pickle', 'w')"),
        "getattr": (getattr, ordered, "clear"),
        "ordered-dict": (collections.OrderedDict, 7),
    }
    for name, (function, *args) in hostile.items():
        save(f"hostile-{name}.pt", {"wte.weight": torch.zeros(2), "x": Evil(function, *args)})

    # The same archive, deflated, as some tools leave it.
    with zipfile.ZipFile(os.path.join(OUT, "dtypes.pt")) as stored:
        with zipfile.ZipFile(os.path.join(OUT, "deflated.pt"), "w", zipfile.ZIP_DEFLATED) as deflated:
            for info in stored.infolist():
                deflated.writestr(info.filename, stored.read(info))
    expected["deflated.pt"] = expected["dtypes.pt"]

    with open(os.path.join(OUT, "expected.json"), "w") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
