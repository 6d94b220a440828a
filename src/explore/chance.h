/* Numbers that look like chance, and are the same for the same seed on every machine. */
#ifndef TCPCLOSE_EXPLORE_CHANCE_H
#define TCPCLOSE_EXPLORE_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chance {
	uint64_t state;
};

/* The sequence number `index` of a seed; those of different numbers have nothing in common. */
struct chance chance_of(uint64_t seed, uint64_t index);

uint64_t chance_next(struct chance *chance);

/* From 0 to count - 1; `count` is not 0. */
unsigned chance_below(struct chance *chance, unsigned count);

/* True `percent` times in a hundred. */
bool chance_percent(struct chance *chance, unsigned percent);

/* An index of weights, each as often as its weight says; their sum is not 0. */
size_t chance_weighted(struct chance *chance, const unsigned *weights, size_t count);

#endif
