// Reference for the placement engine: best fit under churn, as lean as plain C++17 allows.
//
// Usage: reference [--hosts 1000] [--vms 1000000] [--seed 1]; prints one line of JSON.
#include "grid.hpp"
#include "heap.hpp"
#include "trace.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace {

struct Outcome {
  uint64_t events = 0;
  uint64_t rejected = 0;
  uint64_t hash = 0xcbf29ce484222325u;
};

double processSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

// Arrivals come from their sorted array and departures from the heap; at one instant departures
// come first.
Outcome run(const std::vector<Arrival> &trace, uint32_t hosts) {
  Outcome outcome;
  ResidualGrid grid(hosts);
  DepartureHeap departures;
  const auto leave = [&] {
    const Departure departure = departures.first();
    departures.pop();
    grid.giveBack(departure.host, flavours[trace[departure.vm].flavour]);
    outcome.events++;
  };
  for (uint32_t vm = 0; vm < trace.size(); vm++) {
    const Arrival &arrival = trace[vm];
    while (!departures.isEmpty() && departures.first().microseconds <= arrival.microseconds) leave();
    const Flavour &flavour = flavours[arrival.flavour];
    const uint32_t host = grid.bestFit(flavour);
    outcome.hash = (outcome.hash ^ host) * 0x100000001b3u;
    outcome.events++;
    if (host == ResidualGrid::none) {
      outcome.rejected++;
      continue;
    }
    grid.take(host, flavour);
    departures.push({arrival.microseconds + int64_t(arrival.lifeMilliseconds) * 1000, vm, host});
  }
  while (!departures.isEmpty()) leave();
  return outcome;
}

[[noreturn]] void refuse(const char *text) {
  std::fprintf(stderr, "reference: %s\nusage: reference [--hosts N] [--vms N] [--seed N]\n", text);
  std::exit(2);
}

uint64_t wholeNumber(const char *text, uint64_t most) {
  char *end = nullptr;
  const unsigned long long value = std::strtoull(text, &end, 10);
  if (*text < '0' || *text > '9' || *end != 0 || value > most) refuse("not a number in range");
  return value;
}

} // namespace

int main(int count, char **arguments) {
  uint64_t hosts = 1000, vms = 1'000'000, seed = 1;
  for (int place = 1; place < count; place += 2) {
    if (place + 1 == count) refuse("an option without a value");
    const char *value = arguments[place + 1];
    if (!std::strcmp(arguments[place], "--hosts")) hosts = wholeNumber(value, 10'000'000);
    else if (!std::strcmp(arguments[place], "--vms")) vms = wholeNumber(value, 100'000'000);
    else if (!std::strcmp(arguments[place], "--seed")) seed = wholeNumber(value, UINT64_MAX);
    else refuse("an unknown option");
  }
  if (hosts == 0 || vms == 0) refuse("hosts and vms must be above zero");

  const std::vector<Arrival> trace = makeTrace(uint32_t(hosts), uint32_t(vms), seed);
  const double start = processSeconds();
  const Outcome outcome = run(trace, uint32_t(hosts));
  const double seconds = processSeconds() - start;
  std::printf(
      "{\"hosts\": %llu, \"vms\": %llu, \"events\": %llu, \"cpu_s\": %.6f, "
      "\"ns_per_vm_event\": %.2f, \"rejected\": %llu, \"placement_hash\": \"%016llx\"}\n",
      (unsigned long long)hosts, (unsigned long long)vms, (unsigned long long)outcome.events,
      seconds, seconds * 1e9 / double(outcome.events), (unsigned long long)outcome.rejected,
      (unsigned long long)outcome.hash);
}
