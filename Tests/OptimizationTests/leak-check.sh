#!/bin/sh
# Looks for memory faults and leaks of the solver: its tests under the address and leak
# sanitizers, then the C side alone under valgrind (which cannot run Swift's own worker threads).
# Usage: leak-check.sh [package folder], by default the repository around this script.
set -eu
cd "${1:-"$(dirname "$0")/../.."}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "== address and leak sanitizer"
# The test runner itself leaks a few small blocks.
echo "leak:libXCTest" > "$work/suppressions"
LSAN_OPTIONS="suppressions=$work/suppressions:print_suppressions=0" ASAN_OPTIONS=detect_leaks=1 \
  swift test --scratch-path .build-asan --sanitize=address --filter OptimizationTests \
  2>&1 | tee "$work/asan.log" | grep -v "Cannot export local symbol"
if grep -qE "ERROR: (Address|Leak)Sanitizer" "$work/asan.log"; then exit 1; fi
grep -qE "Test run with [0-9]+ tests.* passed" "$work/asan.log"

if ! command -v valgrind > /dev/null; then
  echo "== valgrind is not installed: skipped"
  exit 0
fi

echo "== valgrind"
cat > "$work/driver.c" <<'C'
#include "berth_glpk.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>

/* Solves a sound program (kind 0), an infeasible one (1), an unbounded one (2), one stopped after
   a node (3), and three that make GLPK call its error hook (4 to 6). */
static int solve(int kind, int relaxation, int presolve) {
  berth_glpk_shape shape = {1, 2, 2, 0, 1};
  berth_glpk_options options = {relaxation, presolve, 1, 0, 0, kind == 3 ? 1 : 0, 0};
  double row_lower[] = {kind == 1 ? 9 : -INFINITY}, row_upper[] = {kind == 2 ? INFINITY : 10.5};
  double lower[] = {0, 0}, upper[] = {kind == 1 ? 1 : INFINITY, kind == 1 ? 1 : INFINITY};
  double cost[] = {3, 2}, value[] = {0, 2.2, 2.9};
  unsigned char whole[] = {1, 1};
  int row[] = {0, 1, kind == 4 ? 9 : 1}, column[] = {0, 1, kind == 5 ? 1 : 2};
  if (kind == 6) shape.columns = 0;
  berth_glpk_result result;
  double x[2], d[2], y[1];
  char text[128];
  return berth_glpk_solve(&shape, &options, row_lower, row_upper, lower, upper, cost, whole, row,
                          column, value, &result, x, d, y, text, sizeof text);
}

static void *work(void *failures) {
  for (int round = 0; round < 20; round++)
    for (int kind = 0; kind < 7; kind++)
      for (int way = 0; way < 4; way++) {
        int status = solve(kind, way & 1, way >> 1);
        int isFault = status == BERTH_GLPK_FAULT;
        if (isFault != (kind >= 4) || status == BERTH_GLPK_FAILED) ++*(int *)failures;
      }
  return NULL;
}

int main(void) {
  pthread_t threads[2];
  int failures[3] = {0, 0, 0};
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, &failures[i]);
  work(&failures[2]);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  return failures[0] + failures[1] + failures[2] > 0;
}
C
cc -g -O1 -Wall -Wextra -I Sources/CGLPKShims/include "$work/driver.c" \
  Sources/CGLPKShims/berth_glpk.c -o "$work/driver" -lglpk -lm -lpthread
valgrind --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all --num-callers=30 \
  --error-exitcode=99 "$work/driver"
