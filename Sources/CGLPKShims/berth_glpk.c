#include "berth_glpk.h"

#include <float.h>
#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>

struct guard {
  jmp_buf back;
  char *text;
  size_t used, capacity;
};

/* Keeps the text and tells GLPK, by returning 1, to print nothing itself. */
static int on_text(void *info, const char *text) {
  struct guard *guard = info;
  size_t length = strlen(text);
  if (guard->capacity == 0) return 1;
  size_t room = guard->capacity - 1 - guard->used;
  if (length > room) length = room;
  memcpy(guard->text + guard->used, text, length);
  guard->used += length;
  guard->text[guard->used] = '\0';
  return 1;
}

static void on_error(void *info) { longjmp(((struct guard *)info)->back, 1); }

struct model {
  berth_glpk_shape shape;
  const double *row_lower, *row_upper;
  const double *column_lower, *column_upper;
  const double *cost;
  const unsigned char *is_integer;
  const int *entry_row, *entry_column;
  const double *entry_value;
  double *column_values, *column_duals, *row_duals;
  unsigned char *basis;
};

static volatile sig_atomic_t interrupted;

void berth_glpk_interrupt(void) { interrupted = 1; }

int berth_glpk_is_interrupted(void) { return interrupted; }

struct watch {
  const berth_glpk_options *options;
  berth_glpk_result *result;
};

/* Called by GLPK at every step of the tree search: the only place where the bound of the tree can
   be read, and the only one from which the search can be stopped by work instead of by time. */
static void on_tree(glp_tree *tree, void *info) {
  struct watch *watch = info;
  berth_glpk_result *result = watch->result;
  int node = glp_ios_best_node(tree);
  if (node != 0) {
    double bound = glp_ios_node_bound(tree, node);
    if (fabs(bound) < DBL_MAX) {
      result->bound = bound;
      result->has_bound = 1;
    }
  }
  int total = 0;
  glp_ios_tree_size(tree, NULL, NULL, &total);
  result->nodes = total;
  result->iterations = glp_get_it_cnt(glp_ios_get_prob(tree));
  if (result->stop != BERTH_GLPK_NO_STOP) return;
  if (watch->options->node_limit > 0 && total > watch->options->node_limit)
    result->stop = BERTH_GLPK_STOP_NODES;
  else if (watch->options->iteration_limit > 0 &&
           result->iterations >= watch->options->iteration_limit)
    result->stop = BERTH_GLPK_STOP_ITERATIONS;
  else if (interrupted)
    result->stop = BERTH_GLPK_STOP_TIME;
  if (result->stop != BERTH_GLPK_NO_STOP) glp_ios_terminate(tree);
}

static int bound_type(double lower, double upper) {
  int has_lower = lower > -DBL_MAX, has_upper = upper < DBL_MAX;
  if (has_lower && has_upper) return lower < upper ? GLP_DB : GLP_FX;
  if (has_lower) return GLP_LO;
  return has_upper ? GLP_UP : GLP_FR;
}

static glp_prob *build(const struct model *model) {
  glp_prob *problem = glp_create_prob();
  glp_set_obj_dir(problem, model->shape.maximize ? GLP_MAX : GLP_MIN);
  glp_set_obj_coef(problem, 0, model->shape.constant);
  if (model->shape.rows > 0) glp_add_rows(problem, model->shape.rows);
  glp_add_cols(problem, model->shape.columns);
  for (int i = 0; i < model->shape.rows; i++) {
    double lower = model->row_lower[i], upper = model->row_upper[i];
    glp_set_row_bnds(problem, i + 1, bound_type(lower, upper), lower, upper);
  }
  for (int j = 0; j < model->shape.columns; j++) {
    double lower = model->column_lower[j], upper = model->column_upper[j];
    glp_set_col_bnds(problem, j + 1, bound_type(lower, upper), lower, upper);
    glp_set_obj_coef(problem, j + 1, model->cost[j]);
    if (model->is_integer[j]) glp_set_col_kind(problem, j + 1, GLP_IV);
  }
  glp_load_matrix(problem, model->shape.entries, model->entry_row, model->entry_column,
                  model->entry_value);
  return problem;
}

/* Puts the problem on a basis of an earlier solve; returns 0 if it cannot be used. A basis that the
   present bounds allow is gone on from with the primal simplex, any other with the dual one. */
