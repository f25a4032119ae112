"""What a learner reads: the network and its training in NumPy alone, one idea a file.

To be read in this order: ``functions`` and ``data`` are the ground; ``layers``, ``losses``,
``optimizers`` and ``gradients`` stand on it; ``network`` stands on them, ``training`` on
the network, ``search`` and ``recipes`` on training. The package ``mlp_helpers`` passes their public names on.
"""
