import json
import subprocess
import sys
import unittest
from pathlib import Path

MODEL = Path(__file__).with_name("model.py")


def asked(*truths):
    return json.dumps({"columns": ["time", "truth"], "bars": [[i, t] for i, t in enumerate(truths)]})


class ModelTest(unittest.TestCase):
    def test_answers_each_line_with_one(self):
        lines = f"{asked(100, 100)}\n{asked(100, 110)}\n"
        done = subprocess.run([sys.executable, MODEL], input=lines, capture_output=True, text=True, check=True)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([answer["value"] for answer in answers], [100, 102])
        self.assertTrue(all(0 < answer["confidence"] <= 1 for answer in answers))


if __name__ == "__main__":
    unittest.main()
