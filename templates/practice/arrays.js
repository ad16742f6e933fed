/* Small arrays, { shape, data } row by row, and every operation that a formula may have.

   The operations are those of solver/functions.py, by NumPy's names. */
(function (Judge) {
  "use strict";

  const LARGEST_EXPONENT = 709;

  const made = (shape, data) => ({ shape, data });
  const scalar = (number) => made([], [number]);
  const size = (shape) => shape.reduce((product, each) => product * each, 1);
  const map = (x, f) => made(x.shape, x.data.map((each) => f(each)));

  /** The shape that two shapes are stretched to, trailing axes aligned. */
  function stretched(a, b) {
    const rank = Math.max(a.length, b.length);
    const padded = [a, b].map((shape) => [...Array(rank - shape.length).fill(1), ...shape]);
    return padded[0].map((each, axis) => (each === 1 ? padded[1][axis] : each));
  }

  /** A copy of `x` stretched to a shape. */
  function broadcast(x, shape) {
    const lead = shape.length - x.shape.length;
    const strides = stridesOf(x.shape);
    const data = Array.from({ length: size(shape) }, (_, place) => {
      let from = 0;
      for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
        const at = place % shape[axis];
        place = (place - at) / shape[axis];
        if (axis >= lead && x.shape[axis - lead] !== 1) from += at * strides[axis - lead];
      }
      return x.data[from];
    });
    return made(shape, data);
  }

  function stridesOf(shape) {
    const strides = Array(shape.length).fill(1);
    for (let axis = shape.length - 2; axis >= 0; axis -= 1) {
      strides[axis] = strides[axis + 1] * shape[axis + 1];
    }
    return strides;
  }

  const alike = (a, b) => a.length === b.length && a.every((each, axis) => each === b[axis]);

  function pairwise(f) {
    return (a, b) => {
      if (alike(a.shape, b.shape)) return made(a.shape, a.data.map((x, n) => f(x, b.data[n])));
      if (b.shape.length === 0) return map(a, (x) => f(x, b.data[0]));
      if (a.shape.length === 0) return map(b, (y) => f(a.data[0], y));
      const shape = stretched(a.shape, b.shape);
      const [left, right] = [broadcast(a, shape), broadcast(b, shape)];
      return made(shape, left.data.map((x, n) => f(x, right.data[n])));
    };
  }

  const each = (f) => (x, ...settings) => map(x, (number) => f(number, ...settings));

  /** An operation along one axis, or over all entries, that leaves one number. */
  function reduced(x, axis, keepdims, f) {
    if (axis === null || axis === undefined) {
      return made(keepdims ? x.shape.map(() => 1) : [], [f(x.data)]);
    }
    const at = axis < 0 ? axis + x.shape.length : axis;
    const [before, after] = [size(x.shape.slice(0, at)), size(x.shape.slice(at + 1))];
    const data = [];
    for (let i = 0; i < before; i += 1) {
      for (let k = 0; k < after; k += 1) {
        const row = Array.from({ length: x.shape[at] }, (_, j) =>
          x.data[(i * x.shape[at] + j) * after + k]);
        data.push(f(row));
      }
    }
    const kept = keepdims ? [1] : [];
    return made([...x.shape.slice(0, at), ...kept, ...x.shape.slice(at + 1)], data);
  }

  const total = (row) => row.reduce((sum, number) => sum + number, 0);
  const largest = (row) => Math.max(...row);
  const sum = (x, axis = null, keepdims = false) => reduced(x, axis, keepdims, total);

  // C's pow is 1 for a base of 1 and for -1 to an infinite power.
  function power(base, exponent) {
    if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
    return Math.pow(base, exponent);
  }

  const sigmoid = (x) => 1 / (1 + Math.exp(Math.min(-x, LARGEST_EXPONENT)));
  const positive = (x) => Math.max(x, 0);
  const softplus = (x) => positive(x) + Math.log1p(Math.exp(x - 2 * positive(x)));
  const step = (x, below = 0) => (x > 0 ? 1 : below);

  const add = pairwise((a, b) => a + b), subtract = pairwise((a, b) => a - b);
  const divide = pairwise((a, b) => a / b);

  function shifted(x, axis) {
    return subtract(x, reduced(x, axis, axis !== null, largest));
  }

  function softmax(x, axis = null) {
    const powers = map(shifted(x, axis), Math.exp);
    return divide(powers, sum(powers, axis, axis !== null));
  }

  function logSoftmax(x, axis = null) {
    const moved = shifted(x, axis);
    return subtract(moved, map(sum(map(moved, Math.exp), axis, axis !== null), Math.log));
  }

  function transpose(x) {
    if (x.shape.length < 2) return x;
    const [rows, columns] = x.shape;
    const data = x.data.map((_, n) => x.data[(n % rows) * columns + Math.floor(n / rows)]);
    return made([columns, rows], data);
  }

  /** The matrix product; a vector is a row on the left and a column on the right. */
  function matmul(a, b) {
    const [rows, inner] = a.shape.length > 1 ? a.shape : [1, a.shape[0]];
    const columns = b.shape.length > 1 ? b.shape[1] : 1;
    const data = [];
    for (let i = 0; i < rows; i += 1) {
      for (let k = 0; k < columns; k += 1) {
        let found = 0;
        for (let j = 0; j < inner; j += 1) found += a.data[i * inner + j] * b.data[j * columns + k];
        data.push(found);
      }
    }
    return made([...a.shape.slice(0, -1), ...b.shape.slice(1)], data);
  }

  function outer(a, b) {
    return made([a.data.length, b.data.length], a.data.flatMap((x) => b.data.map((y) => x * y)));
  }

  function diagonal(x) {
    const count = x.shape[0];
    if (x.shape.length > 1) {
      const length = Math.min(...x.shape);
      return made([length], Array.from({ length }, (_, n) => x.data[n * (x.shape[1] + 1)]));
    }
    const data = Array(count * count).fill(0);
    x.data.forEach((number, n) => { data[n * (count + 1)] = number; });
    return made([count, count], data);
  }

  const flat = (index, shape) => index.reduce((place, at, axis) => place * shape[axis] + at, 0);
  const entry = (x, index) => scalar(x.data[flat(index, x.shape)]);

  function place(g, shape, index) {
    const data = Array(size(shape)).fill(0);
    [data[flat(index, shape)]] = g.data;
    return made(shape, data);
  }

  function spread(g, shape, axis = null) {
    if (axis === null) return broadcast(g, shape);
    const at = axis < 0 ? axis + shape.length : axis;
    return broadcast(made([...g.shape.slice(0, at), 1, ...g.shape.slice(at)], g.data), shape);
  }

  function prependOne(x) {
    const [rows, columns] = x.shape;
    return made([rows + 1, columns], [...Array(columns).fill(1), ...x.data]);
  }

  function dropFirst(x) {
    const rest = size(x.shape.slice(1));
    return made([x.shape[0] - 1, ...x.shape.slice(1)], x.data.slice(rest));
  }

  function adjugate(x) {
    const [a, b, c, d] = x.data;
    return made(x.shape, [d, -b, -c, a]);
  }

  const operations = {
    add, subtract, divide, matmul, transpose, sum, softmax, outer, diagonal, adjugate,
    entry, spread, place,
    multiply: pairwise((a, b) => a * b),
    negative: each((x) => -x),
    power: pairwise(power),
    exp: each(Math.exp),
    log: each(Math.log),
    sqrt: each(Math.sqrt),
    sin: each(Math.sin),
    cos: each(Math.cos),
    tanh: each(Math.tanh),
    sigmoid: each(sigmoid),
    softplus: each(softplus),
    relu: each(positive),
    leaky_relu: each((x, alpha) => (x > 0 ? x : alpha * x)),
    elu: each((x, alpha) => (x > 0 ? x : alpha * Math.expm1(Math.min(x, 0)))),
    step: each(step),
    sign: each(Math.sign),
    absolute: each((x) => x * Math.sign(x)),
    maximum: pairwise(Math.max),
    minimum: pairwise(Math.min),
    at_least: pairwise((a, b) => (a >= b ? 1 : 0)),
    log_softmax: logSoftmax,
    log_sigmoid: each((x) => -softplus(-x)),
    log_one_minus_sigmoid: each((x) => -softplus(x)),
    xlogy: pairwise((x, y) => x * Math.log(x === 0 ? 1 : y)),
    ratio: pairwise((x, y) => x / (x === 0 ? 1 : y)),
    prepend_one: prependOne,
    drop_first: dropFirst,
    mean: (x) => scalar(total(x.data) / x.data.length),
  };

  Judge.arrays = { made, scalar, transpose, operations };
})((globalThis.Judge ??= {}));
