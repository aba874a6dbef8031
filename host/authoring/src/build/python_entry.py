# Stands between the host and the author's module: an exception that nobody expected ends the call without a word, so it is told first, to
# the plugin's log. What is raised on purpose (Err) is an answer and passes through. Written by `amatelier plugin build`.

import traceback

import MODULE as _plugin
from componentize_py_types import Err

try:
    from wit_world.imports import log as _log
except ImportError:
    _log = None


def _telling(function):
    def call(*arguments):
        try:
            return function(*arguments)
        except Err:
            raise
        except BaseException:
            if _log is not None:
                _log.write(_log.Level.ERROR, traceback.format_exc())
            raise

    return call


for _name, _value in list(vars(_plugin).items()):
    if _name.startswith("_"):
        continue
    if isinstance(_value, type) and _value.__module__ == _plugin.__name__:
        for _key, _function in list(vars(_value).items()):
            if callable(_function) and not _key.startswith("_"):
                setattr(_value, _key, _telling(_function))
    globals()[_name] = _value
