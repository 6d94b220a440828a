/*
 * The signals that come to the process of a test: those that stop it, and those that a script asks
 * for.
 */
#ifndef TCPCLOSE_KERNEL_SIGNALS_H
#define TCPCLOSE_KERNEL_SIGNALS_H

#include <stdatomic.h>

/*
 * Handlers for them all, for the whole process; wake_fd is an eventfd(2) that is written to when
 * one comes that stops us. signals_close() sets them back.
 */
void signals_open(int wake_fd);
void signals_close(void);

/* How many of those that stop us came since signals_open(). */
const atomic_uint *signals_stopped(void);

/* How often this signal came since the last question; 0 for one that is not counted. */
unsigned signals_taken(int number);

#endif
