"""Functions of the widgets' library, run in Node."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path
from typing import Any, Final

NODE: Final = Path(sysconfig.get_path("scripts")) / "node"
LIB: Final = Path(__file__).parents[2] / "widgets" / "lib"
_SCRIPT: Final = """
const [language, calls] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const lib = process.argv[1];
(async () => {
  (await import(`${lib}/words.ts`)).speak(language);
  const answers = [];
  for (const [file, name, given] of calls) answers.push((await import(`${lib}/${file}`))[name](...given));
  process.stdout.write(JSON.stringify(answers));
})();
"""


def said(language: str, file: str, name: str, given: list[list[Any]]) -> list[Any]:
    """What a function of the widgets answers to each list of arguments."""
    asked = json.dumps([language, [[file, name, each] for each in given]])
    run = subprocess.run([NODE, "-e", _SCRIPT, LIB], input=asked, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
