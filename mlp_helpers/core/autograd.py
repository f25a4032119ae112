"""Arrays that remember how they were made, so that blame finds its own way back: reverse-mode automatic differentiation.

Nothing is derived for a network as a whole. Each operation knows the blame of its inputs from that of its result, and
a walk backwards through the record of what was computed does the rest. All numbers are float64.
"""

import numpy as np


def sum_to_shape(G, shape):
    """Add up what an array of this shape receives when it was stretched to the shape of G, as NumPy's broadcasting does.

    Parameters
    ----------
    G : array
        The blame of the stretched array.
    shape : tuple
        Of the array as it was.

    Returns
    -------
    blame : array of this shape

    Examples
    --------
    >>> sum_to_shape(np.array([[1.0, 2.0], [3.0, 4.0]]), (2,))
    array([4., 6.])
    """
    new = G.ndim - len(shape)                    # axes that were put in front
    stretched = [axis for axis in range(new, G.ndim) if shape[axis - new] == 1]
    return G.sum(axis=(*range(new), *stretched), keepdims=True).reshape(shape)


def input_blames(operation, G, a, b=None):
    """Compute the blame of each input of an operation from the blame of its result.

    Parameters
    ----------
    operation : {"+", "*", "@", "sum", "relu", "exp", "log"}
        All but ``@`` and ``sum`` work entry by entry. ``sum`` leaves an axis that it adds up with size 1.
    G : array
        The blame of the result.
    a, b : array
        The inputs; ``b`` for the first three operations only.

    Returns
    -------
    blames : list of array
        One for each input, of its shape.

    Examples
    --------
    >>> input_blames("*", np.array([10.0, 10.0]), np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    [array([30., 40.]), array([10., 20.])]
    """
    if operation == "+":
        return [sum_to_shape(G, a.shape), sum_to_shape(G, b.shape)]
    if operation == "*":
        return [sum_to_shape(G * b, a.shape), sum_to_shape(G * a, b.shape)]
    if operation == "@":
        return [G @ b.T, a.T @ G]                # (n, h) @ (h, d) -> (n, d), (d, n) @ (n, h) -> (d, h)
    if operation == "sum":
        return [G * np.ones(a.shape)]
    if operation == "relu":
        return [G * (a > 0)]
    if operation == "exp":
        return [G * np.exp(a)]
    if operation == "log":
        return [G / a]


def topological_order(record, result):
    """Put the result first, and everything else after all that was made from it.

    Parameters
    ----------
    record : dict
        From each thing that led to the result to those that it was made from, a list; one that was used twice stands
        there twice.
    result : a key of the record

    Returns
    -------
    order : list

    Examples
    --------
    >>> topological_order({"L": ["u", "v"], "v": ["u"], "u": []}, "L")
    ['L', 'v', 'u']
    """
    uses = {name: 0 for name in record}
    for inputs in record.values():
        for name in inputs:
            uses[name] += 1
    order, ready = [], [result]
    while ready:
        name = ready.pop()
        order.append(name)
        for each in record[name]:
            uses[each] -= 1
            if uses[each] == 0:                  # all that was made of it stands in the order by now
                ready.append(each)
    return order


class Tensor:
    """An array that remembers how it was made.

    Parameters
    ----------
    data : array or number
        A copy is kept, as float64, which cannot be written to: the way back needs it as it was.
    operation : str
        That made it; empty for what was not computed.
    inputs : tuple of Tensor
        That it was made from.

    Attributes
    ----------
    grad : array
        After ``backward``: the slope of the result for each entry. Computed anew by each ``backward``, never added up.

    Examples
    --------
    >>> w, x = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    >>> (w * x + w).sum().backward()
    >>> w.grad
    array([4., 5.])
    """

    def __init__(self, data, operation="", inputs=()):
        self.data = np.array(data, dtype=float)
        self.data.flags.writeable = False
        self.operation, self.inputs, self.grad = operation, inputs, None

    def __add__(self, other):
        return Tensor(self.data + other.data, "+", (self, other))

    def __mul__(self, other):
        return Tensor(self.data * other.data, "*", (self, other))

    def __matmul__(self, other):
        return Tensor(self.data @ other.data, "@", (self, other))

    def sum(self, axis=None):
        """Add up all entries, or those along an axis, which then has size 1."""
        return Tensor(self.data.sum(axis=axis, keepdims=axis is not None), "sum", (self,))

    def relu(self):
        """Return max(a, 0), entry by entry."""
        return Tensor(np.maximum(self.data, 0), "relu", (self,))

    def exp(self):
        """Return e to the power of each entry."""
        return Tensor(np.exp(self.data), "exp", (self,))

    def log(self):
        """Return the natural logarithm of each entry."""
        return Tensor(np.log(self.data), "log", (self,))

    def record(self):
        """Return a dict from each tensor that led to this one, itself included, to the tensors that it was made from."""
        found, waiting = {}, [self]
        while waiting:
            tensor = waiting.pop()
            if tensor not in found:
                found[tensor] = list(tensor.inputs)
                waiting += tensor.inputs
        return found

    def backward(self):
        """Set ``grad`` of every tensor that led to this one, a single number."""
        if self.data.size != 1:
            raise ValueError(f"backward starts from a single number, but the shape is {self.data.shape}. Sum it first: .sum()")
        record = self.record()
        for tensor in record:
            tensor.grad = np.zeros(tensor.data.shape)
        self.grad = np.ones(self.data.shape)
        for tensor in topological_order(record, self):
            if tensor.inputs:
                blames = input_blames(tensor.operation, tensor.grad, *[each.data for each in tensor.inputs])
                for each, blame in zip(tensor.inputs, blames, strict=True):
                    each.grad = each.grad + blame
