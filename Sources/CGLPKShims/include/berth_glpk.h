#ifndef BERTH_GLPK_H
#define BERTH_GLPK_H

#include <stddef.h>

/*
 * The whole life of a GLPK model in one call: built, solved, copied out and freed on the calling
 * thread. GLPK answers a bad call with abort(); here its error hook jumps back instead, and the
 * jump stays inside C, because it must never cross a Swift frame.
 */

/* The scalars of a linear or mixed integer program. */
typedef struct {
  int rows, columns, entries;
  double constant;       /* added to the objective */
  int maximize;
} berth_glpk_shape;

/* A limit of 0 is no limit. */
typedef struct {
  int relaxation;        /* solve the linear relaxation only, with duals */
  int presolve;
  int warm;              /* start the relaxation from the basis given */
  int cuts;              /* Gomory and mixed integer rounding cuts */
  double relative_gap;
  int time_limit_ms;     /* wall clock */
  long node_limit;       /* subproblems created */
  long iteration_limit;  /* simplex iterations */
} berth_glpk_options;

enum {
  BERTH_GLPK_OPTIMAL = 0,
  BERTH_GLPK_POINT = 1,       /* a feasible point, optimality not shown */
  BERTH_GLPK_INFEASIBLE = 2,
  BERTH_GLPK_UNBOUNDED = 3,   /* the linear relaxation is unbounded */
  BERTH_GLPK_NO_POINT = 4,    /* ended by a limit without a point */
  BERTH_GLPK_FAILED = 5,      /* GLPK gave up; see code */
  BERTH_GLPK_FAULT = 6        /* GLPK called its error hook; see the message */
};

enum {
  BERTH_GLPK_NO_STOP = 0,
  BERTH_GLPK_STOP_GAP = 1,
  BERTH_GLPK_STOP_NODES = 2,
  BERTH_GLPK_STOP_ITERATIONS = 3,
  BERTH_GLPK_STOP_TIME = 4
};

/* The state of a column that lies at its lower bound, in a basis (GLP_NL). */
enum { BERTH_GLPK_AT_LOWER = 2 };

typedef struct {
  int status;
  int stop;
  int code;              /* GLPK's return code of the last solve */
  int has_bound;
  double bound;          /* of the tree if it was walked, else of the root relaxation */
  double objective;      /* as GLPK reports it */
  long nodes, iterations;
} berth_glpk_result;

/*
 * Solves a program and returns result->status. The arrays come one by one, so that Swift can hand
 * its own over without copying:
 *
 *   row_lower, row_upper        rows values; infinite stands for "none"
 *   column_lower, column_upper  columns values; infinite stands for "none"
 *   cost, is_integer            columns values; is_integer holds 0 or 1
 *   entry_...                   entries + 1 slots; coordinates count from 1, slot 0 is unused
 *   column_values               columns slots, filled when there is a point
 *   column_duals, row_duals     columns and rows slots, filled for optimal relaxations
 *   basis                       rows + columns slots with the state of each row and column: read
 *                               for a warm start, filled for optimal relaxations
 *
 * What GLPK prints goes into `message` (at most capacity - 1 characters and a closing zero), never
 * to the terminal. Nothing of GLPK is left allocated on the calling thread.
 */
int berth_glpk_solve(const berth_glpk_shape *shape, const berth_glpk_options *options,
                     const double *row_lower, const double *row_upper,
                     const double *column_lower, const double *column_upper,
                     const double *cost, const unsigned char *is_integer,
                     const int *entry_row, const int *entry_column, const double *entry_value,
                     berth_glpk_result *result, double *column_values, double *column_duals,
                     double *row_duals, unsigned char *basis, char *message, size_t capacity);

/* Ends this and every later tree search of the process as if its time were up; may be called from
   a signal handler. */
void berth_glpk_interrupt(void);

/* 1 after berth_glpk_interrupt, else 0. */
int berth_glpk_is_interrupted(void);

/* The version of the linked library, such as "5.0"; valid for the life of the process. */
const char *berth_glpk_version(void);

#endif
