/* Time in microseconds, signed. The context says from which moment it counts. */
#ifndef TCPCLOSE_BASE_USEC_H
#define TCPCLOSE_BASE_USEC_H

#include <stdint.h>
#include <time.h>

typedef int64_t usec_t;

#define NSEC_PER_USEC 1000
#define NSEC_PER_SEC 1000000000
#define USEC_PER_MSEC 1000
#define USEC_PER_SEC 1000000
#define USEC_FOREVER INT64_MAX /* a deadline that never comes */

static inline usec_t usec_of_timespec(struct timespec time)
{
	return (usec_t)time.tv_sec * USEC_PER_SEC + time.tv_nsec / NSEC_PER_USEC;
}

/* The time must not be negative. */
static inline struct timespec timespec_of_usec(usec_t time)
{
	return (struct timespec){ .tv_sec = time / USEC_PER_SEC,
		                  .tv_nsec = time % USEC_PER_SEC * NSEC_PER_USEC };
}

/* Of the clock that never goes back. */
static inline usec_t usec_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return usec_of_timespec(time);
}

#endif
