/* Follow-through: whether an answer follows from earlier ones of the same student that are wrong.

   A port of solver/follow.py, of what solver/diagnosis.py says of following, and of the tolerances
   of solver/tolerance.py and solver/matching.py. A claim is { quantity, value }: what the student
   says the entries of a quantity are, without a course's minus sign or transpose.               */
(function (Judge) {
  "use strict";

  const { follow } = Judge.lines;
  const { transpose } = Judge.arrays;

  const NUDGE = 1e-3, UNMOVED = 1e-10, GUARD = 1e-6;
  const MARGIN = 3, MOST_OF_A_VALUE = 0.45, LARGEST_SHARE = 0.05;
  const MOST_ENTRIES_MOVED = 16;

  const tenth = (places) => Number(`1e${-places}`);
  const count = (cells) => cells.filter(Boolean).length;

  /** `x` rounded up to one significant digit. */
  function oneDigit(x) {
    const exponent = Math.floor(Math.log10(x));
    return Number(`${Math.ceil(x / Number(`1e${exponent}`) - GUARD)}e${exponent}`);
  }

  const belowHalf = (tolerance, value) =>
    (value === 0 ? tolerance : Math.min(tolerance, MOST_OF_A_VALUE * Math.abs(value)));

  /** Which claimed numbers are within the tolerance of the values, or are them rounded. */
  function agrees(claimed, values, tolerance) {
    return claimed.map((x, n) => {
      const value = values[n], within = belowHalf(tolerance[n], value);
      const unit = Number.isInteger(x) ? 0.5 * (1 + GUARD) : 0;
      const half = unit <= LARGEST_SHARE * Math.abs(value) ? unit : 0;
      const apart = Math.abs(x - value);
      return apart <= within
        || (apart <= half + Math.min(within, half) && x * Math.sign(value) > 0);
    });
  }

  function differ(a, b) {
    return a.some((x, n) => {
      const y = b[n];
      return !(Math.abs(x - y) <= UNMOVED * Math.max(Math.abs(x), Math.abs(y)));
    });
  }

  /** The numbers of claims by leaf, each with its flat place. */
  function overrides(claims, numbers = (claim) => claim.value) {
    const found = new Map();
    for (const claim of claims) {
      const { leaf, entries } = claim.quantity;
      const pairs = entries.map((place, n) => [place, numbers(claim)[n]]);
      found.set(leaf, [...(found.get(leaf) ?? []), ...pairs]);
    }
    return found;
  }

  class Following {
    constructor(program) {
      this.places = program.places;
      const arrays = Object.fromEntries(Object.entries(program.inputs).map(
        ([name, { shape, values }]) => [name, { shape, data: values }]));
      this.program = { ...program, arrays };
      this.leaves = program.lines.map(([leaf]) => leaf);
    }

    /** A judgement of each claim, in their order: { claim, right, follows, given, cells }.

        `cells` says which entries follow where not all of them do. */
    judge(claims) {
      const order = claims.map((_, n) => n);
      order.sort((a, b) => claims[a].quantity.after - claims[b].quantity.after || a - b);
      const found = [];
      const earlier = [];
      for (const number of order) {
        found[number] = this.judgement(claims[number], earlier);
        earlier.push(found[number]);
      }
      return found;
    }

    judgement(claim, earlier) {
      const { right, tolerance } = claim.quantity;
      const fits = agrees(claim.value, right, tolerance);
      const judged = { claim, right: fits.every(Boolean), follows: false, given: [], cells: null };
      if (judged.right) return judged;
      const wrong = earlier
        .filter((other) => !other.right && this.isUpstream(other.claim, claim))
        .map((other) => other.claim);
      return this.followed(judged, wrong);
    }

    isUpstream(claim, wanted) {
      const { leaf } = claim.quantity;
      return leaf !== wanted.quantity.leaf
        && wanted.quantity.lines.some((number) => this.leaves[number] === leaf);
    }

    /** The judgement, where the claim follows from wrong ones: all together, or one alone. */
    followed(judged, wrong) {
      const alone = wrong.length > 1 ? [...wrong].reverse().map((each) => [each]) : [];
      const candidates = wrong.length ? [wrong, ...alone] : [];
      for (const given of candidates) {
        if (!this.isFollowed(judged.claim, given)) continue;
        const needed = this.needed(judged.claim, given);
        if (!this.isRefused(judged.claim, needed)) {
          return { ...judged, follows: true, given: needed };
        }
      }
      return { ...judged, cells: this.cells(judged.claim, candidates) };
    }

    /** Which entries follow where not all do: from the claims from which most do. */
    cells(claim, candidates) {
      const { right, tolerance } = claim.quantity;
      let best = claim.value.map(() => false);
      for (const given of candidates) {
        const found = this.follow(claim, overrides(given));
        const cells = agrees(claim.value, found, this.tolerance(claim, given, found))
          .map((each, n) => each && Math.abs(found[n] - right[n]) > tolerance[n]);
        if (count(cells) > count(best) && !this.isRefused(claim, given)) best = cells;
      }
      return best;
    }

    isFollowed(claim, given) {
      const found = this.follow(claim, overrides(given));
      const { right, tolerance } = claim.quantity;
      const moved = found.some((x, n) => Math.abs(x - right[n]) > tolerance[n]);
      if (!moved) return false;
      return agrees(claim.value, found, this.tolerance(claim, given, found)).every(Boolean);
    }

    /** Those of the claims that make a difference to what follows. */
    needed(wanted, given) {
      let needed = given;
      for (const claim of given) {
        const rest = needed.filter((other) => other !== claim);
        if (rest.length && this.isFollowed(wanted, rest)) needed = rest;
      }
      return needed;
    }

    follow(claim, put, changed, places) {
      return follow(this.program, claim.quantity, put, changed, places);
    }

    /** What rounding by hand can do to what follows, at least what it does to the right one. */
    rounding(claim, given) {
      const put = overrides(given);
      const exact = this.follow(claim, put);
      let deviation = 0;
      for (let less = 0; less < Math.min(2, this.places); less += 1) {
        const run = this.follow(claim, put, {}, this.places - less);
        const apart = run.map((x, n) => (less ? 0.1 : 1) * Math.abs(x - exact[n]));
        deviation = Math.max(deviation, ...apart);
      }
      const spread = Number.isFinite(deviation) ? deviation : 0;
      const own = oneDigit(MARGIN * spread + 0.5 * (tenth(this.places) + tenth(this.places)));
      return claim.quantity.tolerance.map((each) => Math.max(own, each));
    }

    /** The tolerance of what follows; half a last decimal of each claimed number comes to it. */
    tolerance(claim, given, followed) {
      const found = this.rounding(claim, given);
      for (const each of given) {
        this.sway(claim, given, each, followed).forEach((by, n) => { found[n] += by; });
      }
      return found.map((each, n) => belowHalf(each, followed[n]));
    }

    /** How far the rounding of one claim moves what follows from all of them. */
    sway(wanted, given, claim, followed) {
      const half = 0.5 * tenth(this.places), total = followed.map(() => 0);
      const places = claim.value.map((_, n) => [n]);
      // Of many entries, all are moved at once, which is an estimate.
      for (const moved of places.length <= MOST_ENTRIES_MOVED ? places : [places.flat()]) {
        const value = claim.value.map((x, n) => (moved.includes(n) ? x + half : x));
        const put = given.map((other) => (other === claim ? { ...claim, value } : other));
        this.follow(wanted, overrides(put)).forEach((x, n) => {
          total[n] += Math.abs(x - followed[n]);
        });
      }
      return total.map((each) => (Number.isFinite(each) ? each : 0));
    }

    /** Whether an earlier answer does not count: it makes too much 0, or leads to no number. */
    isRefused(wanted, claims) {
      const put = overrides(claims), right = overrides(claims, (claim) => claim.quantity.right);
      const followed = this.follow(wanted, put);
      if (!followed.every(Number.isFinite)) return true;
      if (claims.some((claim) => this.isIdle(wanted, claim, put, right, followed))) return true;
      const whole = this.follow(wanted, right);
      if (followed.some((x, n) => x === 0 && whole[n] !== 0)) return true;
      if (this.isLost(wanted, put, right)) return true;
      const least = this.rounding(wanted, claims).map((each) => each / MOST_OF_A_VALUE);
      return followed.some((x, n) =>
        Math.abs(x) < least[n] && Math.abs(x) < Math.abs(wanted.quantity.right[n]));
    }

    /** Whether the claim wrongly says 0 of an entry that `wanted` depends on. */
    isIdle(wanted, claim, put, right, followed) {
      const { leaf, entries } = claim.quantity, truth = new Map(right.get(leaf));
      return entries.some((place, n) => {
        if (claim.value[n] !== 0 || truth.get(place) === 0) return false;
        const moved = new Map(put).set(leaf, [...put.get(leaf), [place, NUDGE]]);
        return differ(this.follow(wanted, moved), followed);
      });
    }

    /** Whether the claims cut off a given that the right number depends on at that point. */
    isLost(wanted, put, right) {
      return Object.keys(this.program.arrays).some((name) =>
        this.matters(name, wanted, right) && !this.matters(name, wanted, put));
    }

    matters(name, wanted, put) {
      const { shape, data } = this.program.arrays[name];
      const moved = { shape, data: data.map((x) => x * (1 + NUDGE) + NUDGE) };
      return differ(this.follow(wanted, put, { [name]: moved }), this.follow(wanted, put));
    }
  }

  /** Typed numbers as the graph has them, without a course's minus sign or transpose. */
  function unsigned(numbers, { sign, turned }) {
    const laidOut = turned === null ? numbers : transpose({ shape: turned, data: numbers }).data;
    return sign > 0 ? laidOut : laidOut.map((x) => 0 - x);
  }

  /** What belongs to the graph's entries in the order in which a student types them. */
  function typed(entries, { turned }) {
    if (turned === null) return entries;
    return transpose({ shape: [...turned].reverse(), data: entries }).data;
  }

  Judge.follow = { Following, unsigned, typed, agrees, oneDigit };
})((globalThis.Judge ??= {}));
