/* Asks the world about its state. This changes nothing, and does not make the run fail. */
#ifndef TCPCLOSE_RUN_LOOK_H
#define TCPCLOSE_RUN_LOOK_H

#include <stdbool.h>

#include "run/running.h"

/*
 * The state and timer of a connection; CLOSED when it has no socket. Returns false when the
 * question could not be asked.
 */
bool look_at_connection(struct running *run, const struct connection *connection,
                        struct tcp_status *seen);

/* What the kernel has between the connection's ports, whatever the descriptor says. */
bool look_at_tuple(struct running *run, const struct connection *connection,
                   struct tcp_status *seen);

/* What a descriptor (in the kernel's numbers) says about its socket. */
bool look_at_descriptor(struct running *run, int descriptor, struct tcp_status *seen);

/* From now on, counters that move are noted, if there is enough time until `due` (script time). */
void look_mark(struct running *run, usec_t due);

/*
 * Writes the counters that have moved since then into the evidence. They may explain why something
 * did not come.
 */
void look_at_counters(struct running *run);

#endif
