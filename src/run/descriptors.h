/* The script's descriptors and the kernel's. */
#ifndef TCPCLOSE_RUN_DESCRIPTORS_H
#define TCPCLOSE_RUN_DESCRIPTORS_H

#include <stdbool.h>

#include "program/program.h"
#include "run/connection.h"

struct descriptors {
	struct descriptor {
		bool open;
		int live;
		struct connection *connection; /* NULL: it is not a socket */
	} list[SCRIPT_DESCRIPTORS];
};

void descriptors_open(struct descriptors *descriptors, int script, int live,
                      struct connection *connection);
void descriptors_close(struct descriptors *descriptors, int script);

/*
 * The kernel's number. For a descriptor that is closed or negative it is -1, which is never valid.
 */
int descriptors_live(const struct descriptors *descriptors, int64_t script);

/*
 * The kernel's number for a descriptor that is opened under a given number, as by dup3(). When the
 * script's number is open, it is that descriptor's, which will be closed; otherwise it is a number
 * that is free. A negative number is returned unchanged.
 */
int descriptors_to_be(const struct descriptors *descriptors, int64_t script);

/*
 * The kernel's numbers of what is open from `first` to `last`: they become *lowest and *highest,
 * and -1 when nothing is. Returns false when there are others between these, so that the script's
 * range is none of the kernel's.
 */
bool descriptors_range(const struct descriptors *descriptors, int64_t first, int64_t last,
                       int *lowest, int *highest);
void descriptors_close_range(struct descriptors *descriptors, int64_t first, int64_t last);

/* NULL when the descriptor is closed or is not a socket. */
struct connection *descriptors_connection(const struct descriptors *descriptors, int64_t script);

/*
 * Returns an open descriptor of a connection in the script's numbers (-1: there is none), and sets
 * *live to the kernel's number.
 */
int descriptors_of(const struct descriptors *descriptors, const struct connection *connection,
                   int *live);

#endif
