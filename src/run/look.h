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

/*
 * When the counters are to be marked, from where on those that move are noted, before a step that
 * is due (script time): at the end of the wait for it, when all that came before has had its
 * effect. 0: there is no time for it.
 */
usec_t look_time_to_mark(const struct running *run, usec_t due);

/*
 * What the kernel says of the packets since the last segment that a line has taken, before the
 * event `about` or the end (EVENT_NONE), and of that itself, goes into the evidence.
 */
void look_at_fates(struct running *run, size_t about);

/* Those that have moved since go into the evidence of a failure. */
void look_at_counters(struct running *run);

#endif
