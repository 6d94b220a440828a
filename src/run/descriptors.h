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
		struct connection *connection; /* NULL: it is no socket */
	} list[SCRIPT_DESCRIPTORS];
};

void descriptors_open(struct descriptors *descriptors, int script, int live,
                      struct connection *connection);
void descriptors_close(struct descriptors *descriptors, int script);

/* The kernel's number; -1, a bad one, for what is closed or was negative. */
int descriptors_live(const struct descriptors *descriptors, int64_t script);

/*
 * The kernel's number for one that is to be opened by its number, as dup3() does: that of the
 * script's, when it is open and so will be closed, or one that nothing has. A negative one stays
 * as it is.
 */
int descriptors_to_be(const struct descriptors *descriptors, int64_t script);

/* NULL when it is closed or no socket. */
struct connection *descriptors_connection(const struct descriptors *descriptors, int64_t script);

/* An open descriptor of a connection (-1: none), as the script and as the kernel know it. */
int descriptors_of(const struct descriptors *descriptors, const struct connection *connection,
                   int *live);

#endif
