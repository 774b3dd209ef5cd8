// Hosts by what is left of them: a bucket for each number of free cores and step of free memory.
#pragma once

#include "trace.hpp"

#include <cstdint>
#include <vector>

class ResidualGrid {
public:
  static constexpr uint32_t none = 0xffffffff;

  // All hosts empty; pushed from the last to the first, so that host 0 is on top.
  explicit ResidualGrid(uint32_t hosts)
      : heads(rows * columns, none), next(hosts), previous(hosts), bucketOf(hosts) {
    for (uint32_t host = hosts; host-- > 0;) push(host, bucket(coresOfHost, gibOfHost));
  }

  // The host with the fewest free cores, then the least free memory; of equal ones the newest.
  uint32_t bestFit(const Flavour &flavour) const {
    const uint32_t step = flavour.gib / gibOfStep;
    for (uint64_t left = rowMask >> flavour.cores << flavour.cores; left != 0; left &= left - 1) {
      const uint32_t row = uint32_t(__builtin_ctzll(left));
      const uint32_t column = firstColumn(row, step);
      if (column < columns) return heads[row * columns + column];
    }
    return none;
  }

  void take(uint32_t host, const Flavour &flavour) { move(host, -amount(flavour)); }
  void giveBack(uint32_t host, const Flavour &flavour) { move(host, amount(flavour)); }

private:
  static constexpr uint32_t gibOfStep = 2; // divides the memory of every flavour
  static constexpr uint32_t rows = coresOfHost + 1;
  static constexpr uint32_t columns = 128; // 97 are used
  static_assert(rows <= 64 && gibOfHost / gibOfStep < columns);

  static constexpr uint32_t bucket(uint32_t cores, uint32_t gib) {
    return cores * columns + gib / gibOfStep;
  }
  static constexpr int32_t amount(const Flavour &flavour) {
    return int32_t(bucket(flavour.cores, flavour.gib));
  }

  uint32_t firstColumn(uint32_t row, uint32_t step) const {
    uint32_t word = step / 64;
    uint64_t left = bits[row][word] >> step % 64 << step % 64;
    if (left == 0 && word == 0) left = bits[row][word = 1];
    return left == 0 ? columns : word * 64 + uint32_t(__builtin_ctzll(left));
  }

  void move(uint32_t host, int32_t change) {
    const uint32_t from = bucketOf[host];
    unlink(host, from);
    push(host, uint32_t(int32_t(from) + change));
  }

  void unlink(uint32_t host, uint32_t from) {
    const uint32_t after = next[host];
    if (after != none) previous[after] = previous[host];
    if (previous[host] != none) {
      next[previous[host]] = after;
      return;
    }
    heads[from] = after;
    if (after != none) return;
    const uint32_t row = from / columns;
    bits[row][from % columns / 64] &= ~(uint64_t(1) << from % 64);
    if ((bits[row][0] | bits[row][1]) == 0) rowMask &= ~(uint64_t(1) << row);
  }

  void push(uint32_t host, uint32_t to) {
    const uint32_t top = heads[to];
    next[host] = top;
    previous[host] = none;
    bucketOf[host] = to;
    heads[to] = host;
    if (top != none) {
      previous[top] = host;
      return;
    }
    bits[to / columns][to % columns / 64] |= uint64_t(1) << to % 64;
    rowMask |= uint64_t(1) << to / columns;
  }

  uint64_t rowMask = 0;
  uint64_t bits[rows][2] = {};
  std::vector<uint32_t> heads, next, previous, bucketOf;
};
