/*
 * The signals that come to the process of a test: those that stop it, and those that a script asks
 * for.
 */
#ifndef TCPCLOSE_KERNEL_SIGNALS_H
#define TCPCLOSE_KERNEL_SIGNALS_H

#include <stdatomic.h>

/*
 * Sets handlers for all of them, for the whole process. When a stop signal comes, its handler
 * writes to wake_fd, an eventfd(2). signals_close() sets the old handlers back.
 */
void signals_open(int wake_fd);
void signals_close(void);

/* How many stop signals came since signals_open(). */
const atomic_uint *signals_stopped(void);

/*
 * How often signals of this kind came since the last question; 0 when they are not counted. `asked`
 * is a signal_kind() in which a code or a band may be left open.
 */
unsigned signals_taken(int asked);

#endif
