"""The peer of bench/record.ts: the same thoughts and LM-head readout in plain PyTorch.

One line of JSON on standard input per request: the set-up first, then {"batch": n}, "sample" or the end.
"""
import json
import sys
import time

import torch

from gpt2_small import Gpt2

setup = json.loads(sys.stdin.readline())
model = Gpt2(setup["plan"], setup["layers"], setup["heads"])
prompts, k = setup["prompts"], setup["thoughts"]

with torch.no_grad():
    for line in sys.stdin:
        request = json.loads(line)
        if request == "sample":
            thoughts = model.think(prompts[:1], k)
            answer = {"thoughts": thoughts.flatten().tolist(), "logits": model.logits(thoughts)[..., ::500].flatten().tolist()}
        else:
            size = request["batch"]
            # Each gets its best: the peer may sort by length, so that it hardly pads.
            order = sorted(prompts, key=len) if size > 1 else prompts
            start = time.perf_counter()
            for i in range(0, len(order), size):
                model.logits(model.think(order[i : i + size], k))
            answer = {"ms": (time.perf_counter() - start) * 1e3}
        print(json.dumps(answer), flush=True)
