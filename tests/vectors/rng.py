"""A second implementation of the draw's generator (see kaowu-core/src/seating/mod.rs); prints rng.toml."""
import hashlib


class Rng:
    def __init__(self, seed):
        self.seed, self.block, self.ready = seed, 0, []

    def next(self):
        if not self.ready:
            digest = hashlib.sha256(f"{self.seed}:{self.block}".encode()).digest()
            self.block += 1
            self.ready = [int.from_bytes(digest[i : i + 8], "big") for i in range(0, 32, 8)]
        return self.ready.pop(0)

    def below(self, n):
        while True:
            draw = self.next()
            if draw < 2**64 - 2**64 % n:
                return draw % n

    def shuffle(self, items):
        for k in range(len(items) - 1, 0, -1):
            j = self.below(k + 1)
            items[k], items[j] = items[j], items[k]
        return items


for seed in ["", "2020-06-27", "江苏", "3201/deal"]:
    rng = Rng(seed)
    draws = ", ".join(f'"{rng.next()}"' for _ in range(6))
    print(f'["{seed}"]\ndraws = [{draws}]\nshuffle = {Rng(seed).shuffle(list(range(10)))}\n')
