#ifndef BERTH_CZLIB_H
#define BERTH_CZLIB_H

#include <zlib.h>

#endif
