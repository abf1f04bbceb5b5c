"""Writes the samples anew: ``python -m resolutions.tests.forms``."""

from __future__ import annotations

from resolutions.tests.forms.corrigenda import LAYOUTS, corrigendum_manuscript
from resolutions.tests.forms.manuscript import manuscript
from resolutions.tests.forms.office import saved_as
from resolutions.tests.forms.samples import FOLDER, FORMS
from resolutions.tests.structure.samples import CORPUS

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    typed = {path.stem: manuscript(path) for path in CORPUS}
    typed |= {f"corrigendum-{name}": corrigendum_manuscript(layout) for name, layout in LAYOUTS.items()}
    for form in FORMS:
        for name, data in saved_as(form, typed).items():
            (FOLDER / f"{name}.{form}").write_bytes(data)
            print(f"{form}: {name}, {len(data) // 1024} KB")
