"""safetensors files with nothing but torch and numpy: header length as uint64, JSON header, data, little-endian."""

import json
import struct

import numpy as np
import torch

FLOATS = {"F64": np.float64, "F32": np.float32, "F16": np.float16}


def read(path):
    """Tensors by name; bfloat16 is widened to float32, integers are left out."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        if entry["dtype"] == "BF16":
            halves = np.frombuffer(content[begin:end], dtype="<u2").astype(np.uint32) << 16
            array = halves.view(np.float32)
        elif entry["dtype"] in FLOATS:
            array = np.frombuffer(content[begin:end], dtype=FLOATS[entry["dtype"]])
        else:
            continue
        tensors[name] = torch.from_numpy(array.reshape(entry["shape"]).copy())
    return tensors


def write(path, tensors):
    """Writes tensors as float32, in the order given."""
    header, pieces, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        piece = tensor.detach().to(torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(piece)]}
        pieces.append(piece)
        at += len(piece)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(b"".join([struct.pack("<Q", len(text)), text, *pieces]))
