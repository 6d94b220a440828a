/* Time: microseconds, signed, since an epoch that the context names. */
#ifndef TCPCLOSE_BASE_USEC_H
#define TCPCLOSE_BASE_USEC_H

#include <stdint.h>

typedef int64_t usec_t;

#define NSEC_PER_USEC 1000
#define NSEC_PER_SEC 1000000000
#define USEC_PER_MSEC 1000
#define USEC_PER_SEC 1000000
#define USEC_FOREVER INT64_MAX /* a deadline that never comes */

#endif
