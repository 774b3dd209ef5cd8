// A plain 4-ary heap of departures, ordered by time and then by VM.
#pragma once

#include <cstdint>
#include <vector>

// 16 bytes; the order is total, so the heap's layout never decides a tie.
struct Departure {
  int64_t microseconds;
  uint32_t vm;
  uint32_t host;
};

inline bool isBefore(const Departure &left, const Departure &right) {
  if (left.microseconds != right.microseconds) return left.microseconds < right.microseconds;
  return left.vm < right.vm;
}

class DepartureHeap {
public:
  bool isEmpty() const { return entries.empty(); }
  const Departure &first() const { return entries.front(); }

  void push(const Departure &departure) {
    size_t hole = entries.size();
    entries.push_back(departure);
    while (hole > 0) {
      const size_t parent = (hole - 1) / 4;
      if (!isBefore(departure, entries[parent])) break;
      entries[hole] = entries[parent];
      hole = parent;
    }
    entries[hole] = departure;
  }

  void pop() {
    const Departure last = entries.back();
    entries.pop_back();
    const size_t count = entries.size();
    if (count == 0) return;
    size_t hole = 0, child = 1;
    for (; child + 4 <= count; child = 4 * hole + 1) {
      const size_t left = child + isBefore(entries[child + 1], entries[child]);
      const size_t right = child + 2 + isBefore(entries[child + 3], entries[child + 2]);
      const size_t best = isBefore(entries[right], entries[left]) ? right : left;
      if (!isBefore(entries[best], last)) {
        entries[hole] = last;
        return;
      }
      entries[hole] = entries[best];
      hole = best;
    }
    if (child < count) {
      size_t best = child;
      for (size_t other = child + 1; other < count; other++)
        if (isBefore(entries[other], entries[best])) best = other;
      if (isBefore(entries[best], last)) {
        entries[hole] = entries[best];
        hole = best;
      }
    }
    entries[hole] = last;
  }

private:
  std::vector<Departure> entries;
};
