"""A model for Auspex in Python: one question as a line of JSON in, one answer as a line of JSON out.

Put your own idea into `predict`. In worker.yaml:

    model: { kind: command, run: [python3, model.py] }

Standard output is for answers alone; print what you want to see to standard error.
"""

import json
import sys


def predict(question):
    """The next truth. `question` has now, deadline (ms), published, columns and bars, the oldest bar first."""
    column = question["columns"].index("truth")
    truths = [bar[column] for bar in question["bars"]]
    value = truths[0]
    for truth in truths[1:]:
        value += 0.2 * (truth - value)
    return {"value": value, "confidence": 0.5}


def main():
    for line in sys.stdin:
        print(json.dumps(predict(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
