/* The calls of a draft on its sockets, and the causes for them. */
#ifndef TCPCLOSE_AUTHOR_SOCKETS_H
#define TCPCLOSE_AUTHOR_SOCKETS_H

#include "author/drafting.h"

void socket_listen(struct drafting *d);

/* The connect() does not block, so that nothing depends on when it returns. */
void socket_connect(struct drafting *d, struct view *view);

/* Accepts the connection, unless it ends before anybody accepts it, or waits in a full queue. */
void socket_accept(struct drafting *d, struct view *view);

/* Accepts what waits in the full queue of the listener, so that there is room again. */
void socket_accept_waiting(struct drafting *d);

/* Reads everything that the kernel has acknowledged and nobody has read. */
void socket_read(struct drafting *d, struct view *view);

/* `why` is written behind the line. */
void socket_close(struct drafting *d, struct view *view, const char *why);

/* What made the kernel send the RST `packet`, according to the guess. */
enum reset_cause reset_cause_of(struct drafting *d, size_t packet);

/*
 * Finds the next RST that the kernel sends on the connection of `packet`. Returns false when there
 * is none.
 */
bool next_reset(const struct drafting *d, const struct view *view, size_t packet, size_t *reset);

#endif
