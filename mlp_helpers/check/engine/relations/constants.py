"""The numbers of a case that a result may be off by: its arguments, and the sizes of its arrays."""

import numpy as np


def constants(inputs, arguments, unspoken=()):
    """Return, by the words that a learner would write, the values in each of several cases: ``learning_rate``, ``len(X)``, …"""
    found = {}
    for position, name in enumerate(inputs):
        given = [each[position] for each in arguments if position < len(each)]
        if len(given) < len(arguments) or name in unspoken:
            continue
        if all(isinstance(each, int | float | np.number) and not isinstance(each, bool) for each in given):
            values = [float(each) for each in given]
            found[name] = values
            found[f"1 - {name}"] = [1 - value for value in values]
            found[f"{name}**2"] = [value**2 for value in values]
            if min(values) >= 0:
                found[f"np.sqrt({name})"] = [value**0.5 for value in values]
        if all(isinstance(each, list | tuple) or (isinstance(each, np.ndarray) and each.ndim) for each in given):
            found[f"len({name})"] = [float(len(each)) for each in given]
            found[f"np.sqrt(len({name}))"] = [len(each) ** 0.5 for each in given]
            found[f"len({name})**2"] = [float(len(each) ** 2) for each in given]
        if all(isinstance(each, np.ndarray) and each.ndim == 2 for each in given):
            found[f"{name}.shape[1]"] = [float(each.shape[1]) for each in given]
            found[f"{name}.size"] = [float(each.size) for each in given]
    return {name: values for name, values in found.items() if 0 not in values and len(set(values)) > 1}
