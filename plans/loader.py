"""Which YAML loader reads: libyaml's, ten times as fast, where PyYAML was built with it. Both know plain data only."""

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
