#ifndef BERTH_CGLPK_H
#define BERTH_CGLPK_H

#include <glpk.h>

#endif
