// The churn workload W1: Poisson arrivals, exponential lives, eight flavours equally likely.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

struct Flavour {
  uint32_t cores;
  uint32_t gib;
};

constexpr Flavour flavours[8] = {{1, 2}, {1, 4}, {2, 4}, {2, 8}, {4, 8}, {4, 16}, {8, 16}, {8, 32}};
constexpr uint32_t coresOfHost = 48;
constexpr uint32_t gibOfHost = 192;

// One VM of the trace, 16 bytes.
struct Arrival {
  int64_t microseconds;
  uint32_t lifeMilliseconds;
  uint32_t flavour;
};

// The output function of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
inline uint64_t mix(uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
  return bits ^ (bits >> 31);
}

// Uniform in (0, 1], so that its logarithm is finite.
inline double uniform(uint64_t bits) { return double((bits >> 11) + 1) * 0x1p-53; }

// Loads 70 % of the cores: 8.96 arrivals an hour and host, 3.75 cores each, for an hour.
inline std::vector<Arrival> makeTrace(uint32_t hosts, uint32_t vms, uint64_t seed) {
  constexpr uint64_t increment = 0x9e3779b97f4a7c15u;
  const double gap = 3600e6 / (8.96 * hosts);
  std::vector<Arrival> trace(vms);
  double now = 0;
  for (uint64_t vm = 0; vm < vms; vm++) {
    const uint64_t a = mix(seed + (3 * vm + 1) * increment);
    const uint64_t b = mix(seed + (3 * vm + 2) * increment);
    const uint64_t c = mix(seed + (3 * vm + 3) * increment);
    now += -std::log(uniform(a)) * gap;
    trace[vm] = {int64_t(now), uint32_t(-std::log(uniform(b)) * 3'600'000), uint32_t(c >> 61)};
  }
  return trace;
}