static int start_from(glp_prob *problem, const unsigned char *basis, glp_smcp *control) {
  int rows = glp_get_num_rows(problem), columns = glp_get_num_cols(problem);
  for (int i = 0; i < rows; i++) glp_set_row_stat(problem, i + 1, basis[i]);
  for (int j = 0; j < columns; j++) glp_set_col_stat(problem, j + 1, basis[rows + j]);
  if (glp_warm_up(problem) != 0) return 0;
  control->meth = glp_get_prim_stat(problem) == GLP_FEAS ? GLP_PRIMAL : GLP_DUALP;
  return 1;
}

static void copy_basis(glp_prob *problem, unsigned char *basis) {
  int rows = glp_get_num_rows(problem), columns = glp_get_num_cols(problem);
  for (int i = 0; i < rows; i++) basis[i] = (unsigned char)glp_get_row_stat(problem, i + 1);
  for (int j = 0; j < columns; j++)
    basis[rows + j] = (unsigned char)glp_get_col_stat(problem, j + 1);
}

static int simplex(glp_prob *problem, const struct model *model, const berth_glpk_options *options,
                   int presolve) {
  glp_smcp control;
  glp_init_smcp(&control);
  control.msg_lev = GLP_MSG_OFF;
  control.presolve = presolve ? GLP_ON : GLP_OFF;
  if (options->time_limit_ms > 0) control.tm_lim = options->time_limit_ms;
  if (options->iteration_limit > 0 && options->iteration_limit < control.it_lim)
    control.it_lim = (int)options->iteration_limit;
  glp_scale_prob(problem, GLP_SF_AUTO);
  if (presolve || !options->warm || !start_from(problem, model->basis, &control))
    glp_adv_basis(problem, 0);
  return glp_simplex(problem, &control);
}

/* Returns 1 if the code means that a limit ended the solve, and notes which. */
static int is_limit(int code, berth_glpk_result *result) {
  if (code == GLP_ETMLIM) result->stop = BERTH_GLPK_STOP_TIME;
  if (code == GLP_EITLIM) result->stop = BERTH_GLPK_STOP_ITERATIONS;
  return code == GLP_ETMLIM || code == GLP_EITLIM;
}

static int solve_relaxation(glp_prob *problem, const struct model *model,
                            const berth_glpk_options *options, berth_glpk_result *result) {
  int code = simplex(problem, model, options, options->presolve && !options->warm);
  /* The presolver cannot tell "unbounded" from "infeasible": ask again without it. */
  if (code == GLP_ENODFS) code = simplex(problem, model, options, 0);
  result->code = code;
  result->iterations = glp_get_it_cnt(problem);
  if (code == GLP_ENOPFS) return BERTH_GLPK_INFEASIBLE;
  if (code != 0 && !is_limit(code, result)) return BERTH_GLPK_FAILED;
  switch (glp_get_status(problem)) {
    case GLP_OPT: return BERTH_GLPK_OPTIMAL;
    case GLP_FEAS: return BERTH_GLPK_POINT;
    case GLP_NOFEAS: return BERTH_GLPK_INFEASIBLE;
    case GLP_UNBND: return BERTH_GLPK_UNBOUNDED;
    default: return code == 0 ? BERTH_GLPK_FAILED : BERTH_GLPK_NO_POINT;
  }
}

static int search(glp_prob *problem, const berth_glpk_options *options, int presolve,
                  berth_glpk_result *result) {
  struct watch watch = {options, result};
  glp_iocp control;
  glp_init_iocp(&control);
  control.msg_lev = GLP_MSG_OFF;
  control.presolve = presolve ? GLP_ON : GLP_OFF;
  control.gmi_cuts = control.mir_cuts = options->cuts ? GLP_ON : GLP_OFF;
  control.mip_gap = options->relative_gap;
  if (options->time_limit_ms > 0) control.tm_lim = options->time_limit_ms;
  control.cb_func = on_tree;
  control.cb_info = &watch;
  return glp_intopt(problem, &control);
}

/* GLPK wants an optimal basis of the relaxation before a search without presolve. */
static int solve_root(glp_prob *problem, const struct model *model,
                      const berth_glpk_options *options, berth_glpk_result *result) {
  berth_glpk_options plain = *options;
  plain.presolve = plain.warm = 0;
  int status = solve_relaxation(problem, model, &plain, result);
  if (status == BERTH_GLPK_OPTIMAL) {
    result->bound = glp_get_obj_val(problem);
    result->has_bound = 1;
  }
  return status == BERTH_GLPK_POINT ? BERTH_GLPK_NO_POINT : status;
}

