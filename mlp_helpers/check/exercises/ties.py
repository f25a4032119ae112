"""What is compared of labels where a row holds its largest entry more than once: shared by exercises of notebooks 02 and 19."""

import numpy as np


def first_of_the_largest(labels, table):
    """Return labels (n,) in which each that is one of the largest entries of its row is the first of these.

    What are no labels, one for each row of the table (n, k), comes back as it is.
    """
    largest = table == table.max(axis=1, keepdims=True)
    tied = largest.sum(axis=1) > 1
    if not tied.any() or not isinstance(labels, np.ndarray) or labels.shape != tied.shape:
        return labels
    return np.where(tied & largest[np.arange(len(table)), labels], largest.argmax(axis=1), labels)
