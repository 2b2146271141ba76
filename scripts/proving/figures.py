"""What a case comes to."""


class Figures:
    """`tried` faults, or requests under them; `survived`: after which the service answered by itself; `lost`: acknowledged and not there."""

    def __init__(self, name, engine):
        self.name, self.engine = name, engine
        self.tried = self.survived = self.lost = 0
        self.more, self.wrong = [], []

    def failed(self):
        return bool(self.wrong) or self.lost > 0 or self.survived != self.tried or self.tried == 0

    def line(self):
        return (f"{self.name}, {self.engine}: tried {self.tried}, survived {self.survived}, lost {self.lost}"
                + "".join(f"; {one}" for one in self.more) + (": WRONG" if self.failed() else ""))


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def milliseconds(values):
    return f"p50 {percentile(values, 0.5) * 1000:.0f} ms, p99 {percentile(values, 0.99) * 1000:.0f} ms"
