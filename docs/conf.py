# Sphinx settings. Nothing is fetched, neither to build the pages nor to read them.

import sys
from pathlib import Path

from sidelines.terms.version import VERSION

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Sidelines"
author = "The Sidelines authors"
project_copyright = "The Sidelines authors. Apache-2.0"
release = version = VERSION
language = "en-GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "mathml"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_google_docstring = False

html_theme = "furo"
html_title = f"Sidelines {release}"
html_math_renderer = "mathml"
html_copy_source = False
