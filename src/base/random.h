/* Numbers that look like chance, and are the same for the same state on every machine. */
#ifndef TCPCLOSE_BASE_RANDOM_H
#define TCPCLOSE_BASE_RANDOM_H

#include <stdint.h>

/* The next number; *state begins with a seed. SplitMix64 (Steele, Lea and Flood, 2014). */
uint64_t random_next(uint64_t *state);

#endif