static int solve_integer(glp_prob *problem, const struct model *model,
                         const berth_glpk_options *options, berth_glpk_result *result) {
  int presolve = options->presolve;
  if (!presolve) {
    int status = solve_root(problem, model, options, result);
    if (status != BERTH_GLPK_OPTIMAL) return status;
  }
  int code = search(problem, options, presolve, result);
  if (code == GLP_ENODFS) {
    int status = solve_root(problem, model, options, result);
    if (status != BERTH_GLPK_OPTIMAL) return status;
    code = search(problem, options, 0, result);
  }
  result->code = code;
  if (code == GLP_ENOPFS) return BERTH_GLPK_INFEASIBLE;
  if (code == GLP_EMIPGAP) result->stop = BERTH_GLPK_STOP_GAP;
  else if (code != 0 && code != GLP_ESTOP && !is_limit(code, result)) return BERTH_GLPK_FAILED;
  switch (glp_mip_status(problem)) {
    case GLP_OPT: return BERTH_GLPK_OPTIMAL;
    case GLP_FEAS: return BERTH_GLPK_POINT;
    case GLP_NOFEAS: return BERTH_GLPK_INFEASIBLE;
    default: return code == 0 ? BERTH_GLPK_FAILED : BERTH_GLPK_NO_POINT;
  }
}

static void copy_out(glp_prob *problem, const struct model *model, int relaxation,
                     berth_glpk_result *result) {
  result->objective = relaxation ? glp_get_obj_val(problem) : glp_mip_obj_val(problem);
  for (int j = 0; j < model->shape.columns; j++)
    model->column_values[j] =
        relaxation ? glp_get_col_prim(problem, j + 1) : glp_mip_col_val(problem, j + 1);
  if (!relaxation || result->status != BERTH_GLPK_OPTIMAL) return;
  for (int j = 0; j < model->shape.columns; j++)
    model->column_duals[j] = glp_get_col_dual(problem, j + 1);
  for (int i = 0; i < model->shape.rows; i++)
    model->row_duals[i] = glp_get_row_dual(problem, i + 1);
  if (model->basis) copy_basis(problem, model->basis);
}

/* A function of its own: nothing it changes after setjmp lives in its own frame. */
static void solve_guarded(const struct model *model, const berth_glpk_options *options,
                          berth_glpk_result *result, struct guard *guard) {
  if (setjmp(guard->back)) {
    result->status = BERTH_GLPK_FAULT;
    return;
  }
  glp_term_hook(on_text, guard);
  glp_error_hook(on_error, guard);
  glp_prob *problem = build(model);
  result->status = options->relaxation ? solve_relaxation(problem, model, options, result)
                                       : solve_integer(problem, model, options, result);
  if (result->status == BERTH_GLPK_OPTIMAL || result->status == BERTH_GLPK_POINT)
    copy_out(problem, model, options->relaxation, result);
  if (result->status == BERTH_GLPK_OPTIMAL) {
    result->bound = result->objective;
    result->has_bound = 1;
  }
}

int berth_glpk_solve(const berth_glpk_shape *shape, const berth_glpk_options *options,
                     const double *row_lower, const double *row_upper,
                     const double *column_lower, const double *column_upper,
                     const double *cost, const unsigned char *is_integer,
                     const int *entry_row, const int *entry_column, const double *entry_value,
                     berth_glpk_result *result, double *column_values, double *column_duals,
                     double *row_duals, unsigned char *basis, char *message, size_t capacity) {
  struct model model = {
      .shape = *shape,
      .row_lower = row_lower, .row_upper = row_upper,
      .column_lower = column_lower, .column_upper = column_upper,
      .cost = cost, .is_integer = is_integer,
      .entry_row = entry_row, .entry_column = entry_column, .entry_value = entry_value,
      .column_values = column_values, .column_duals = column_duals, .row_duals = row_duals, .basis = basis};
  struct guard guard = {.text = message, .used = 0, .capacity = capacity};
  if (capacity > 0) message[0] = '\0';
  memset(result, 0, sizeof *result);
  solve_guarded(&model, options, result, &guard);
  /* Frees the model, the hooks and this thread's memory, also after the error hook. */
  glp_free_env();
  return result->status;
}

const char *berth_glpk_version(void) { return glp_version(); }
